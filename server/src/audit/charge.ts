import type { Grant } from '@stardrift/shared/catalog';
import type { Charge } from '../purchase/charge.ts';
import { times } from '../purchase/order.ts';
import type { Breach, Rule } from './breach.ts';
import { type Prices, soldAs } from './prices.ts';

/** Two clocks, Telegram's and ours, may differ by this much. */
export const CLOCKS_MS = 60_000;
/** A refund that waits longer needs a person. */
export const REFUND_WITHIN_MS = 10 * 60_000;

export const isCredit = ({ result }: Charge): boolean => result === 'credit';
/** Its goods are with the player. */
export const isKept = (charge: Charge): boolean =>
  isCredit(charge) && charge.owedAtMs === undefined && !isBack(charge);
export const isBack = ({ refundedAtMs }: Charge): boolean => refundedAtMs !== undefined;
/** Its Stars are to go back and have not yet. */
export const isWaiting = (charge: Charge): boolean => charge.owedAtMs !== undefined && !isBack(charge);

export const whereIs = ({ payerId, id }: Pick<Charge, 'payerId' | 'id'>): string =>
  `player ${payerId}, charge ${id}`;

/** What is wrong with one charge by itself: I6 its price and contents, I8 its history, I10 its age. */
export function checkCharge(charge: Charge, prices: Prices, nowMs: number): Breach[] {
  return [
    ...(isCredit(charge) ? checkTerms(charge, prices) : checkHeld(charge)),
    ...checkTimes(charge, nowMs),
  ];
}

function checkTerms(charge: Charge, prices: Prices): Breach[] {
  const { revision, sku, quantity, amountStars, grant } = charge;
  if (!prices.has(revision)) return [unknownRevision(revision)];
  const sold = soldAs(prices, revision, sku);
  const wrong = breachOf('I6', charge);
  if (!sold) return [wrong(`credited as ${sku}`, `an offer of the catalogue ${revision}`, LOOK)];
  const breaches: Breach[] = [];
  const price = sold.priceStars * quantity;
  if (amountStars !== price)
    breaches.push(wrong(`${amountStars} Stars for ${quantity} × ${sku}`, `${price} Stars`, LOOK));
  const goods = times(sold.grant, quantity);
  if (!isSameGrant(grant, goods))
    breaches.push(wrong(`${showGrant(grant)} for ${quantity} × ${sku}`, showGrant(goods), LOOK));
  return breaches;
}

const LOOK = 'see who wrote the record; if the payment is real, refund it from the chat with /refund';

export function unknownRevision(revision: string): Breach {
  return {
    rule: 'I6',
    where: `catalogue ${revision}`,
    is: 'named by purchases, and nobody has it',
    should: 'in the store or beside CATALOG',
    cure: `put revisions/${revision}.json back from a backup`,
  };
}

function checkHeld(charge: Charge): Breach[] {
  const wrong = breachOf('I8', charge);
  const cure = 'mend the record by hand';
  return [
    ...(Object.keys(charge.grant).length > 0
      ? [wrong(`held (${charge.result}) with ${showGrant(charge.grant)}`, 'without goods', cure)]
      : []),
    ...(charge.owedAtMs === undefined ? [wrong(`held (${charge.result}), not owed`, 'owed=<ms>', cure)] : []),
  ];
}

function checkTimes(charge: Charge, nowMs: number): Breach[] {
  const { paidAtMs, owedAtMs, refundedAtMs, refundedBy } = charge;
  const wrong = breachOf('I8', charge);
  const breaches: Breach[] = [];
  if (paidAtMs > nowMs + CLOCKS_MS)
    breaches.push(wrong(`paid at ${show(paidAtMs)}`, 'not in the future', CLOCK));
  for (const [what, atMs] of [
    ['refund queued', owedAtMs],
    ['refunded', refundedAtMs],
  ] as const)
    if (atMs !== undefined && atMs < paidAtMs - CLOCKS_MS)
      breaches.push(wrong(`${what} at ${show(atMs)}`, `not before it was paid, ${show(paidAtMs)}`, CLOCK));
  if (refundedBy !== undefined && owedAtMs === undefined)
    breaches.push(
      wrong(`a refund by ${refundedBy} that was never queued`, 'owed=<ms>', 'mend the record by hand'),
    );
  if (owedAtMs !== undefined && isWaiting(charge) && nowMs - owedAtMs > REFUND_WITHIN_MS) {
    const cure = 'see why in the log ("a refund failed"); most often the balance of the bot is too low';
    breaches.push(
      breachOf('I10', charge)(
        `waiting to be refunded since ${show(owedAtMs)}`,
        'back within 10 minutes',
        cure,
      ),
    );
  }
  return breaches;
}

const CLOCK = 'look after the clock of the servers';

function breachOf(rule: Rule, charge: Charge) {
  return (is: string, should: string, cure: string): Breach => ({
    rule,
    where: whereIs(charge),
    is,
    should,
    cure,
  });
}

export const show = (atMs: number): string => (isMoment(atMs) ? new Date(atMs).toISOString() : String(atMs));
const isMoment = (atMs: number): boolean => Math.abs(atMs) < 8.64e15;

export function showGrant(grant: Grant): string {
  const goods = Object.entries(grant).map(([item, count]) => `${count} ${item}`);
  return goods.sort().join(' + ') || 'nothing';
}

export const isSameGrant = (a: Grant, b: Grant): boolean => showGrant(a) === showGrant(b);
