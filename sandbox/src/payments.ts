import { askPreCheckout } from './announce.ts';
import { book, nowSeconds, paymentOf } from './charges.ts';
import type { FaultName, FaultOptions } from './faults.ts';
import { HOST_PROFILES, type HostProfile, type InvoiceEnd } from './host-profile.ts';
import { chargeId, queryId } from './ids.ts';
import type { Telegram } from './telegram.ts';
import type { PendingUpdate } from './updates/updates.ts';
import { type Charge, type Invoice, type Player, type Subscription, userOf } from './world.ts';

export type InvoiceStatus = 'paid' | 'cancelled' | 'failed' | 'pending';

/** An `invoice_closed` event that the Mini App is to get, `afterMs` from now. */
export interface InvoiceEvent {
  status: InvoiceStatus;
  afterMs: number;
}

export interface Purchase {
  /** What the Mini App believes in the end; it need not be true. */
  status: InvoiceStatus;
  /** Present exactly when Stars have moved. */
  chargeId?: string;
  /** Telegram's name for what went wrong. */
  error?: string;
  events: InvoiceEvent[];
}

/** How long a purchase waits for the bot to take the news, so that whoever paid can go on at once. */
const NEWS_WAIT_MS = 2_000;

/**
 * The player opens an invoice in the app `host` and, unless `outcome` says otherwise, confirms: pre-checkout, ledger
 * row, service message. Resolves when all of it has run its course.
 */
export async function purchase(
  telegram: Telegram,
  player: Player,
  slug: string,
  outcome: InvoiceStatus = 'paid',
  host: HostProfile = HOST_PROFILES.weba,
): Promise<Purchase> {
  const ended = (end: InvoiceEnd, error?: string) => unpaid(telegram, host, end, error);
  const invoice = telegram.world.invoices.get(slug);
  if (!invoice) return ended('unfetched', 'SLUG_INVALID');
  if (invoice.spent) return ended('alreadyPaid', 'INVOICE_ALREADY_PAID');
  if (outcome === 'cancelled') return ended('cancelled');
  if (outcome === 'failed') return ended('unsent', 'FORM_EXPIRED');
  if (player.stars < invoice.priceStars) return ended('unsent', 'BALANCE_TOO_LOW');

  invoice.spent = invoice.message !== undefined;
  const refusal = await preCheckout(telegram, invoice, player);
  const tooLate = player.stars < invoice.priceStars ? 'BALANCE_TOO_LOW' : undefined;
  if (refusal || tooLate || outcome === 'pending') {
    invoice.spent = false;
    if (refusal) return ended('refused', refusal);
    return tooLate ? ended('unsent', tooLate) : ended('left');
  }

  const early = strike(telegram, host, 'event_before_update', player.id);
  const { charge, news } = charged(telegram, invoice, player, early && (early.afterMs ?? 1_000));
  if (news) await invoice.bot.delivery.firstAttempt(news, NEWS_WAIT_MS);
  const events = eventsOfPayment(telegram, host, player.id);
  return { status: events.at(-1)?.status ?? 'paid', chargeId: charge.id, events };
}

/** What each end is, whatever the host says of it. */
const ENDS: Readonly<Record<InvoiceEnd, InvoiceStatus>> = {
  cancelled: 'cancelled',
  left: 'pending',
  refused: 'failed',
  unsent: 'failed',
  unfetched: 'failed',
  alreadyPaid: 'failed',
};

function unpaid({ rules }: Telegram, host: HostProfile, end: InvoiceEnd, error?: string): Purchase {
  const ruled = end === 'refused' && rules.preCheckoutRefused !== 'host' && rules.preCheckoutRefused;
  const events = ruled ? [{ status: ruled, afterMs: 0 }] : [...host.ends[end]];
  const status = events.at(-1)?.status ?? ENDS[end];
  return { status, ...(error && { error }), events };
}

/** The options of the fault when it strikes this player: one that was turned on, or one that the host always has. */
function strike(
  { faults }: Telegram,
  host: HostProfile,
  name: FaultName,
  userId: number,
): FaultOptions | undefined {
  return faults.take(name, { userId }) ?? host.faults[name];
}

/** Undefined when the bot agreed, else Telegram's name for why it did not. */
function preCheckout(telegram: Telegram, invoice: Invoice, player: Player): Promise<string | undefined> {
  const { bot } = invoice;
  const id = queryId();
  return new Promise((resolve) => {
    const close = (error: string | undefined) => {
      clearTimeout(timer);
      bot.openPreCheckouts.delete(id);
      resolve(error);
    };
    const timer = setTimeout(() => close('BOT_PRECHECKOUT_TIMEOUT'), telegram.timings.preCheckoutMs);
    bot.openPreCheckouts.set(id, {
      answer: (refusal) => close(refusal === null ? undefined : `BOT_PRECHECKOUT_FAILED: ${refusal}`),
    });
    if (telegram.faults.take('pre_checkout_timeout', { userId: player.id })) return;
    askPreCheckout(telegram, bot, player.id, {
      id,
      from: userOf(player),
      currency: 'XTR',
      total_amount: invoice.priceStars,
      invoice_payload: invoice.payload,
    });
  });
}

function charged(
  telegram: Telegram,
  invoice: Invoice,
  player: Player,
  newsLateMs: number | undefined,
): { charge: Charge; news?: PendingUpdate } {
  const { subscriptionPeriod, message } = invoice;
  const charge: Charge = {
    id: chargeId(),
    bot: invoice.bot,
    userId: player.id,
    payload: invoice.payload,
    priceStars: invoice.priceStars,
    providerChargeId: `${player.id}_0`,
    paidAtMs: Date.now(),
    refunded: false,
    ...(subscriptionPeriod && {
      subscription: {
        period: subscriptionPeriod,
        title: invoice.title,
        expiresAt: nowSeconds() + subscriptionPeriod,
      },
    }),
  };
  const payment = { ...paymentOf(charge), ...(charge.subscription && firstRecurring(charge.subscription)) };
  const reply = message && { reply_to_message: message };
  const news = book(telegram, charge, player, { successful_payment: payment, ...reply }, newsLateMs);
  return { charge, ...(news && { news }) };
}

function firstRecurring(subscription: Subscription) {
  return {
    is_recurring: true as const,
    is_first_recurring: true as const,
    subscription_expiration_date: subscription.expiresAt,
  };
}

/** What the Mini App hears of a payment that did happen. */
function eventsOfPayment(telegram: Telegram, host: HostProfile, userId: number): InvoiceEvent[] {
  const strikes = (name: FaultName) => strike(telegram, host, name, userId);
  if (strikes('no_event')) return [];
  if (strikes('cancelled_though_paid')) return [{ status: 'cancelled', afterMs: 0 }];
  if (strikes('pending_though_paid')) return [{ status: 'pending', afterMs: 0 }];
  const both = strikes('paid_then_cancelled');
  const paid: InvoiceEvent = { status: 'paid', afterMs: 0 };
  return both ? [paid, { status: 'cancelled', afterMs: both.afterMs ?? 100 }] : [paid];
}

/**
 * The next period of a subscription is paid: a charge of its own with the same payload. A text says why not.
 */
export async function renew(telegram: Telegram, former: Charge): Promise<Charge | string> {
  const { subscription } = former;
  const player = telegram.world.players.get(former.userId);
  if (!subscription || !player) return 'CHARGE_ID_INVALID';
  if (subscription.canceledBy) return 'SUBSCRIPTION_NOT_ACTIVE';
  if (player.stars < former.priceStars) return 'BALANCE_TOO_LOW';
  if (telegram.rules.renewalSendsPreCheckout) {
    const invoice = { ...former, slug: '', title: subscription.title, description: '', spent: false };
    const refusal = await preCheckout(telegram, invoice, player);
    if (refusal) return refusal;
  }
  subscription.expiresAt += subscription.period;
  const charge: Charge = { ...former, id: chargeId(), paidAtMs: Date.now(), refunded: false };
  const recurring = { is_recurring: true as const, subscription_expiration_date: subscription.expiresAt };
  const news = book(telegram, charge, player, { successful_payment: { ...paymentOf(charge), ...recurring } });
  if (news) await former.bot.delivery.firstAttempt(news, NEWS_WAIT_MS);
  return charge;
}
