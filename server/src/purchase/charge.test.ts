import { expect, test } from 'vitest';
import { type Charge, countBought, stateOfCharge } from './charge.ts';

const CREDITED: Charge = {
  id: 'stx1',
  payerId: 42,
  result: 'credit',
  amountStars: 15,
  paidAtMs: 1_790_000_000_000,
  orderId: 'order_000000000000001',
  sku: 'shield_3',
  quantity: 2,
  revision: '0123456789ab',
  grant: { shield: 6 },
};
const owed = { owedAtMs: CREDITED.paidAtMs + 1 };
const back = { refundedAtMs: CREDITED.paidAtMs + 2 };

test.each<[string, Partial<Charge>, string, number]>([
  ['credited', {}, 'credited', 2],
  ['credited, and on its way back', owed, 'refunding', 2],
  ['credited, and back after we began it', { ...owed, ...back }, 'refunded', 0],
  ['credited, and back by itself', back, 'refunded', 0],
  ['refused', { result: 'second', grant: {}, ...owed }, 'refunding', 0],
  ['refused, of which nobody wrote down since when', { result: 'orphan', grant: {} }, 'refunding', 0],
  ['refused, and back', { result: 'payer', grant: {}, ...owed, ...back }, 'refunded', 0],
])('a payment that was %s', (_, change, state, bought) => {
  const charge = { ...CREDITED, ...change };
  expect(stateOfCharge(charge)).toBe(state);
  expect(countBought([charge]).shield_3 ?? 0).toBe(bought);
});

test('what was bought in several payments is added up', () => {
  const other = { ...CREDITED, id: 'stx2', quantity: 1 };
  expect(countBought([CREDITED, other, { ...other, sku: 'starter' }])).toEqual({ shield_3: 3, starter: 1 });
});
