import { expect, it } from 'vitest';
import { countsLine, countsOf, sum } from './counts.ts';

it.each([
  [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
  [{ passed: 3, failed: 2, skipped: 0 }, '3 passed, 2 failed'],
  [{ passed: 3, failed: 0, skipped: 1 }, '3 passed, 0 failed, 1 skipped'],
])('says %j as %j', (counts, line) => {
  expect(countsLine(counts)).toBe(line);
});

it('adds up the stages', () => {
  const stages = [
    { passed: 5, failed: 1, skipped: 0 },
    { passed: 7, failed: 0, skipped: 2 },
  ];
  expect(sum(stages)).toEqual({ passed: 12, failed: 1, skipped: 2 });
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

it('counts tests left to do as skipped', () => {
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 };
  expect(countsOf(report)).toEqual({ passed: 4, failed: 1, skipped: 5 });
});
