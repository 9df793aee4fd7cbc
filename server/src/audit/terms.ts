import { parsePayload } from '@stardrift/shared/payload';
import type { Charge, Payment } from '../purchase/charge.ts';
import { isBack } from './charge.ts';

/**
 * What a payment was for, in words that its row in Telegram's ledger and its record in the store have in common.
 * Whether the payer is the one the invoice was made for is a part of it.
 */
export function termsOfPayment({ payload, payerId }: Payment): string {
  const known = parsePayload(payload);
  if (!known) return NONE;
  const { orderId, sku, quantity, revision, playerId } = known;
  return [orderId, sku, quantity, revision, playerId === payerId ? 'own' : 'other'].join(':');
}

export function termsOfCharge({ orderId, sku, quantity, revision, result }: Charge): string {
  if (orderId === '') return NONE;
  return [orderId, sku, quantity, revision, result === 'payer' ? 'other' : 'own'].join(':');
}

const NONE = 'none of ours';

export const paymentText = (id: string, payerId: number, amountStars: number, terms: string): string =>
  `${id}|${payerId}|${amountStars}|${terms}`;
export const refundText = (id: string, payerId: number, amountStars: number): string =>
  `${id}|${payerId}|${amountStars}|back`;

/** Went back by the moment given. */
export const isBackBy = (charge: Charge, atMs: number): boolean =>
  isBack(charge) && (charge.refundedAtMs ?? 0) <= atMs;
