import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf, scoreIn } from './place.ts';

const NOW = 1_790_000_000_000;
const score = fc.integer({ min: 0, max: 2 ** 27 - 1 });
const moment = fc.integer({ min: 0, max: 4e12 });

test('a place holds its score, and a better score stands higher whenever it was made', () => {
  fc.assert(
    fc.property(score, score, moment, moment, (a, b, atMs, laterMs) => {
      expect(scoreIn(placeOf(a, atMs))).toBe(a);
      expect(Number.isSafeInteger(placeOf(a, atMs))).toBe(true);
      if (a > b) expect(placeOf(a, laterMs)).toBeGreaterThan(placeOf(b, atMs));
    }),
  );
});

test('of two equal scores the earlier stands higher', () => {
  expect(placeOf(900, NOW)).toBeGreaterThan(placeOf(900, NOW + 60_000));
});
