import { describe, expect, test } from 'vitest';
import { handshakeSchema, type RequestName, requests } from './protocol.ts';

const ID = 'abcdefghijklmnop';
const GOOD: Record<RequestName, unknown[]> = {
  order: [
    { orderId: ID, sku: 'shield_3' },
    { orderId: ID.padEnd(40, '-'), sku: 'a', quantity: 20 },
  ],
  'order:status': [{ orderId: ID }],
  inventory: [{}],
  use: [
    { opId: ID, itemId: 'shield' },
    { opId: ID, itemId: 'shield', count: 2 },
  ],
  history: [{}, { cursor: '1790000000000.purchase.stx' }],
  catalog: [{}],
  'run:start': [{ kind: 'free' }, { kind: 'daily' }],
  'run:finish': [
    { ticket: 'x', steps: 1, taps: [], uses: [] },
    { ticket: 'x', steps: 144_000, taps: [0, 7], uses: [{ step: 3, itemId: 'shield' }] },
  ],
  board: [{ board: 'daily' }, { board: 'all' }, { board: 'friends' }],
  befriend: [{ code: 'f2n9c_abcdEF-_' }],
};
const BAD: Record<RequestName, unknown[]> = {
  order: [
    {},
    { orderId: ID },
    { orderId: 'short', sku: 'shield_3' },
    { orderId: ID.padEnd(41, 'x'), sku: 'shield_3' },
    { orderId: `${ID}{}`, sku: 'shield_3' },
    { orderId: ID, sku: '__proto__ ' },
    { orderId: ID, sku: 'Shield' },
    { orderId: ID, sku: 'x'.repeat(33) },
    { orderId: ID, sku: ['shield_3'] },
    { orderId: ID, sku: 'shield_3', quantity: 0 },
    { orderId: ID, sku: 'shield_3', quantity: 1.5 },
    { orderId: ID, sku: 'shield_3', quantity: '2' },
    { orderId: ID, sku: 'shield_3', quantity: 21 },
    { orderId: ID, sku: 'shield_3', quantity: Number.NaN },
    { orderId: ID, sku: 'shield_3', priceStars: 1 },
    { orderId: ID, sku: 'shield_3', playerId: 7 },
  ],
  'order:status': [{}, { orderId: 7 }, { orderId: null }],
  inventory: [{ playerId: 7 }, [], 'x'],
  use: [{ opId: ID }, { opId: ID, itemId: 'shield', count: -1 }, { opId: ID, itemId: 'shield', count: 1e9 }],
  history: [{ cursor: 5 }, { cursor: 'x'.repeat(401) }],
  catalog: [{ language: 'en' }],
  'run:start': [{}, { kind: 'practice' }, { kind: 'free', seed: 1 }],
  'run:finish': [
    { ticket: 'x'.repeat(201), steps: 1, taps: [], uses: [] },
    { ticket: 'x', steps: 0, taps: [], uses: [] },
    { ticket: 'x', steps: 144_001, taps: [], uses: [] },
    { ticket: 'x', steps: 9, taps: [1.5], uses: [] },
    { ticket: 'x', steps: 9, taps: Array.from({ length: 1_501 }, (_, at) => at), uses: [] },
    { ticket: 'x', steps: 9, taps: [], uses: [{ step: 1, itemId: 'Shield' }] },
    { ticket: 'x', steps: 9, taps: [], uses: [], score: 9_999 },
    { ticket: 'x', steps: 9, taps: [], uses: [], items: [] },
  ],
  board: [{}, { board: 'yesterday' }],
  befriend: [{}, { code: 'f1_short' }, { code: 'g1_abcdefgh' }, { code: `f1_abcdefgh${'x'.repeat(300)}` }],
};

describe.each(Object.keys(requests) as RequestName[])('%s', (name) => {
  test.each(GOOD[name])('takes %j and gives it on unchanged', (body) => {
    // Through JSON, as the wire carries it.
    expect(requests[name].parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });
  test.each(BAD[name])('refuses %j', (body) => {
    expect(requests[name].safeParse(body).success).toBe(false);
  });
});

test('the handshake takes this protocol only, and a session or launch data of bounded length', () => {
  expect(handshakeSchema.safeParse({ initData: 'x', protocol: 1 }).success).toBe(true);
  expect(handshakeSchema.safeParse({ initData: 'x', protocol: 2 }).success).toBe(false);
  expect(handshakeSchema.safeParse({ initData: 'x'.repeat(8_193), protocol: 1 }).success).toBe(false);
  expect(handshakeSchema.safeParse({ session: 'x', protocol: 1 }).success).toBe(true);
  expect(handshakeSchema.safeParse({ session: 'x', protocol: 2 }).success).toBe(false);
  expect(handshakeSchema.safeParse({ session: 'x'.repeat(257), protocol: 1 }).success).toBe(false);
  expect(handshakeSchema.safeParse({ protocol: 1 }).success).toBe(false);
});
