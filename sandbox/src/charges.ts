import type { StarTransaction, SuccessfulPayment } from '@grammyjs/types';
import { announcePayment } from './announce.ts';
import { post } from './chats.ts';
import type { Telegram } from './telegram.ts';
import type { PendingUpdate } from './updates/updates.ts';
import { type Charge, type Player, userOf } from './world.ts';

/** Moves the Stars of a new charge, writes its ledger row and its service message, and tells the bot. */
export function book(
  telegram: Telegram,
  charge: Charge,
  player: Player,
  content: { successful_payment: SuccessfulPayment },
  heldMs?: number,
): PendingUpdate | undefined {
  const { bot } = charge;
  telegram.world.charges.set(charge.id, charge);
  move(telegram, charge, player, -1);
  bot.ledger.push(row(charge, player, 'source'));
  const message = post(telegram, bot, player, 'player', content);
  telegram.events.tellAll({ type: 'state' });
  return announcePayment(telegram, bot, message, 'successful_payment', heldMs);
}

/** The part of both service messages that identifies the payment. */
export function paymentOf(charge: Charge) {
  return {
    currency: 'XTR' as const,
    total_amount: charge.priceStars,
    invoice_payload: charge.payload,
    telegram_payment_charge_id: charge.id,
    provider_payment_charge_id: charge.providerChargeId,
  };
}

/** Gives the Stars of a charge back. False when that had been done before. */
export function refund(telegram: Telegram, charge: Charge): boolean {
  const player = telegram.world.players.get(charge.userId);
  if (charge.refunded || !player) return false;
  charge.refunded = true;
  if (charge.subscription) charge.subscription.canceledBy ??= 'bot';
  move(telegram, charge, player, 1);
  charge.bot.ledger.push(row(charge, player, 'receiver'));
  const message = post(telegram, charge.bot, player, 'bot', { refunded_payment: paymentOf(charge) });
  telegram.events.tellAll({ type: 'state' });
  announcePayment(telegram, charge.bot, message, 'refunded_payment');
  return true;
}

function row(charge: Charge, player: Player, side: 'source' | 'receiver'): StarTransaction {
  const partner = {
    type: 'user' as const,
    transaction_type: 'invoice_payment' as const,
    user: userOf(player),
    invoice_payload: charge.payload,
    ...(charge.subscription && { subscription_period: charge.subscription.period }),
  };
  return { id: charge.id, date: nowSeconds(), [side]: partner, amount: charge.priceStars };
}

function move(telegram: Telegram, charge: Charge, player: Player, sign: 1 | -1): void {
  player.stars += sign * charge.priceStars;
  charge.bot.stars -= sign * charge.priceStars;
  telegram.events.tell(player.id, { type: 'balance', stars: player.stars });
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
