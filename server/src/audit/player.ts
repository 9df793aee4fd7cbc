import type { Charge } from '../purchase/charge.ts';
import { checkValues, readAmount } from './amount.ts';
import type { PlayerBooks } from './books.ts';
import type { Breach } from './breach.ts';
import { checkCharge, isBack, isCredit, isKept, isWaiting, whereIs } from './charge.ts';
import { type Prices, soldAs } from './prices.ts';

/** What is wrong with one player. */
export function checkPlayer(books: PlayerBooks, prices: Prices, nowMs: number): Breach[] {
  const charges = books.charges.flatMap(({ charge }) => charge ?? []);
  return [
    ...unreadable(books),
    ...charges.flatMap((charge) => checkCharge(charge, prices, nowMs)),
    ...creditedTwice(charges),
    ...checkValues(books, charges),
    ...balances(books, charges),
    ...charges.flatMap((charge) => [...inQueue(books, charge), ...inStock(books, charge, prices)]),
  ];
}

function unreadable({ playerId, keys, charges }: PlayerBooks): Breach[] {
  return charges
    .filter(({ charge }) => !charge)
    .map(({ id, text }) => ({
      rule: 'I7',
      where: whereIs({ payerId: playerId, id }),
      is: `a record that reads "${text.slice(0, 80)}"`,
      should: 'one that a server wrote',
      cure: `mend the field of ${keys.charges} by hand`,
    }));
}

/** I3: one credit for an order, whatever became of it since. */
function creditedTwice(charges: Charge[]): Breach[] {
  const first = new Map<string, Charge>();
  return charges.filter(isCredit).flatMap((charge): Breach[] => {
    const { payerId, orderId, id } = charge;
    const other = first.get(orderId);
    first.set(orderId, charge);
    if (!other) return [];
    const where = `player ${payerId}, order ${orderId}`;
    const is = `credited for ${other.id} and for ${id}`;
    return [{ rule: 'I3', where, is, should: 'credited once', cure: `/refund ${payerId} ${id}` }];
  });
}

/** I4: there and used = given by what is kept. */
function balances({ playerId, inventory, keys }: PlayerBooks, charges: Charge[]): Breach[] {
  const given = new Map<string, number>();
  for (const { grant } of charges.filter(isKept))
    for (const [item, count] of Object.entries(grant)) given.set(item, (given.get(item) ?? 0) + count);
  const items = new Set([...given.keys(), ...Object.keys(inventory).filter((field) => field !== '#rev')]);
  return [...items].flatMap((item) => {
    const amount = readAmount(inventory[item] ?? '0');
    const wanted = given.get(item) ?? 0;
    if (!amount || amount.have + amount.used === wanted) return [];
    const { have, used } = amount;
    const right = used === 0 ? String(wanted) : `${wanted - used}/${used}`;
    return [
      {
        rule: 'I4' as const,
        where: `player ${playerId}, item ${item}`,
        is: `${have} there + ${used} used`,
        should: `${wanted} in all, as the kept purchases gave`,
        cure: `if the records are right: HSET ${keys.inventory} ${item} ${right}`,
      },
    ];
  });
}

/** I5: what is to go back stands in the queue, or nobody would ever send it. */
function inQueue({ queued, keys }: PlayerBooks, charge: Charge): Breach[] {
  if (!isWaiting(charge) || queued.has(charge.id)) return [];
  return [
    {
      rule: 'I5',
      where: whereIs(charge),
      is: `${charge.amountStars} Stars that are owed, not queued`,
      should: 'in the queue of refunds',
      cure: `ZADD ${keys.owed} 0 ${charge.payerId}:${charge.id}`,
    },
  ];
}

/** A purchase of a limited offer holds its copies until its Stars are back. */
function inStock({ copies }: PlayerBooks, charge: Charge, prices: Prices): Breach[] {
  if (!isCredit(charge) || isBack(charge)) return [];
  const { sku, quantity, orderId, payerId } = charge;
  if (soldAs(prices, charge.revision, sku)?.stock === undefined) return [];
  const held = copies.get(charge.id) ?? 0;
  if (held === quantity) return [];
  return [
    {
      rule: 'stock',
      where: whereIs(charge),
      is: `${held} copies of ${sku} held for it`,
      should: String(quantity),
      cure: `HSET stock:${sku} ${payerId}:${orderId} ${quantity}, then HINCRBY stock:${sku} #taken ${quantity - held}`,
    },
  ];
}
