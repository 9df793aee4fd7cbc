import { parsePayload } from '@stardrift/shared/payload';
import type { Stock } from './specimens.ts';

interface Told {
  currency?: unknown;
  total_amount?: unknown;
  invoice_payload?: unknown;
}

/**
 * Whether a changed body happens to be a payment that has to be credited: by the right payer, of the right sum. It must
 * not be sent where nothing may be credited. The revision is not looked at, so that rather too many are left out.
 */
export function isCredible(body: Buffer, { sku, stars }: Stock): boolean {
  // Most are not: nothing else is worth the reading.
  if (!body.includes(`:${sku}:`)) return false;
  let update: {
    message?: { chat?: { id?: unknown }; successful_payment?: Told; refunded_payment?: Told };
  } | null;
  try {
    update = JSON.parse(body.toString('utf8'));
  } catch {
    return false;
  }
  const message = update?.message;
  const told = message?.successful_payment ?? message?.refunded_payment;
  const payload = typeof told?.invoice_payload === 'string' ? parsePayload(told.invoice_payload) : undefined;
  if (!payload || payload.playerId !== message?.chat?.id) return false;
  return told?.total_amount === stars * payload.quantity;
}
