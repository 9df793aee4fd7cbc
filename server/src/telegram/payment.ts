import type { Language } from '@stardrift/shared/catalog';
import type { Message, StarTransaction } from 'grammy/types';
import type { Payment } from '../purchase/charge.ts';
import type { LedgerRow } from '../purchase/ports.ts';
import { languageOf } from './init-data.ts';

/** The last second that a date can be written of. */
const YEAR_9999 = 253_402_300_799;

/** A payment update that does not look like one of Telegram's. */
export class UnreadablePayment extends Error {}

/**
 * The payment that a `successful_payment` or `refunded_payment` message tells of. The payer is the private chat it
 * stands in: the message of a refund comes from the bot.
 */
export function paymentOf(message: Message): Payment {
  const paid = message.successful_payment ?? message.refunded_payment;
  return {
    chargeId: textIn(paid, 'telegram_payment_charge_id', 1, 256),
    payerId: wholeIn(message.chat, 'id', 1),
    currency: textIn(paid, 'currency', 0, 8),
    amountStars: wholeIn(paid, 'total_amount', 0),
    payload: textIn(paid, 'invoice_payload', 0, 1_024),
    paidAtMs: wholeIn(message, 'date', 1, YEAR_9999) * 1_000,
    language: languageIn(message.from),
  };
}

// As strict as a schema; what it throws names the field and tells nothing else of the message.

function textIn(object: unknown, field: string, shortest: number, longest: number): string {
  const value = fieldOf(object, field);
  if (typeof value === 'string' && value.length >= shortest && value.length <= longest) return value;
  throw new UnreadablePayment(
    `Telegram: a payment message can't be read: ${field} is no text of ${shortest} to ${longest} characters`,
  );
}

function wholeIn(object: unknown, field: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = fieldOf(object, field);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  throw new UnreadablePayment(
    `Telegram: a payment message can't be read: ${field} is no whole number from ${least} up`,
  );
}

const fieldOf = (object: unknown, field: string): unknown =>
  typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[field] : undefined;

/** The message of a refund comes from the bot, which reads nothing. */
function languageIn(user: unknown): Language | undefined {
  const tag = fieldOf(user, 'language_code');
  return typeof tag === 'string' && tag.length <= 35 ? languageOf(tag) : undefined;
}

/** A row of Telegram's ledger, when it is an invoice's payment (it has a source) or its refund (it has a receiver). */
export function ledgerRowOf(transaction: StarTransaction): LedgerRow | undefined {
  const partner = transaction.source ?? transaction.receiver;
  if (partner?.type !== 'user' || partner.transaction_type !== 'invoice_payment') return undefined;
  return {
    kind: transaction.source ? 'payment' : 'refund',
    payment: {
      chargeId: transaction.id,
      payerId: partner.user.id,
      currency: 'XTR',
      // What an affiliate programme took off the top was paid all the same.
      amountStars: transaction.amount + Math.abs(partner.affiliate?.amount ?? 0),
      payload: partner.invoice_payload ?? '',
      paidAtMs: transaction.date * 1_000,
      language: languageIn(partner.user),
    },
  };
}
