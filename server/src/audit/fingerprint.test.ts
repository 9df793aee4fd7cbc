import { expect, test } from 'vitest';
import { createFingerprint } from './fingerprint.ts';

const of = (...texts: string[]) => {
  const print = createFingerprint();
  for (const text of texts) print.add(7, text);
  return print;
};

test('the order makes no difference', () => {
  expect(of('a', 'b', 'c').differing(of('c', 'a', 'b'))).toEqual([]);
});

test.each([
  ['another text', ['a', 'b'], ['a', 'c']],
  ['one less', ['a', 'b'], ['a']],
  ['the same twice, which an exclusive or alone would not see', ['a', 'b', 'b'], ['a']],
  ['a pair for another, which a count alone would not see', ['a', 'a'], ['b', 'b']],
])('%s makes one, in its share alone', (_, some, others) => {
  expect(of(...some).differing(of(...others))).toEqual([7]);
});

test('texts that differ in one letter are far apart', () => {
  const prints = Array.from({ length: 10_000 }, (_, index) =>
    of(`stx${index}|5000000000|15|own`).of(7).join(),
  );
  expect(new Set(prints).size).toBe(prints.length);
});
