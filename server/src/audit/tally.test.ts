import { expect, test } from 'vitest';
import type { LedgerRow } from '../purchase/ports.ts';
import { createTally, sharesDiffering } from './tally.ts';

const UNTIL_MS = 1_790_000_000_000;

function row(kind: LedgerRow['kind'], chargeId: string, paidAtMs: number): LedgerRow {
  return {
    kind,
    payment: { chargeId, payerId: 42, currency: 'XTR', amountStars: 15, payload: '', paidAtMs },
  };
}

test('what is too young to be compared is counted all the same', () => {
  const tally = createTally(UNTIL_MS);
  const empty = createTally(UNTIL_MS);
  tally.addRow(row('payment', 'young', UNTIL_MS + 1));
  tally.addRow(row('refund', 'young', UNTIL_MS + 2));
  expect(tally.stars).toEqual({ in: 15, back: 15 });
  expect(sharesDiffering(tally, empty)).toEqual([]);
  tally.addRow(row('payment', 'old', UNTIL_MS));
  expect(tally.stars).toEqual({ in: 30, back: 15 });
  expect(sharesDiffering(tally, empty)).toEqual([42]);
});
