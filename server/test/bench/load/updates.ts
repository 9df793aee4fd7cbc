import { randomBytes, randomInt } from 'node:crypto';
import type { Invoice } from './invoices.ts';

export const SECRET = 'a-webhook-secret-of-the-bench-32';

/** The whole HTTP request in which Telegram tells of a payment. */
export const paymentRequest = (invoice: Invoice): Buffer =>
  updateRequest({
    message: {
      message_id: randomInt(1e6),
      from: personOf(invoice),
      chat: { id: invoice.playerId, first_name: 'Alexandra', username: 'alexandra_77', type: 'private' },
      date: Math.floor(Date.now() / 1_000),
      successful_payment: {
        currency: 'XTR',
        total_amount: invoice.amountStars,
        invoice_payload: invoice.payload,
        // 47 characters, as in real ones.
        telegram_payment_charge_id: `stx${randomBytes(33).toString('base64url')}`,
        provider_payment_charge_id: `${invoice.playerId}_${randomInt(1e6)}`,
      },
    },
  });

/** The whole HTTP request in which Telegram asks whether it may take the Stars. */
export const checkoutRequest = (invoice: Invoice): Buffer =>
  updateRequest({
    pre_checkout_query: {
      id: String(randomBytes(8).readBigUInt64BE() >> 1n),
      from: personOf(invoice),
      currency: 'XTR',
      total_amount: invoice.amountStars,
      invoice_payload: invoice.payload,
    },
  });

const personOf = ({ playerId }: Invoice) => ({
  id: playerId,
  is_bot: false,
  first_name: 'Alexandra',
  username: 'alexandra_77',
  language_code: 'en',
});

function updateRequest(update: object): Buffer {
  const body = JSON.stringify({ update_id: randomInt(1e9), ...update });
  const head = [
    'POST /telegram/webhook HTTP/1.1',
    'Host: game.example',
    'Content-Type: application/json',
    `X-Telegram-Bot-Api-Secret-Token: ${SECRET}`,
    'Accept-Encoding: gzip, deflate',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
