import type { Grant, Language } from '@stardrift/shared/catalog';
import type { Order } from './order.ts';

/** A payment that happened, as a `successful_payment` or a row of Telegram's ledger tells it. */
export interface Payment {
  /** `telegram_payment_charge_id`: the key of the payment. */
  chargeId: string;
  payerId: number;
  currency: string;
  amountStars: number;
  /** The invoice payload, unread. */
  payload: string;
  /** When it was paid; of a refund, when the Stars went back. */
  paidAtMs: number;
  /** What the payer reads; unknown where Telegram does not tell. */
  language?: Language | undefined;
}

/**
 * Why a payment was not credited but goes back: none of ours, somebody else's, a wrong sum, a second one, or one that
 * came so late that the player's limit or the stock was used up by others.
 */
export const HOLD_REASONS = ['orphan', 'payer', 'amount', 'second', 'limit', 'stock'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** The record of one charge, kept for ever under its id. */
export interface Charge {
  id: string;
  /** Who paid, and who gets the Stars back. */
  payerId: number;
  result: 'credit' | HoldReason;
  amountStars: number;
  paidAtMs: number;
  /** Empty on a payment whose payload is not ours. */
  orderId: string;
  sku: string;
  quantity: number;
  revision: string;
  /** What was credited; empty when nothing was. */
  grant: Grant;
  language?: Language | undefined;
  /** Since when its Stars wait to go back. */
  owedAtMs?: number | undefined;
  /** Who asked for the refund of what had been credited. */
  refundedBy?: string | undefined;
  /** Set once Telegram has given the Stars back. */
  refundedAtMs?: number | undefined;
}

/** The order a credited charge has paid, as far as the charge tells it: it takes the place of one that was lost. */
export function orderOfCharge(charge: Charge): Order {
  const { id: chargeId, payerId: playerId, orderId: id, sku, quantity, revision, grant } = charge;
  const { amountStars: priceStars, paidAtMs } = charge;
  const times = { createdAtMs: paidAtMs, expiresAtMs: paidAtMs };
  const state = stateOfCharge(charge);
  return { id, playerId, sku, quantity, priceStars, grant, revision, ...times, state, chargeId };
}

/** What has become of a payment, in the words of its order. */
export function stateOfCharge(charge: Charge): 'credited' | 'refunding' | 'refunded' {
  if (charge.refundedAtMs !== undefined) return 'refunded';
  return charge.result === 'credit' && charge.owedAtMs === undefined ? 'credited' : 'refunding';
}

/** sku → how many were bought and not refunded. */
export function countBought(charges: Charge[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { result, sku, quantity, refundedAtMs } of charges)
    if (result === 'credit' && refundedAtMs === undefined) counts.set(sku, (counts.get(sku) ?? 0) + quantity);
  return Object.fromEntries(counts);
}
