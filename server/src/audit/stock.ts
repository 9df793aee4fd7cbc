import type { HolderBooks } from './books.ts';
import type { Breach } from './breach.ts';
import { isBack, isCredit } from './charge.ts';

/** A server may die between the refund and giving the copies back; the next walk of the ledger makes good for it. */
const GIVEN_BACK_WITHIN_MS = 2 * 60_000;
export const HOLDER = /^(\d+):(?:charge:(.+)|([A-Za-z0-9_-]{16,40}))$/;

/** Whether the copies that somebody holds are held for something. */
export function checkHolder(sku: string, books: HolderBooks | undefined, nowMs: number): Breach[] {
  if (!books) return [];
  const { holder, copies, order, charges } = books;
  const [, , chargeId, orderId] = HOLDER.exec(holder) ?? [];
  const cure = `HDEL stock:${sku} ${holder}, then HINCRBY stock:${sku} #taken -${copies}`;
  const breach = { rule: 'stock' as const, where: `key stock:${sku}, holder ${holder}`, cure };
  if (chargeId === undefined && orderId === undefined)
    return [{ ...breach, is: 'no holder', should: 'player:order or player:charge:id' }];

  const isOpen = order?.state === 'new' || order?.state === 'ready';
  const charge = charges.find((each) => isCredit(each) && (each.id === chargeId || each.orderId === orderId));
  const isJustBack = nowMs - (charge?.refundedAtMs ?? 0) < GIVEN_BACK_WITHIN_MS;
  const isPaid = charge?.sku === sku && (!isBack(charge) || isJustBack);
  if (!isPaid && !isOpen && !order?.isEnding)
    return [
      {
        ...breach,
        is: `${copies} copies held for nothing`,
        should: 'held by an open order or a kept purchase',
      },
    ];
  const quantity = isPaid ? charge.quantity : order?.quantity;
  return copies === String(quantity) ? [] : [{ ...breach, is: `${copies} copies`, should: String(quantity) }];
}

export interface StockSum {
  sku: string;
  taken: string | undefined;
  /** Of all holders. */
  held: number;
}

export function checkStock({ sku, taken, held }: StockSum, most: number | undefined): Breach[] {
  const where = `key stock:${sku}`;
  const breaches: Breach[] = [];
  if (taken !== String(held))
    breaches.push({
      rule: 'stock',
      where,
      is: `${taken ?? 'nothing'} taken`,
      should: `${held}, as the holders have`,
      cure: `HSET stock:${sku} #taken ${held}`,
    });
  if (held > (most ?? 0))
    breaches.push({
      rule: 'stock',
      where,
      is: `${held} copies are out`,
      should: most === undefined ? 'none: no catalogue limits it' : `at most ${most}, as the catalogues say`,
      cure: 'refund the latest from the chat with /refund, or raise "stock" in the catalogue',
    });
  return breaches;
}
