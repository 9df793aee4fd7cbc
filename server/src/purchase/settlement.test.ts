import { formatPayload, type Payload } from '@stardrift/shared/payload';
import { describe, expect, test } from 'vitest';
import type { Payment } from './charge.ts';
import type { Revision } from './order.ts';
import { NOW_MS, PAYLOAD, REVISION, withOffer } from './purchase.sample.ts';
import { decideSettlement, termsOf } from './settlement.ts';

const PAYMENT: Payment = {
  chargeId: 'stx1',
  payerId: 42,
  currency: 'XTR',
  amountStars: 15,
  payload: formatPayload(PAYLOAD),
  paidAtMs: NOW_MS,
};
interface Case {
  payment?: Partial<Payment>;
  payload?: Partial<Payload> | 'foreign';
  revision?: Revision;
}
const settle = ({ payment, payload = {}, revision = REVISION }: Case) =>
  decideSettlement(
    { ...PAYMENT, ...payment },
    payload === 'foreign' ? undefined : { ...PAYLOAD, ...payload },
    payload === 'foreign' ? undefined : termsOf({ ...PAYLOAD, ...payload }, revision),
    NOW_MS,
  );

describe('a payment', () => {
  test.each<[string, Case]>([
    ['of what the payload names', {}],
    ['of what is no longer on sale', { revision: withOffer({ onSale: false }) }],
    ['of a limited offer', { revision: withOffer({ stock: 1, perPlayer: 1 }) }],
  ])('%s is credited', (_name, given) => {
    expect(settle(given)).toMatchObject({
      kind: 'credit',
      charge: { id: 'stx1', payerId: 42, result: 'credit', grant: { shield: 3 }, amountStars: 15 },
    });
  });

  test('for several is credited for several', () => {
    const given = { payload: { quantity: 2 }, payment: { amountStars: 30 } };
    expect(settle(given)).toMatchObject({ kind: 'credit', charge: { grant: { shield: 6 } } });
  });

  // By descending precedence.
  test.each<[string, Case]>([
    ['orphan', { payload: 'foreign', payment: { amountStars: 1 } }],
    ['payer', { payment: { payerId: 7, amountStars: 1 } }],
    ['orphan', { payload: { sku: 'gone' }, payment: { amountStars: 1 } }],
    ['amount', { payment: { amountStars: 14 } }],
    ['amount', { payment: { amountStars: 16 } }],
    ['amount', { payment: { currency: 'USD' } }],
    ['amount', { payload: { quantity: 2 } }],
    ['amount', { payload: { sku: 'starter' } }],
  ])('is held: %s, with nothing granted, and owed from now on', (result, given) => {
    expect(settle(given)).toMatchObject({
      kind: 'hold',
      charge: { result, grant: {}, owedAtMs: NOW_MS },
    });
  });
});
