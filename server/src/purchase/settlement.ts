import type { Grant } from '@stardrift/shared/catalog';
import type { Payload } from '@stardrift/shared/payload';
import type { Charge, HoldReason, Payment } from './charge.ts';
import { type Order, type Revision, times } from './order.ts';

/** What was sold, by the revision that the payload names; the order froze the same. */
export interface Terms {
  priceStars: number;
  grant: Grant;
  /** How many one player may buy. */
  perPlayer?: number | undefined;
  /** How many all players together may have. */
  stock?: number | undefined;
}

/** Goods for the payment, or its record for the way back. */
export type Settlement = { kind: 'credit'; charge: Charge } | { kind: 'hold'; charge: Charge };

/**
 * What a payment deserves. An order that expired, was closed or was lost is honoured as long as the payload names
 * what was sold and the sum is its price; whatever is not a clean credit is held and refunded.
 */
export function decideSettlement(
  payment: Payment,
  payload: Payload | undefined,
  terms: Terms | undefined,
  nowMs: number,
): Settlement {
  if (!payload) return hold(payment, undefined, 'orphan', nowMs);
  if (payload.playerId !== payment.payerId) return hold(payment, payload, 'payer', nowMs);
  if (!terms) return hold(payment, payload, 'orphan', nowMs);
  if (payment.currency !== 'XTR' || payment.amountStars !== terms.priceStars)
    return hold(payment, payload, 'amount', nowMs);
  return { kind: 'credit', charge: { ...record(payment, payload), result: 'credit', grant: terms.grant } };
}

export function hold(
  payment: Payment,
  payload: Payload | undefined,
  reason: HoldReason,
  nowMs: number,
): { kind: 'hold'; charge: Charge } {
  const charge = { ...record(payment, payload), result: reason, grant: {}, owedAtMs: nowMs };
  return { kind: 'hold', charge };
}

/** `undefined` when the revision has no such offer. */
export function termsOf({ sku, quantity }: Payload, { catalog }: Revision): Terms | undefined {
  const offer = catalog.offers.find((each) => each.sku === sku);
  if (!offer) return undefined;
  const { perPlayer, stock } = offer;
  return { priceStars: offer.priceStars * quantity, grant: times(offer.grant, quantity), perPlayer, stock };
}

/** What an order itself says of what was sold, for a revision that nobody has any more. */
export function termsOfOrder({ priceStars, grant }: Order): Terms {
  return { priceStars, grant };
}

function record(payment: Payment, payload: Payload | undefined): Omit<Charge, 'result' | 'grant'> {
  return {
    id: payment.chargeId,
    payerId: payment.payerId,
    amountStars: payment.amountStars,
    paidAtMs: payment.paidAtMs,
    orderId: payload?.orderId ?? '',
    sku: payload?.sku ?? '',
    quantity: payload?.quantity ?? 0,
    revision: payload?.revision ?? '',
    language: payment.language,
  };
}
