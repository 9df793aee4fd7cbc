import type { Grant } from '@stardrift/shared/catalog';
import { ORDER_STATES } from '@stardrift/shared/protocol';
import { stateOfCharge } from '../purchase/charge.ts';
import { times } from '../purchase/order.ts';
import type { OrderBooks } from './books.ts';
import type { Breach, Rule } from './breach.ts';
import { isCredit, isSameGrant, show, showGrant, unknownRevision } from './charge.ts';
import { type Prices, soldAs } from './prices.ts';

const SOLD = /^([a-z0-9_]{1,32}):([1-9]\d{0,2}):([0-9a-f]{12})$/;
/** States of orders that may be paid, and of those that were. */
export const OPEN = ['new', 'ready'];
export const PAID = ['credited', 'refunding', 'refunded'];

interface Promised {
  priceStars: number;
  grant: Grant;
  expiresAtMs: number;
}

/** What is wrong with one order: I3 its payment, I6 its price and contents, I7 its values, I8 its place in the lists. */
export function checkOrder(books: OrderBooks, prices: Prices, nowMs: number): Breach[] {
  const { fields, name } = books;
  const { s: state, a: alias, p: sold, j: promise } = fields;
  const wrong = breachOf(books);
  // It ended while it was being read.
  if (Object.keys(fields).length === 0) return [];
  if (alias !== undefined)
    return state === undefined && fields.c === undefined
      ? []
      : [wrong('I8', `a stand-in for ${alias} with a state of its own`, 'one of the two', `DEL ${name}`)];
  const cure = `see who wrote it; DEL ${name}`;
  if (!ORDER_STATES.some((known) => known === state))
    return [wrong('I8', `the state ${state ?? '(none)'}`, `one of ${ORDER_STATES.join(', ')}`, cure)];
  const [, sku = '', quantity, revision = ''] = SOLD.exec(sold ?? '') ?? [];
  const promised = readPromise(promise);
  if (quantity === undefined || !promised)
    return [wrong('I7', 'a promise that can not be read', 'what place_order wrote', cure)];
  return [
    ...checkPaid(books, String(state)),
    ...checkPrice(books, prices, { sku, quantity: Number(quantity), revision, promised }),
    ...checkLists(books, String(state), promised, nowMs),
    ...checkCopies(books, String(state), Number(quantity), soldAs(prices, revision, sku)?.stock),
  ];
}

function breachOf({ playerId, orderId }: OrderBooks) {
  const where = `player ${playerId}, order ${orderId}`;
  return (rule: Rule, is: string, should: string, cure: string): Breach => ({
    rule,
    where,
    is,
    should,
    cure,
  });
}

/** Paid in its state ⇔ paid by a charge that says the same. */
function checkPaid(books: OrderBooks, state: string): Breach[] {
  const wrong = breachOf(books);
  const chargeId = books.fields.c ?? books.unpaid?.creditedFor;
  const cure = `mend ${books.name} after the records of its player`;
  if (!PAID.includes(state))
    return chargeId === undefined
      ? []
      : [wrong('I3', `${state}, paid by ${chargeId}`, 'paid in its state too', cure)];
  if (chargeId === undefined) return [wrong('I3', `${state} by no charge`, 'the charge that paid it', cure)];
  const charge = books.charge?.charge;
  if (!charge)
    return [wrong('I3', `${state} by ${chargeId}, which has no record`, 'a credited charge', cure)];
  if (!isCredit(charge) || charge.orderId !== books.orderId) {
    const is = `${state} by ${chargeId}, ${charge.result} for ${charge.orderId}`;
    return [wrong('I3', is, 'a charge credited for it', cure)];
  }
  const breaches: Breach[] = [];
  const told = stateOfCharge(charge);
  if (state !== told) breaches.push(wrong('I3', state, `${told}, as ${chargeId} is`, cure));
  const sold = `${charge.sku}:${charge.quantity}:${charge.revision}`;
  if (books.fields.p !== sold)
    breaches.push(wrong('I3', `for ${books.fields.p}`, `for ${sold}, as ${chargeId} is`, cure));
  return breaches;
}

interface Terms {
  sku: string;
  quantity: number;
  revision: string;
  promised: Promised;
}

function checkPrice(books: OrderBooks, prices: Prices, terms: Terms): Breach[] {
  const { sku, quantity, revision, promised } = terms;
  // An order made anew from its charge says what the charge says, which is checked there.
  const wrong = breachOf(books);
  if (!prices.has(revision)) return [unknownRevision(revision)];
  const offer = soldAs(prices, revision, sku);
  if (!offer)
    return [wrong('I6', `for ${sku}`, `an offer of the catalogue ${revision}`, `DEL ${books.name}`)];
  const price = offer.priceStars * quantity;
  const goods = times(offer.grant, quantity);
  const cure = `see who wrote it; while it is not paid: DEL ${books.name}`;
  const breaches: Breach[] = [];
  if (promised.priceStars !== price)
    breaches.push(
      wrong('I6', `${promised.priceStars} Stars for ${quantity} × ${sku}`, `${price} Stars`, cure),
    );
  if (!isSameGrant(promised.grant, goods))
    breaches.push(
      wrong('I6', `${showGrant(promised.grant)} for ${quantity} × ${sku}`, showGrant(goods), cure),
    );
  return breaches;
}

/** What is open stands in both lists until it ends. What stands there and is not open is told of with the lists. */
function checkLists(books: OrderBooks, state: string, { expiresAtMs }: Promised, nowMs: number): Breach[] {
  if (!OPEN.includes(state) || !books.unpaid) return [];
  const { openUntilMs, endsAtMs } = books.unpaid;
  const wrong = breachOf(books);
  const cure = 'no server ends it: close it by hand';
  const breaches: Breach[] = [];
  if (endsAtMs !== expiresAtMs) {
    const is = `${state}, ${endsAtMs === undefined ? 'not' : 'wrongly'} among the ending`;
    breaches.push(wrong('I8', is, `ending at ${show(expiresAtMs)}`, cure));
  }
  // An order past its end leaves this list before it is ended.
  if (openUntilMs === undefined && expiresAtMs > nowMs)
    breaches.push(
      wrong('I8', `${state}, not among the open orders`, `open until ${show(expiresAtMs)}`, cure),
    );
  return breaches;
}

/** Copies are taken before anyone can pay. */
function checkCopies(
  books: OrderBooks,
  state: string,
  quantity: number,
  stock: number | undefined,
): Breach[] {
  if (stock === undefined || !books.unpaid || books.fields.u === undefined || !OPEN.includes(state))
    return [];
  const { copies } = books.unpaid;
  if (copies === quantity) return [];
  const cure = 'none: they are taken again before it can be paid';
  return [breachOf(books)('stock', `${copies} copies held for an open order`, String(quantity), cure)];
}

function readPromise(text: string | undefined): Promised | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isPromised(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPromised(value: unknown): value is Promised {
  if (typeof value !== 'object' || value === null) return false;
  const { priceStars, grant, expiresAtMs } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(priceStars) &&
    Number.isSafeInteger(expiresAtMs) &&
    typeof grant === 'object' &&
    grant !== null
  );
}
