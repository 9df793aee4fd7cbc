import type { Grant } from '@stardrift/shared/catalog';

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
