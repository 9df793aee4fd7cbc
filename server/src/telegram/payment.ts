import type { Message, StarTransaction } from 'grammy/types';
import { z } from 'zod';
import type { Payment } from '../purchase/charge.ts';
import type { LedgerRow } from '../purchase/ports.ts';

const starsPayment = z.object({
  currency: z.string().max(8),
  total_amount: z.int().min(0),
  invoice_payload: z.string().max(1_024),
  telegram_payment_charge_id: z.string().min(1).max(256),
});
const payer = z.object({ id: z.int().positive() });
const date = z.int().positive();

/** A payment update that does not look like one of Telegram's. */
export class UnreadablePayment extends Error {}

/**
 * The payment that a `successful_payment` or `refunded_payment` message tells of. The payer is the private chat it
 * stands in: the message of a refund comes from the bot.
 */
export function paymentOf(message: Message): Payment {
  const paid = starsPayment.safeParse(message.successful_payment ?? message.refunded_payment);
  const chat = payer.safeParse(message.chat);
  const at = date.safeParse(message.date);
  if (!paid.success || !chat.success || !at.success) {
    throw new UnreadablePayment(
      `Telegram: a payment message can't be read: ${why(paid)} ${why(chat)} ${why(at)}`.trim(),
    );
  }
  return {
    chargeId: paid.data.telegram_payment_charge_id,
    payerId: chat.data.id,
    currency: paid.data.currency,
    amountStars: paid.data.total_amount,
    payload: paid.data.invoice_payload,
    paidAtMs: at.data * 1_000,
  };
}

const why = (result: z.ZodSafeParseResult<unknown>): string =>
  result.success ? '' : z.prettifyError(result.error);

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
    },
  };
}
