import { expect, test } from 'vitest';
import { isExplained, type Operation } from './record.ts';

const credit = (startMs: number, endMs: number, shield = 3): Operation => ({
  kind: 'credit',
  goods: { shield },
  startMs,
  endMs,
});
const use = (startMs: number, endMs: number, shield = 1): Operation => ({
  ...credit(startMs, endMs, shield),
  kind: 'use',
});
const unknownUse = (startMs: number): Operation => ({
  ...use(startMs, Number.POSITIVE_INFINITY),
  isOptional: true,
});
const refusedUse = (startMs: number, endMs: number): Operation => ({
  ...use(startMs, endMs),
  kind: 'refused use',
});
const read = (startMs: number, endMs: number, rev: number, shield: number): Operation => ({
  kind: 'read',
  goods: shield === 0 ? {} : { shield },
  rev,
  startMs,
  endMs,
});

test.each<[string, Operation[]]>([
  ['nothing at all', []],
  ['a read on either side of a credit', [read(0, 1, 0, 0), credit(0, 10), read(11, 12, 1, 3)]],
  ['a read during a credit that sees it', [credit(0, 10), read(2, 3, 1, 3), use(4, 5)]],
  ['a refused use before the credit', [credit(0, 10), refusedUse(1, 2), read(11, 12, 1, 3)]],
  ['an unknown use that happened late', [credit(0, 1), unknownUse(2), read(3, 4, 1, 3), read(50, 51, 2, 2)]],
  ['an unknown use that never happened', [credit(0, 1), unknownUse(2), read(50, 51, 1, 3)]],
  ['a debt', [credit(0, 1), use(2, 3), { ...credit(4, 5), kind: 'debit', after: 0 }, read(6, 7, 3, -1)]],
])('explains %s', (_name, operations) => {
  expect(isExplained(operations)).toBe(true);
});

test.each<[string, Operation[]]>([
  ['a lost credit', [credit(0, 10), read(11, 12, 0, 0)]],
  ['a credit that came twice', [credit(0, 10), read(11, 12, 1, 6)]],
  ['goods nobody paid for', [read(0, 1, 1, 3)]],
  ['a read that goes back in time', [credit(0, 10), read(1, 2, 1, 3), read(3, 4, 0, 0)]],
  ['a use that was told and undone', [credit(0, 1), use(2, 3), read(4, 5, 1, 3)]],
  ['a use that counted twice', [credit(0, 1), use(2, 3), read(4, 5, 2, 1)]],
  ['a use of what was not there yet', [use(0, 1), credit(2, 3), read(4, 5, 2, 2)]],
  ['a refusal of what was there', [credit(0, 1), refusedUse(2, 3)]],
  ['a revision that was skipped', [credit(0, 1), read(2, 3, 2, 3)]],
])('does not explain %s', (_name, operations) => {
  expect(isExplained(operations)).toBe(false);
});
