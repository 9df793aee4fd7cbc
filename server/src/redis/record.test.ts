import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Charge } from '../purchase/charge.ts';
import { CorruptRecord, formatRecord, parseRecord } from './record.ts';

const CHARGE: Charge = {
  id: 'stx1',
  payerId: 42,
  result: 'credit',
  amountStars: 15,
  paidAtMs: 1_790_000_000_000,
  orderId: 'order_000000000000001',
  sku: 'shield_3',
  quantity: 1,
  revision: '0123456789ab',
  grant: { shield: 3 },
};

describe('the record of a charge', () => {
  test.each<[string, Partial<Charge>, string]>([
    ['a credit', {}, 'credit 15 1790000000 order_000000000000001 shield_3 1 0123456789ab shield=3'],
    [
      'a payment that was none of ours',
      { result: 'orphan', orderId: '', sku: '', quantity: 0, revision: '', grant: {}, owedAtMs: 5 },
      'orphan 15 1790000000 - - 0 - - owed=5',
    ],
    [
      'a refund of support, in another language',
      { language: 'ru', owedAtMs: 5, refundedBy: '77', refundedAtMs: 9, grant: { shield: 1, magnet: 2 } },
      'credit 15 1790000000 order_000000000000001 shield_3 1 0123456789ab shield=1,magnet=2 lang=ru owed=5 by=77 back=9',
    ],
  ])('%s', (_name, change, text) => {
    const charge = { ...CHARGE, ...change };
    expect(formatRecord(charge)).toBe(text);
    expect(parseRecord(42, 'stx1', text)).toEqual(charge);
  });

  test('reads back whatever was written', () => {
    const word = fc.stringMatching(/^[a-z0-9_]{1,32}$/);
    const time = fc.integer({ min: 0, max: 4e12 });
    const charge = fc.record(
      {
        result: fc.constantFrom('credit' as const, 'second' as const, 'stock' as const),
        amountStars: fc.nat(),
        paidAtMs: fc.nat(4e9).map((seconds) => seconds * 1_000),
        orderId: fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/),
        sku: word,
        quantity: fc.nat(999),
        revision: fc.stringMatching(/^[0-9a-f]{12}$/),
        grant: fc.dictionary(word, fc.integer({ min: 1, max: 1e9 }), { minKeys: 1, maxKeys: 5 }),
        language: fc.constant('ru' as const),
        owedAtMs: time,
        refundedBy: fc.stringMatching(/^\d{1,16}$/),
        refundedAtMs: time,
      },
      {
        requiredKeys: [
          'result',
          'amountStars',
          'paidAtMs',
          'orderId',
          'sku',
          'quantity',
          'revision',
          'grant',
        ],
      },
    );
    fc.assert(
      fc.property(charge, (fields) => {
        const given: Charge = { id: 'stx1', payerId: 42, ...fields, grant: { ...fields.grant } };
        expect(parseRecord(42, 'stx1', formatRecord(given))).toEqual(given);
      }),
    );
  });

  test.each([
    '',
    'credit',
    'gift 15 1790000000 o s 1 r g=1',
    'credit 1.5 1790000000 o s 1 r g=1',
    '{"id":"stx1"}',
  ])('that nobody here can have written is refused: %j', (text) => {
    expect(() => parseRecord(42, 'stx1', text)).toThrow(CorruptRecord);
  });
});
