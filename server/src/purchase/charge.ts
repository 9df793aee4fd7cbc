import type { Grant } from '@stardrift/shared/catalog';
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
  paidAtMs: number;
}

/** Why a payment was not credited but goes back: none of ours, somebody else's, a wrong sum, or a second one. */
export type HoldReason = 'orphan' | 'payer' | 'amount' | 'second';

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
  /** Set once Telegram has given the Stars back. */
  refundedAtMs?: number | undefined;
}

/** The order a credited charge has paid, as far as the charge tells it: it takes the place of one that was lost. */
export function orderOfCharge(charge: Charge): Order {
  const { id: chargeId, payerId: playerId, orderId: id, sku, quantity, revision, grant } = charge;
  const { amountStars: priceStars, paidAtMs } = charge;
  const times = { createdAtMs: paidAtMs, expiresAtMs: paidAtMs };
  return { id, playerId, sku, quantity, priceStars, grant, revision, ...times, state: 'credited', chargeId };
}
