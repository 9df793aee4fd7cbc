import { describe, expect, test } from 'vitest';
import { placeOrder, stateAt, viewOrder } from './order.ts';
import { NOW_MS, ORDER, REVISION, withOffer } from './purchase.sample.ts';

const NOTHING = { items: {}, bought: {} };
const place = (sku: string, quantity?: number, revision = REVISION, holdings = NOTHING) =>
  placeOrder(revision, 42, { orderId: ORDER.id, sku, quantity }, holdings, NOW_MS);
const iso = (ms: number): string => new Date(ms).toISOString();

describe('an order', () => {
  test('freezes price, contents and revision', () => {
    expect(place('shield_3')).toEqual(ORDER);
    expect(place('shield_3', 3)).toMatchObject({ quantity: 3, priceStars: 45, grant: { shield: 9 } });
  });

  // By descending precedence: each row is also wrong in the way of the rows below it, as far as that can be.
  test.each([
    ['unknown_offer', place('nothing', 99)],
    ['unknown_offer', place('constructor')],
    ['not_on_sale', place('shield_3', 99, withOffer({ onSale: false }))],
    ['not_on_sale', place('shield_3', 1, withOffer({ from: iso(NOW_MS + 1) }))],
    ['not_on_sale', place('shield_3', 1, withOffer({ until: iso(NOW_MS) }))],
    ['bad_request', place('trail_ember', 2, REVISION, { items: { trail_ember: 1 }, bought: {} })],
    ['already_owned', place('trail_ember', 1, REVISION, { items: { trail_ember: 1 }, bought: {} })],
    ['limit_reached', place('starter', 1, REVISION, { items: {}, bought: { starter: 1 } })],
  ])('is refused: %s', (code, result) => {
    expect(result).toEqual({ refused: code });
  });

  test.each([
    ['in its window', withOffer({ from: iso(NOW_MS), until: iso(NOW_MS + 1) })],
    ['with consumables owned already', REVISION],
  ])('is taken %s', (_name, revision) => {
    expect(place('shield_3', 1, revision, { items: { shield: 7 } as never, bought: {} })).toMatchObject({
      state: 'new',
    });
  });

  test('a pack is sold to who owns a part of it', () => {
    expect(place('starter', 1, REVISION, { items: { trail_ember: 1 } as never, bought: {} })).toMatchObject({
      sku: 'starter',
    });
  });
});

describe('the state of an order', () => {
  test.each([
    ['new', 0, 'new'],
    ['ready', 899_999, 'ready'],
    ['new', 900_000, 'expired'],
    ['ready', 900_000, 'expired'],
    ['credited', 900_000, 'credited'],
    ['closed', 900_000, 'closed'],
    ['refunded', 900_000, 'refunded'],
  ] as const)('%s after %i ms is %s', (state, afterMs, seen) => {
    expect(stateAt({ ...ORDER, state }, NOW_MS + afterMs)).toBe(seen);
  });

  test('the player sees no link, no owner and no charge', () => {
    const view = viewOrder({ ...ORDER, invoiceUrl: 'https://t.me/$x', chargeId: 'stx' }, NOW_MS);
    expect(Object.keys(view).sort()).toEqual([
      'expiresAtMs',
      'grant',
      'id',
      'priceStars',
      'quantity',
      'sku',
      'state',
    ]);
  });
});
