import { parsePayload } from '@stardrift/shared/payload';
import { priceOf, timesGoods } from './price-list.ts';
import type { RecordText } from './record-text.ts';
import type { Snapshot } from './snapshot.ts';
import type { Sale } from './telegram.ts';

/** What Telegram and the players know, against which the store is held. */
export interface Truth {
  sales: Sale[];
  refunded: ReadonlySet<string>;
  /** `player item` → how many were used, in this store. */
  used: ReadonlyMap<string, number>;
  /** Charges whose payload names another wish than their order. */
  otherOrders: ReadonlySet<string>;
  /** The store was emptied under something: who holds a copy may be lost, as their purchase is not. */
  isTorn: boolean;
}

interface Entry {
  sale: Sale;
  record: RecordText;
  isBack: boolean;
}

/**
 * The promises and invariants of a shop at rest, from Telegram's ledger, the price list and the raw store. Nothing of
 * the shop's own code is asked but how a payload is read.
 * @returns one line for each that does not hold
 */
export function brokenAtRest(store: Snapshot, truth: Truth): string[] {
  const wrong: string[] = [];
  const entries = pair(store, truth, wrong);
  const kept = entries.filter(({ record, isBack }) => record.result === 'credit' && !isBack);
  wrong.push(...entries.flatMap((entry) => wrongResult(entry, entries, truth)));
  wrong.push(...wrongGoods(store, truth, kept));
  wrong.push(...wrongRevisions(store, truth, entries));
  wrong.push(...wrongOrders(store, entries));
  if (!truth.isTorn) wrong.push(...wrongStock(store, kept));
  wrong.push(...wrongLimits(kept));
  if (store.lives.includes(-1)) wrong.push('an order or an operation is kept for ever');
  for (const name of ['owed', 'ending', 'open'] as const)
    if (store[name].length > 0) wrong.push(`still ${name}: ${store[name].join(' ')}`);
  return wrong;
}

/** I1 and I2: one record for each payment, under its payer, and no other; refunded there as it is here. */
function pair({ charges }: Snapshot, { sales, refunded }: Truth, wrong: string[]): Entry[] {
  const records = new Map(charges.map((charge) => [charge.id, charge]));
  if (records.size !== charges.length) wrong.push('a charge has two records');
  const entries: Entry[] = [];
  for (const sale of sales) {
    const charge = records.get(sale.chargeId);
    records.delete(sale.chargeId);
    const isBack = refunded.has(sale.chargeId);
    if (!charge) wrong.push(`${sale.chargeId} was paid and has no record`);
    else if (charge.payerId !== sale.payerId)
      wrong.push(`${sale.chargeId} is recorded for ${charge.payerId}`);
    else if (charge.record.since.has('back') !== isBack)
      wrong.push(`${sale.chargeId} is ${isBack ? '' : 'not '}back at Telegram, and not so here`);
    if (charge) entries.push({ sale, record: charge.record, isBack });
  }
  for (const id of records.keys()) wrong.push(`${id} is recorded and was never paid`);
  return entries;
}

/** P1, P4, I6: what became of a payment is what had to. */
function wrongResult({ sale, record, isBack }: Entry, all: Entry[], truth: Truth): string[] {
  const { result } = record;
  const is = `${sale.chargeId} (${sale.payload}, ${sale.amountStars} Stars) ended as ${result}`;
  if (record.stars !== sale.amountStars) return [`${is}, recorded with ${record.stars} Stars`];
  if (result !== 'credit' && Object.keys(record.goods).length > 0)
    return [`${is}, and is recorded with goods`];
  if (result !== 'credit' && !isBack) return [`${is} and never went back`];
  if (result === 'credit' && !isBack && record.since.has('owed')) return [`${is} and is owed`];
  const payload = parsePayload(sale.payload);
  const price = payload && priceOf(payload.sku, payload.revision);
  if (!payload || !price) return result === 'orphan' ? [] : [`${is}, with a payload that is none of ours`];
  if (payload.playerId !== sale.payerId) return result === 'payer' ? [] : [`${is}, paid by another`];
  if (sale.amountStars !== price.stars * payload.quantity)
    return result === 'amount' ? [] : [`${is}, with a wrong sum`];

  const others = all.filter(
    (other) => other.sale !== sale && other.sale.payerId === sale.payerId && other.record.result === 'credit',
  );
  const isSecond = others.some(({ record: { orderId } }) => orderId === payload.orderId);
  switch (result) {
    case 'credit': {
      const goods = timesGoods(price.goods, payload.quantity);
      if (isSecond) return [`${is}, and its order was paid before`];
      return isSame(goods, record.goods) ? [] : [`${is}, and gave ${JSON.stringify(record.goods)}`];
    }
    case 'second':
      return isSecond ? [] : [`${is}, and nothing else was credited for its order`];
    case 'limit':
      return price.perPlayer !== undefined ? [] : [`${is}, and may be bought without limit`];
    case 'stock':
      return price.copies !== undefined ? [] : [`${is}, and is not limited`];
    case 'orphan':
      return truth.otherOrders.has(sale.chargeId) ? [] : [`${is}, and is ours`];
    default:
      return [`${is}, for no reason`];
  }
}

const isSame = (one: Record<string, number>, other: Record<string, number>): boolean =>
  Object.keys({ ...one, ...other }).every((key) => one[key] === other[key]);

/** P3, P6, I4, I7: what a player has, and has used, is what was bought and kept. */
function wrongGoods({ inventories }: Snapshot, { used }: Truth, kept: Entry[]): string[] {
  return [...inventories].flatMap(([playerId, fields]) => {
    const bought = new Map<string, number>();
    for (const { sale, record } of kept)
      if (sale.payerId === playerId)
        for (const [item, n] of Object.entries(record.goods)) bought.set(item, (bought.get(item) ?? 0) + n);
    const { '#rev': _, ...items } = fields;
    return [...new Set([...Object.keys(items), ...bought.keys()])].flatMap((item) => {
      const text = items[item] ?? '0';
      if (!/^-?\d+(\/\d+)?$/.test(text)) return [`player ${playerId}: ${item} is "${text}"`];
      const [have, uses = 0] = text.split('/').map(Number);
      const wanted = used.get(`${playerId} ${item}`) ?? 0;
      if (uses !== wanted) return [`player ${playerId} used ${wanted} ${item}, ${uses} stand in the store`];
      const all = bought.get(item) ?? 0;
      if ((have ?? 0) + uses === all) return [];
      return [`player ${playerId} has ${have} ${item} after ${uses} uses, and kept ${all}`];
    });
  });
}

/** I9: one entry in the outbox for each change, in the order of the revisions, and of the right cause. */
function wrongRevisions({ outbox, inventories }: Snapshot, { used }: Truth, entries: Entry[]): string[] {
  const wrong: string[] = [];
  for (const [playerId, fields] of inventories) {
    const own = outbox.filter(({ player }) => player === playerId);
    const revs = own.map(({ rev }) => rev);
    if (revs.some((rev, i) => rev !== i + 1) || Number(fields['#rev'] ?? 0) !== revs.length)
      wrong.push(`player ${playerId}: revision ${fields['#rev']}, and in the outbox ${revs.join(' ')}`);
    const causes = (cause: string): number => own.filter((entry) => entry.cause === cause).length;
    const credits = entries.filter(
      ({ sale, record }) => sale.payerId === playerId && record.result === 'credit',
    );
    const back = credits.filter(({ isBack }) => isBack).length;
    if (causes('purchase') !== credits.length)
      wrong.push(`player ${playerId}: ${credits.length} credits, ${causes('purchase')} told`);
    if (causes('refund') - causes('sync') !== back)
      wrong.push(`player ${playerId}: ${back} credits went back, ${causes('refund')}-${causes('sync')} told`);
    const uses = [...used.keys()].some((key) => key.startsWith(`${playerId} `));
    if (causes('use') > 0 !== uses) wrong.push(`player ${playerId}: ${causes('use')} uses are told`);
  }
  return wrong;
}

/** P4, I3, I8: an order is paid by exactly the one charge that was credited for it, and promises what it always did. */
function wrongOrders({ orders, charges }: Snapshot, entries: Entry[]): string[] {
  return [...orders].flatMap(([key, { s: state, p: sold = '', j, c: chargeId }]) => {
    if (state === undefined) return [];
    const [sku = '', quantity, revision = ''] = sold.split(':');
    const price = priceOf(sku, revision);
    const promise = JSON.parse(j ?? '{}') as { priceStars?: number; grant?: Record<string, number> };
    if (!price || promise.priceStars !== price.stars * Number(quantity))
      return [`order ${key} (${sold}) promises ${j}`];
    if (!isSame(promise.grant ?? {}, timesGoods(price.goods, Number(quantity))))
      return [`order ${key} (${sold}) promises ${j}`];

    const paid = charges.filter(
      ({ payerId, record }) => record.result === 'credit' && `${payerId} ${record.orderId}` === key,
    );
    if (paid.length > 1) return [`order ${key} was credited ${paid.length} times`];
    if (paid[0]?.id !== chargeId) return [`order ${key} names ${chargeId}, credited is ${paid[0]?.id}`];
    const entry = entries.find(({ sale }) => sale.chargeId === chargeId);
    const wanted = entry ? [entry.isBack ? 'refunded' : 'credited'] : ['expired', 'closed'];
    return wanted.includes(state) ? [] : [`order ${key} is ${state}, and should be ${wanted.join(' or ')}`];
  });
}

/** Oversell never: each copy taken is held by a purchase that was kept, and there are no more of them than copies. */
function wrongStock({ stock }: Snapshot, kept: Entry[]): string[] {
  return [...stock].flatMap(([sku, { '#taken': taken = '0', ...holders }]) => {
    const own = kept.filter(({ record }) => record.sku === sku);
    const sold = own.reduce((sum, { record }) => sum + record.quantity, 0);
    const held = Object.values(holders).reduce((sum, n) => sum + Number(n), 0);
    const wrong: string[] = [];
    if (Number(taken) !== held) wrong.push(`${sku}: ${taken} taken, ${held} held`);
    if (held !== sold)
      wrong.push(`${sku}: ${held} held by ${Object.keys(holders).join(' ')}, ${sold} sold and kept`);
    for (const { sale, record } of own) {
      const names = [`${sale.payerId}:${record.orderId}`, `${sale.payerId}:charge:${sale.chargeId}`];
      const copies = names.map((name) => Number(holders[name] ?? 0));
      if (copies.reduce((sum, n) => sum + n, 0) !== record.quantity)
        wrong.push(`${sku}: ${sale.chargeId} of ${record.quantity} holds ${copies.join(' and ')}`);
      const most = priceOf(sku, record.revision)?.copies ?? 0;
      if (held > most) wrong.push(`${sku}: ${held} of ${most} sold`);
    }
    return wrong;
  });
}

/** Whatever came in whatever order: nobody keeps more of an offer than one player may. */
function wrongLimits(kept: Entry[]): string[] {
  const bought = new Map<string, number>();
  for (const { sale, record } of kept) {
    const key = `${sale.payerId} ${record.sku}`;
    bought.set(key, (bought.get(key) ?? 0) + record.quantity);
  }
  return kept.flatMap(({ sale, record: { sku, revision } }) => {
    const n = bought.get(`${sale.payerId} ${sku}`) ?? 0;
    const most = priceOf(sku, revision)?.perPlayer ?? n;
    return n > most ? [`player ${sale.payerId} keeps ${n} of ${sku}, and may have ${most}`] : [];
  });
}
