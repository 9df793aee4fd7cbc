import { expect, test } from 'vitest';
import type { LedgerRow } from '../purchase/ports.ts';
import { walkLedger } from './ledger.ts';

const rowAt = (index: number): LedgerRow => ({
  kind: 'payment',
  payment: {
    chargeId: String(index),
    payerId: 1,
    currency: 'XTR',
    amountStars: 1,
    payload: '',
    paidAtMs: index,
  },
});
const ledgerOf = (length: number) => {
  const all = Array.from({ length }, (_, index) => rowAt(index));
  const asked: number[] = [];
  return {
    asked,
    all,
    async rows(offset: number, limit: number) {
      asked.push(offset);
      const rows = all.slice(offset, offset + limit);
      return { rows, count: rows.length };
    },
  };
};

test.each([0, 1, 99, 100, 101, 800, 801, 2_345])('%i rows are walked once each', async (length) => {
  const ledger = ledgerOf(length);
  const seen: string[] = [];
  expect(
    await walkLedger(ledger, (rows) => void seen.push(...rows.map(({ payment }) => payment.chargeId))),
  ).toBe(length);
  expect(seen.sort()).toEqual(ledger.all.map(({ payment }) => payment.chargeId).sort());
  expect(new Set(ledger.asked).size).toBe(ledger.asked.length);
  // No more pages are asked for beyond the end than are asked for at once.
  expect(ledger.asked.length).toBeLessThanOrEqual(Math.ceil(length / 100) + 8);
});
