import type { StarTransaction } from '@grammyjs/types';
import { Body } from './body.ts';
import { findMethod } from './bot-api/methods.ts';
import { webhookInfo } from './bot-api/updates.ts';
import type { RecordedCall } from './calls.ts';
import { refund } from './charges.ts';
import { FAULTS, type Faults, isFaultName, readFault } from './faults.ts';
import { hostProfile, PLATFORMS } from './host-profile.ts';
import { initData, LIGHT_THEME, launchParameters, PUBLIC_KEY_HEX } from './launch.ts';
import { type InvoiceStatus, type Purchase, purchase, renew } from './payments.ts';
import { putPlayer } from './players.ts';
import type { Telegram } from './telegram.ts';
import { type Bot, type Charge, emptySetup, type Player, userOf, type World } from './world.ts';

const OUTCOMES = ['paid', 'cancelled', 'failed', 'pending'] as const satisfies readonly InvoiceStatus[];

export type PayResult = Omit<Purchase, 'events'>;

/**
 * The sandbox's remote control: what tests and the panel do to this Telegram. Bodies are those of
 * `/sandbox/*`.
 */
export interface Control {
  /** Forgets all but the bots; with `bots: true` their webhook, commands and texts too. */
  reset(body?: unknown): { ok: true };
  /** Creates or changes a player. */
  players(body?: unknown): { id: number; initData: string; launchUrl: string };
  /** The player opens an invoice link in the app `platform` and confirms it, or does what `outcome` says. */
  pay(body: unknown): Promise<PayResult>;
  /** Telegram's side gives a payment back, whatever the bot's balance. */
  refund(body: unknown): { ok: true };
  /** The next period of a subscription. */
  renew(body: unknown): Promise<{ chargeId: string }>;
  faults(body?: unknown): { faults: ReturnType<Faults['list']>; known: Readonly<Record<string, string>> };
  ledger(): { transactions: StarTransaction[] };
  calls(method?: string): { calls: RecordedCall[] };
  state(): object;
}

/** `publicUrl` is where players reach the host page. */
export function createControl(telegram: Telegram, publicUrl: () => string): Control {
  const { world, calls } = telegram;
  return {
    reset: (body) =>
      reset(
        telegram,
        new Body('POST /sandbox/reset', body).only('bots').optional('bots', 'boolean') ?? false,
      ),
    players: (body) => players(telegram, publicUrl(), new Body('POST /sandbox/players', body)),
    pay: (body) => pay(telegram, new Body('POST /sandbox/pay', body)),
    refund: (body) => refundByTelegram(telegram, new Body('POST /sandbox/refund', body)),
    renew: (body) => renewNow(telegram, new Body('POST /sandbox/renew', body)),
    faults: (body) => faults(telegram, new Body('POST /sandbox/faults', body)),
    ledger: () => ({ transactions: allTransactions(world) }),
    calls: (method) => ({ calls: calls.list(method) }),
    state: () => state(telegram),
  };
}

function allTransactions({ bots, mainBot }: World): StarTransaction[] {
  if (bots.size === 1) return mainBot.ledger;
  return [...bots.values()].flatMap(({ ledger }) => ledger).sort((a, b) => a.date - b.date);
}

function reset(telegram: Telegram, botsToo: boolean): { ok: true } {
  const { world, faults, calls, events } = telegram;
  for (const timer of world.held) clearTimeout(timer);
  for (const records of [world.held, world.players, world.invoices, world.charges]) records.clear();
  faults.clear();
  calls.clear();
  for (const bot of world.bots.values()) resetBot(bot, botsToo);
  events.tellAll({ type: 'reset' });
  return { ok: true };
}

function resetBot(bot: Bot, setupToo: boolean): void {
  bot.stars = 0;
  bot.ledger = [];
  bot.chats.clear();
  bot.openCallbacks.clear();
  bot.delivery.updates.clear();
  for (const query of [...bot.openPreCheckouts.values()]) query.answer('The sandbox was reset');
  if (!setupToo) return;
  bot.delivery.deleteWebhook();
  bot.setup = emptySetup();
}

function players(telegram: Telegram, publicUrl: string, body: Body): ReturnType<Control['players']> {
  body.only('id', 'first_name', 'username', 'language_code', 'stars', 'blocked', 'platform');
  const id = body.count('id');
  if (id === 0) body.refuse('"id" must be above 0; leave it out for a new player');
  const first_name = body.optional('first_name', 'string');
  if (first_name === '') body.refuse('"first_name" is empty; leave it out to keep the name');
  const username = body.optional('username', 'string');
  if (username !== undefined && !/^\w*$/.test(username))
    body.refuse(`"username" takes letters, digits and _, without an @, not "${username}"`);
  const player = putPlayer(telegram, id, {
    first_name,
    username,
    language_code: body.optional('language_code', 'string'),
    stars: body.count('stars'),
    blocked: body.optional('blocked', 'boolean'),
  });
  const bot = telegram.world.mainBot;
  const platform = body.choice('platform', PLATFORMS);
  const hash = launchParameters(bot, player, {
    platform: platform ?? 'weba',
    version: '9.1',
    themeParams: LIGHT_THEME,
  });
  return {
    id: player.id,
    initData: initData(bot, player),
    launchUrl: `${publicUrl}/play/${player.id}${platform ? `?platform=${platform}` : ''}#${hash}`,
  };
}

async function pay(telegram: Telegram, body: Body): Promise<PayResult> {
  body.only('userId', 'url', 'outcome', 'platform');
  const { events: _, ...result } = await purchaseIn(telegram, body, 'url');
  return result;
}

/** Pays the invoice that the field `link` names, as the body says. */
export function purchaseIn(telegram: Telegram, body: Body, link: 'url' | 'slug'): Promise<Purchase> {
  const player = findPlayer(telegram, body);
  const slug = slugOf(body.required(link, 'string'));
  const host = hostProfile(body.choice('platform', PLATFORMS) ?? 'weba');
  return purchase(telegram, player, slug, body.choice('outcome', OUTCOMES), host);
}

/** The slug of an invoice link, or the text itself when it is no link. */
export function slugOf(url: string): string {
  return /^(?:https?:\/\/)?t\.me\/(?:\$|invoice\/)([A-Za-z0-9\-_=]+)$/.exec(url)?.[1] ?? url;
}

export function findPlayer(telegram: Telegram, body: Body): Player {
  const id = body.required('userId', 'number');
  return (
    telegram.world.players.get(id) ??
    body.refuse(`nobody has the id ${id}; create the player with POST /sandbox/players`, 404)
  );
}

function refundByTelegram(telegram: Telegram, body: Body): { ok: true } {
  const charge = findCharge(telegram, body);
  if (!refund(telegram, charge))
    body.refuse(`CHARGE_ALREADY_REFUNDED: ${charge.id} was given back before`, 409);
  return { ok: true };
}

async function renewNow(telegram: Telegram, body: Body): Promise<{ chargeId: string }> {
  const renewed = await renew(telegram, findCharge(telegram, body));
  if (typeof renewed === 'string') body.refuse(renewed, 409);
  return { chargeId: renewed.id };
}

function findCharge(telegram: Telegram, body: Body): Charge {
  const id = body.only('chargeId').required('chargeId', 'string');
  return (
    telegram.world.charges.get(id) ??
    body.refuse(`CHARGE_NOT_FOUND: no payment has the id "${id}"; see GET /sandbox/ledger`, 404)
  );
}

/** Reads all of the body before the first fault is set, so that a wrong one changes nothing. */
function faults(telegram: Telegram, body: Body): ReturnType<Control['faults']> {
  const changes = body.entries().map(([name, value]) => {
    if (!isFaultName(name))
      return body.refuse(`there is no fault "${name}"; known are ${Object.keys(FAULTS).join(', ')}`);
    const fault = readFault(name, value);
    if (typeof fault === 'string') body.refuse(fault);
    if (fault?.method !== undefined && !findMethod(fault.method))
      body.refuse(`"${name}": there is no method "${fault.method}" here; it would never strike`);
    return [name, fault] as const;
  });
  for (const [name, fault] of changes) telegram.faults.set(name, fault);
  if (changes.length > 0) telegram.events.tellAll({ type: 'state' });
  const known = Object.fromEntries(Object.entries(FAULTS).map(([name, { what }]) => [name, what]));
  return { faults: telegram.faults.list(), known };
}

function state(telegram: Telegram): object {
  const { world } = telegram;
  return {
    bot: botState(world.mainBot),
    bots: [...world.bots.values()].map(botState),
    players: [...world.players.values()].map((player) => ({
      ...userOf(player),
      stars: player.stars,
      blocked: player.blocked,
    })),
    balances: Object.fromEntries([...world.players.values()].map(({ id, stars }) => [id, stars])),
    invoices: [...world.invoices.values()].map(({ bot, message, ...invoice }) => ({
      ...invoice,
      botId: bot.user.id,
      url: `https://t.me/$${invoice.slug}`,
      ...(message && { chatId: message.chat.id, messageId: message.message_id }),
    })),
    pendingUpdates: [...world.bots.values()].flatMap(({ delivery }) =>
      delivery.updates.all().map(({ update }) => update),
    ),
    heldUpdates: world.held.size,
    webhook: webhookInfo(world.mainBot),
    faults: telegram.faults.list(),
    webAppPublicKey: PUBLIC_KEY_HEX,
  };
}

function botState(bot: Bot): object {
  const { id, username, first_name } = bot.user;
  return { id, username, first_name, token: bot.token, stars: bot.stars };
}
