import type { Grant } from '@stardrift/shared/catalog';
import type { Payload } from '@stardrift/shared/payload';
import type { Charge, HoldReason, Payment } from './charge.ts';
import { isOrderOf } from './checkout.ts';
import { type Order, type Revision, times } from './order.ts';

/** Goods for the payment, or its record for the way back. */
export type Settlement = { kind: 'credit'; charge: Charge } | { kind: 'hold'; charge: Charge };

/**
 * What a payment deserves. An order that expired, was closed or was lost is honoured as long as the payload names
 * what was sold and the sum is its price; whatever is not a clean credit is held and refunded.
 * @param revision the catalogue the payload names, for an order that was lost
 */
export function decideSettlement(
  payment: Payment,
  payload: Payload | undefined,
  order: Order | undefined,
  revision: Revision | undefined,
): Settlement {
  if (!payload) return hold(payment, undefined, 'orphan');
  if (payload.playerId !== payment.payerId) return hold(payment, payload, 'payer');

  const terms = termsOf(payload, order, revision);
  if (!terms) return hold(payment, payload, 'orphan');
  if (payment.currency !== 'XTR' || payment.amountStars !== terms.priceStars)
    return hold(payment, payload, 'amount');
  if (order?.chargeId !== undefined && order.chargeId !== payment.chargeId)
    return hold(payment, payload, 'second');
  return { kind: 'credit', charge: { ...record(payment, payload), result: 'credit', grant: terms.grant } };
}

export function hold(payment: Payment, payload: Payload | undefined, reason: HoldReason): Settlement {
  return { kind: 'hold', charge: { ...record(payment, payload), result: reason, grant: {} } };
}

function termsOf(
  payload: Payload,
  order: Order | undefined,
  revision: Revision | undefined,
): { priceStars: number; grant: Grant } | undefined {
  if (order) return isOrderOf(payload, order) ? order : undefined;
  const offer = revision?.catalog.offers.find(({ sku }) => sku === payload.sku);
  if (!offer) return undefined;
  return { priceStars: offer.priceStars * payload.quantity, grant: times(offer.grant, payload.quantity) };
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
  };
}
