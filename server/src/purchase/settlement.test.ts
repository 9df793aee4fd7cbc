import { formatPayload, type Payload } from '@stardrift/shared/payload';
import { describe, expect, test } from 'vitest';
import type { Payment } from './charge.ts';
import type { Order, Revision } from './order.ts';
import { NOW_MS, ORDER, PAYLOAD, REVISION } from './purchase.sample.ts';
import { decideSettlement } from './settlement.ts';

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
  order?: Partial<Order> | 'lost';
  revision?: Revision;
}
const settle = ({ payment, payload = {}, order = {}, revision }: Case) =>
  decideSettlement(
    { ...PAYMENT, ...payment },
    payload === 'foreign' ? undefined : { ...PAYLOAD, ...payload },
    order === 'lost' ? undefined : { ...ORDER, ...order },
    revision,
  );

describe('a payment', () => {
  test.each<[string, Case]>([
    ['of an open order', {}],
    ['of an approved order', { order: { state: 'ready' } }],
    ['of an order that has expired', { order: { expiresAtMs: NOW_MS - 1 } }],
    ['of an order that was closed', { order: { state: 'closed' } }],
    ['of an order that was lost', { order: 'lost', revision: REVISION }],
    ['that was credited before', { order: { state: 'credited', chargeId: 'stx1' } }],
  ])('%s is credited', (_name, given) => {
    expect(settle(given)).toMatchObject({
      kind: 'credit',
      charge: { id: 'stx1', payerId: 42, result: 'credit', grant: { shield: 3 }, amountStars: 15 },
    });
  });

  test('of a lost order for several is credited for several', () => {
    const given = {
      order: 'lost',
      revision: REVISION,
      payload: { quantity: 2 },
      payment: { amountStars: 30 },
    } as const;
    expect(settle(given)).toMatchObject({ kind: 'credit', charge: { grant: { shield: 6 } } });
  });

  // By descending precedence.
  test.each<[string, Case]>([
    ['orphan', { payload: 'foreign', payment: { amountStars: 1 } }],
    ['payer', { payment: { payerId: 7, amountStars: 1 } }],
    ['orphan', { payload: { quantity: 2 }, payment: { amountStars: 1 } }],
    ['orphan', { payload: { sku: 'starter' } }],
    ['orphan', { order: 'lost' }],
    ['orphan', { order: 'lost', revision: REVISION, payload: { sku: 'gone' } }],
    ['amount', { payment: { amountStars: 14 }, order: { chargeId: 'stx0' } }],
    ['amount', { payment: { amountStars: 16 } }],
    ['amount', { payment: { currency: 'USD' } }],
    ['amount', { order: 'lost', revision: REVISION, payment: { amountStars: 14 } }],
    ['second', { order: { state: 'credited', chargeId: 'stx0' } }],
  ])('is held: %s, with nothing granted', (result, given) => {
    expect(settle(given)).toMatchObject({ kind: 'hold', charge: { result, grant: {} } });
  });
});
