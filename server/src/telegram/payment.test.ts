import type { StarTransaction } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { ledgerRowOf, paymentOf, UnreadablePayment } from './payment.ts';

const USER = { id: 42, is_bot: false, first_name: 'Ada' };
const PARTNER = { type: 'user', transaction_type: 'invoice_payment', user: USER, invoice_payload: 'sd1:…' };
const ROW = { id: 'stx1', amount: 15, date: 1_790_000_000 };
const row = (change: object): StarTransaction => ({ ...ROW, ...change }) as unknown as StarTransaction;
const PAYMENT = {
  chargeId: 'stx1',
  payerId: 42,
  currency: 'XTR',
  amountStars: 15,
  payload: 'sd1:…',
  paidAtMs: 1_790_000_000_000,
};

describe('a row of the ledger', () => {
  test.each([
    ['with a source is a payment', { source: PARTNER }, { kind: 'payment', payment: PAYMENT }],
    ['with a receiver is its refund', { receiver: PARTNER }, { kind: 'refund', payment: PAYMENT }],
    [
      'that an affiliate had a share of is a payment of the whole sum',
      { amount: 12, source: { ...PARTNER, affiliate: { commission_per_mille: 200, amount: 3 } } },
      { kind: 'payment', payment: PAYMENT },
    ],
    [
      'of a gift is no concern of the shop',
      { source: { ...PARTNER, transaction_type: 'gift_purchase' } },
      undefined,
    ],
    ['of a withdrawal is no concern of the shop', { receiver: { type: 'fragment' } }, undefined],
    ['without a partner is no concern of the shop', {}, undefined],
  ])('%s', (_name, change, expected) => {
    expect(ledgerRowOf(row(change))).toEqual(expected);
  });
});

describe('a payment message', () => {
  const paid = {
    currency: 'XTR',
    total_amount: 15,
    invoice_payload: 'sd1:…',
    telegram_payment_charge_id: 'stx1',
    provider_payment_charge_id: '',
  };
  const message = (change: object) =>
    ({
      message_id: 1,
      date: 1_790_000_000,
      chat: { id: 42, type: 'private' },
      from: USER,
      ...change,
    }) as never;

  test('is read, and so is its refund, which comes from the bot', () => {
    expect(paymentOf(message({ successful_payment: paid }))).toEqual(PAYMENT);
    expect(paymentOf(message({ refunded_payment: paid, from: { id: 7, is_bot: true } }))).toEqual(PAYMENT);
  });

  test.each([
    ['no sum', { ...paid, total_amount: undefined }],
    ['half a Star', { ...paid, total_amount: 1.5 }],
    ['a text for a sum', { ...paid, total_amount: '15' }],
    ['a sum below nothing', { ...paid, total_amount: -15 }],
    ['a sum beyond numbers', { ...paid, total_amount: 2 ** 53 }],
    ['an empty charge id', { ...paid, telegram_payment_charge_id: '' }],
    ['a number for a charge id', { ...paid, telegram_payment_charge_id: 5 }],
    ['a payload of 10 kB', { ...paid, invoice_payload: 'x'.repeat(10_000) }],
  ])('with %s is unreadable', (_name, successful_payment) => {
    expect(() => paymentOf(message({ successful_payment }))).toThrow(UnreadablePayment);
  });

  test.each([0, 1.5, 253_402_300_800])('of the moment %d is unreadable', (date) => {
    expect(() => paymentOf(message({ date, successful_payment: paid }))).toThrow('date is no whole number');
  });
});
