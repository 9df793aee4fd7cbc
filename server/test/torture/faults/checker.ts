import { readFileSync } from 'node:fs';
import type { HistoryEntry } from '@stardrift/shared/protocol';
import type { Use } from './shopper.ts';

/**
 * The judge of every stage: what Telegram's ledger says of the Stars, held against what players have. Written from the
 * promises and from nothing of the shop's own rules but its price list.
 */

/** A row of Telegram's ledger: with a `source` Stars came in, with a `receiver` they went back. */
export interface Row {
  id: string;
  amount: number;
  source?: Partner | undefined;
  receiver?: Partner | undefined;
}
interface Partner {
  user: { id: number };
  invoice_payload?: string | undefined;
}

/** What is known of a player in the end. */
export interface Account {
  id: number;
  starsAtFirst: number;
  stars: number;
  /** Items that are there; below zero, a debt. */
  items: Record<string, number>;
  uses: readonly Use[];
  history?: HistoryEntry[] | undefined;
}

export interface Evidence {
  ledger: readonly Row[];
  /** The bot's own Stars. */
  botStars: number;
  accounts: readonly Account[];
}

type Counts = Record<string, number>;

/** One payment that came in, and whether it went back. */
export interface Paid {
  chargeId: string;
  playerId: number;
  stars: number;
  payload: string;
  refunded: boolean;
}

/** All payments of the ledger, oldest first. */
export function paymentsIn(ledger: readonly Row[]): Paid[] {
  const back = new Set(ledger.flatMap(({ id, receiver }) => (receiver ? [id] : [])));
  return ledger.flatMap(({ id, amount, source }) =>
    source
      ? [
          {
            chargeId: id,
            playerId: source.user.id,
            stars: amount,
            payload: source.invoice_payload ?? '',
            refunded: back.has(id),
          },
        ]
      : [],
  );
}

const OFFERS = new Map(
  (
    JSON.parse(readFileSync(new URL('../../fixtures/items.json', import.meta.url), 'utf8')) as {
      offers: { sku: string; priceStars: number; grant: Counts }[];
    }
  ).offers.map((offer) => [offer.sku, offer]),
);

/** What a payment of this payload is worth, by the price list: `sd1:player:order:sku:quantity:revision`. */
export function goodsOf(payload: string): Counts {
  const [, , , sku = '', quantity] = payload.split(':');
  const goods = Object.entries(OFFERS.get(sku)?.grant ?? {});
  return Object.fromEntries(goods.map(([item, each]) => [item, each * Number(quantity)]));
}

const orderIn = (payload: string): string => payload.split(':')[2] ?? '';

/** @returns one line for each thing that is wrong */
export function findings({ ledger, botStars, accounts }: Evidence): string[] {
  const wrong: string[] = [];
  const paid = paymentsIn(ledger);
  const ofPlayer = new Map<number, Paid[]>();
  for (const payment of paid)
    ofPlayer.set(payment.playerId, [...(ofPlayer.get(payment.playerId) ?? []), payment]);

  wrong.push(...starsLost(ledger, botStars, accounts, ofPlayer));
  for (const account of accounts) {
    const payments = ofPlayer.get(account.id) ?? [];
    wrong.push(...goodsWrong(account, payments));
    wrong.push(...orderKeptTwice(account.id, payments));
    if (account.history) wrong.push(...historyWrong(account.id, account.history, payments));
  }
  return wrong;
}

function starsLost(
  ledger: readonly Row[],
  botStars: number,
  accounts: readonly Account[],
  ofPlayer: ReadonlyMap<number, Paid[]>,
): string[] {
  const wrong: string[] = [];
  const held = ledger.reduce((sum, { amount, source }) => sum + (source ? amount : -amount), 0);
  if (held !== botStars) wrong.push(`the bot has ${botStars} Stars, its ledger makes them ${held}`);
  for (const { id, stars, starsAtFirst } of accounts) {
    const spent = (ofPlayer.get(id) ?? []).reduce(
      (sum, payment) => sum + (payment.refunded ? 0 : payment.stars),
      0,
    );
    if (stars !== starsAtFirst - spent)
      wrong.push(`player ${id} has ${stars} Stars, and should have ${starsAtFirst - spent}`);
  }
  const backs = ledger.flatMap(({ id, receiver }) => (receiver ? [id] : []));
  if (new Set(backs).size !== backs.length) wrong.push('a payment went back twice');
  return wrong;
}

/** Goods of every kept payment, once, less what was used: for every item, or it is lost, doubled or partial. */
function goodsWrong({ id, items, uses }: Account, payments: readonly Paid[]): string[] {
  const granted: Counts = {};
  for (const { payload, refunded } of payments)
    if (!refunded)
      for (const [item, n] of Object.entries(goodsOf(payload))) granted[item] = (granted[item] ?? 0) + n;
  const every = new Set([
    ...Object.keys(granted),
    ...Object.keys(items),
    ...uses.map(({ itemId }) => itemId),
  ]);
  return [...every].flatMap((item) => {
    const ofItem = uses.filter(({ itemId }) => itemId === item);
    const sum = (outcome: Use['outcome']): number[] =>
      ofItem.filter((use) => use.outcome === outcome).map(({ count }) => count);
    const used = sum('done').reduce((all, n) => all + n, 0);
    const missing = (granted[item] ?? 0) - used - (items[item] ?? 0);
    if (canBeSum(missing, sum('unknown'))) return [];
    const what = `${granted[item] ?? 0} bought and kept, ${used} used, ${items[item] ?? 0} there`;
    return [`player ${id}: ${missing > 0 ? 'lost' : 'too many'}: ${Math.abs(missing)} ${item} (${what})`];
  });
}

/** Whether some of the numbers add up to the total: which of the uses nobody heard of again have happened. */
function canBeSum(total: number, numbers: readonly number[]): boolean {
  const sums = new Set([0]);
  for (const number of numbers) for (const sum of [...sums]) sums.add(sum + number);
  return sums.has(total);
}

/** An order is one purchase: of several payments for it, at most one is kept. */
function orderKeptTwice(playerId: number, payments: readonly Paid[]): string[] {
  const kept = payments.filter(({ refunded }) => !refunded).map(({ payload }) => orderIn(payload));
  const twice = kept.filter((order, at) => kept.indexOf(order) !== at);
  return twice.map((order) => `player ${playerId}: the order ${order} was paid and kept twice`);
}

/** The player's own history names each payment once, and tells of it what the ledger tells. */
function historyWrong(playerId: number, history: HistoryEntry[], payments: readonly Paid[]): string[] {
  const told = new Map<string, HistoryEntry[]>();
  for (const entry of history)
    if (entry.kind === 'purchase') told.set(entry.chargeId, [...(told.get(entry.chargeId) ?? []), entry]);
  const wrong = payments.flatMap(({ chargeId, refunded }) => {
    const entries = told.get(chargeId) ?? [];
    told.delete(chargeId);
    if (entries.length !== 1) return [`player ${playerId}: ${entries.length} entries for ${chargeId}`];
    const wanted = refunded ? 'refunded' : 'credited';
    const { state } = entries[0] as HistoryEntry;
    return state === wanted ? [] : [`player ${playerId}: ${chargeId} is told as ${state}, it is ${wanted}`];
  });
  return [...wrong, ...[...told.keys()].map((id) => `player ${playerId}: ${id} was never paid to Telegram`)];
}
