import type { Payload } from '@stardrift/shared/payload';
import { describe, expect, test } from 'vitest';
import { reviewCheckout } from './checkout.ts';
import type { Holdings, Order, Revision } from './order.ts';
import { CATALOG, NOW_MS, ORDER, PAYLOAD, REVISION, withOffer } from './purchase.sample.ts';

const QUERY = { payerId: 42, currency: 'XTR', amountStars: 15 };
const NOTHING: Holdings = { items: {}, bought: {} };

interface Case {
  query?: Partial<typeof QUERY>;
  payload?: Partial<Payload> | 'foreign';
  order?: Partial<Order> | 'lost';
  current?: Revision;
  holdings?: Holdings;
  afterMs?: number;
}
const review = ({
  query,
  payload = {},
  order = {},
  current = REVISION,
  holdings = NOTHING,
  afterMs = 0,
}: Case) =>
  reviewCheckout(
    { ...QUERY, ...query },
    payload === 'foreign' ? undefined : { ...PAYLOAD, ...payload },
    order === 'lost' ? undefined : { ...ORDER, ...order },
    current,
    holdings,
    NOW_MS + afterMs,
  );

const LOOK: Case = {
  payload: { sku: 'trail_ember' },
  order: { sku: 'trail_ember', priceStars: 50, grant: { trail_ember: 1 } },
  query: { amountStars: 50 },
};

describe('a pre-checkout query', () => {
  test.each<[string, Case]>([
    ['a new order', {}],
    ['an order asked about twice', { order: { state: 'ready' } }],
    ['an order of yesterday’s price', { current: withOffer({ priceStars: 99 }) }],
    [
      'an order of a window that has closed since',
      { current: withOffer({ until: new Date(NOW_MS).toISOString() }) },
    ],
    ['a look not owned', LOOK],
  ])('is approved for %s', (_name, given) => {
    expect(review(given)).toEqual({ approved: true });
  });

  // By descending precedence: most rows are also wrong in the way of the rows below them.
  test.each<[string, Case]>([
    ['foreign', { payload: 'foreign', query: { payerId: 7 } }],
    ['payer', { query: { payerId: 7 }, order: 'lost' }],
    ['unknown_order', { order: 'lost', query: { amountStars: 1 } }],
    ['unknown_order', { payload: { sku: 'starter' } }],
    ['unknown_order', { payload: { quantity: 2 } }],
    ['unknown_order', { payload: { revision: 'ba9876543210' } }],
    ['already_paid', { order: { state: 'credited' }, afterMs: 900_000 }],
    ['expired', { order: { state: 'ready' }, afterMs: 900_000, query: { amountStars: 1 } }],
    ['ended', { order: { state: 'closed' }, query: { amountStars: 1 } }],
    ['ended', { order: { state: 'refunded' } }],
    ['amount', { query: { amountStars: 14 }, current: withOffer({ onSale: false }) }],
    ['amount', { query: { currency: 'USD' } }],
    ['withdrawn', { current: withOffer({ onSale: false }) }],
    ['withdrawn', { current: withOffer({ sku: 'renamed' }) }],
    ['withdrawn', { current: { ...REVISION, catalog: { ...CATALOG, items: CATALOG.items.slice(1) } } }],
    [
      'limit_reached',
      { current: withOffer({ perPlayer: 2 }), holdings: { items: {}, bought: { shield_3: 2 } } },
    ],
    ['already_owned', { ...LOOK, holdings: { items: { trail_ember: 1 }, bought: {} } }],
  ])('is refused: %s', (reason, given) => {
    expect(review(given)).toEqual({ approved: false, reason });
  });
});
