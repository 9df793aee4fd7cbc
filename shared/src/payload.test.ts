import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPayload, type Payload, parsePayload } from './payload.ts';

const chars = (set: string, min: number, max: number) =>
  fc.array(fc.constantFrom(...set), { minLength: min, maxLength: max }).map((picked) => picked.join(''));
const WORD = 'abcdefghijklmnopqrstuvwxyz0123456789_';

const payloads: fc.Arbitrary<Payload> = fc.record({
  playerId: fc.integer({ min: 1, max: 2 ** 52 }),
  orderId: chars(`${WORD}ABCDEFGHIJKLMNOPQRSTUVWXYZ-`, 16, 40),
  sku: chars(WORD, 1, 32),
  quantity: fc.integer({ min: 1, max: 20 }),
  revision: chars('0123456789abcdef', 12, 12),
});

describe('the invoice payload', () => {
  test('comes back as it was, and fits in 128 bytes', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const text = formatPayload(payload);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(128);
        expect(parsePayload(text)).toEqual(payload);
      }),
    );
  });

  test('what this shop did not write is not read', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.nat({ max: 127 }),
        fc.string({ minLength: 1, maxLength: 3 }),
        (payload, at, junk) => {
          const text = formatPayload(payload);
          const spoilt = text.slice(0, at) + junk + text.slice(at);
          const read = parsePayload(spoilt);
          // Junk may happen to make another well-formed payload; it must never be taken for the same one.
          if (read) expect(formatPayload(read)).toBe(spoilt);
        },
      ),
    );
  });

  test.each([
    '',
    'sd1',
    'sd2:1:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:0:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:01:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:-1:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:9999999999999999:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:1:short:shield:1:0123456789ab',
    'sd1:1:abcdefghijklmnop:SHIELD:1:0123456789ab',
    'sd1:1:abcdefghijklmnop:shield:0:0123456789ab',
    'sd1:1:abcdefghijklmnop:shield:1:0123456789AB',
    'sd1:1:abcdefghijklmnop:shield:1:0123456789ab\n',
    ' sd1:1:abcdefghijklmnop:shield:1:0123456789ab',
    'sd1:1:abcdefghijklmnop:shield:1:0123456789ab:more',
  ])('%j is foreign', (text) => {
    expect(parsePayload(text)).toBeUndefined();
  });

  test('nothing is written that could not be read back', () => {
    const payload = {
      playerId: 1,
      orderId: 'abcdefghijklmnop',
      sku: 'no:colon',
      quantity: 1,
      revision: '0123456789ab',
    };
    expect(() => formatPayload(payload)).toThrow('no:colon');
  });
});
