import type { Payload } from '@stardrift/shared/payload';
import {
  type Holdings,
  isLimitReached,
  itemById,
  type Order,
  offerBySku,
  ownsAll,
  type Revision,
  stateAt,
} from './order.ts';

/** What Telegram asks before it takes the Stars. */
export interface CheckoutQuery {
  payerId: number;
  currency: string;
  amountStars: number;
}

export const CHECKOUT_REFUSALS = [
  'foreign',
  'payer',
  'unknown_order',
  'already_paid',
  'ended',
  'expired',
  'amount',
  'withdrawn',
  'already_owned',
  'limit_reached',
  'sold_out',
  'restoring',
  'unavailable',
] as const;
export type CheckoutRefusal = (typeof CHECKOUT_REFUSALS)[number];

export type CheckoutDecision = { approved: true } | { approved: false; reason: CheckoutRefusal };

const refuse = (reason: CheckoutRefusal): CheckoutDecision => ({ approved: false, reason });

/**
 * The one moment at which a payment can be turned away at no cost. Refusals come in this order. A price that has
 * changed since is none of them: the order keeps its promise.
 */
export function reviewCheckout(
  query: CheckoutQuery,
  payload: Payload | undefined,
  order: Order | undefined,
  current: Revision,
  holdings: Holdings,
  nowMs: number,
): CheckoutDecision {
  if (!payload) return refuse('foreign');
  if (payload.playerId !== query.payerId) return refuse('payer');
  if (!order || !isOrderOf(payload, order)) return refuse('unknown_order');

  const state = stateAt(order, nowMs);
  if (state === 'credited') return refuse('already_paid');
  if (state === 'expired') return refuse('expired');
  if (state !== 'new' && state !== 'ready') return refuse('ended');
  if (query.currency !== 'XTR' || query.amountStars !== order.priceStars) return refuse('amount');

  const offer = offerBySku(current.catalog, order.sku);
  if (!offer?.onSale) return refuse('withdrawn');
  if (Object.keys(order.grant).some((id) => !itemById(current.catalog, id))) return refuse('withdrawn');
  if (ownsAll(current.catalog, order.grant, holdings.items)) return refuse('already_owned');
  // Counted again: an older order may have been paid since this one was placed.
  if (isLimitReached(offer, order.quantity, holdings.bought)) return refuse('limit_reached');
  return { approved: true };
}

export function isOrderOf(payload: Payload, order: Order): boolean {
  return (
    order.id === payload.orderId &&
    order.playerId === payload.playerId &&
    order.sku === payload.sku &&
    order.quantity === payload.quantity &&
    order.revision === payload.revision
  );
}
