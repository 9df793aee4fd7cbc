import { startTestRedis } from '@stardrift/tools/redis';
import { expect, test } from 'vitest';
import { type Charge, orderOfCharge } from '../purchase/charge.ts';
import { describeStore, type Store } from '../purchase/store.conformance.ts';
import { connectRedis, type Redis } from './client.ts';
import { risksOf } from './durability.ts';
import { createInventories } from './inventories.ts';
import { chargesKey, inventoryKey, orderKey } from './keys.ts';
import { createLedger } from './ledger.ts';
import { createOrders } from './orders.ts';
import { createStock } from './stock.ts';

const failed = (error: Error): void => {
  throw error;
};
const storeOn = (redis: Redis): Store => ({
  orders: createOrders(redis),
  ledger: createLedger(redis),
  inventories: createInventories(redis),
  stock: createStock(redis),
});

async function open() {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, 'money', failed);
  const close = async () => {
    await redis.close();
    await server.close();
  };
  return { redis, store: storeOn(redis), close };
}

const CHARGE: Charge = {
  id: 'stx_credited',
  payerId: 7,
  result: 'credit',
  amountStars: 15,
  paidAtMs: 1_790_000_000_000,
  orderId: 'an_order_that_was_lost',
  sku: 'shield_3',
  quantity: 1,
  revision: '0123456789ab',
  grant: { magnet: 1, shield: 3 },
};

describeStore('Redis', open);

test('a value nobody here can have written stops the credit before the first write', async () => {
  const { redis, store, close } = await open();
  for (const value of [
    '12.5',
    '1e3',
    '- 1',
    ' 5',
    '99999999999999999999',
    '999999999',
    'many',
    '1/-2',
    '/3',
  ]) {
    await redis.hSet(inventoryKey(7), 'shield', value);
    await expect(store.ledger.credit(CHARGE)).rejects.toThrow(/"shield" of \{b0007\}:i:7/);
    expect(await redis.hGetAll(inventoryKey(7))).toEqual({ shield: value });
    expect(await store.ledger.charges(7)).toEqual([]);
  }
  await redis.hSet(inventoryKey(7), 'shield', '5');
  expect(await store.ledger.credit(CHARGE)).toEqual({ kind: 'credited', rev: 1 });
  await close();
});

test('an order that was paid and is kept no more is neither placed nor credited again', async () => {
  const { redis, store, close } = await open();
  await store.ledger.credit(CHARGE);
  await redis.del(orderKey(7, CHARGE.orderId));
  const second = { ...CHARGE, id: 'stx_second' };
  expect(await store.ledger.credit(second)).toEqual({ kind: 'order_paid' });
  const order = { ...orderOfCharge(CHARGE), state: 'new' as const, chargeId: undefined };
  expect(await store.orders.place(order, { open: 3 }, CHARGE.paidAtMs)).toEqual({ kind: 'order_paid' });
  await close();
});

test('a record nobody here can have written is told by name', async () => {
  const { redis, store, close } = await open();
  await redis.hSet(chargesKey(7), 'stx1', 'credit many');
  await expect(store.ledger.charges(7)).rejects.toThrow('the record of charge stx1 of player 7');
  await close();
});

test('settings of Redis that could cost a purchase are told, each with its cure', async () => {
  const { redis, close } = await open();
  for (const [name, value] of [
    ['appendonly', 'yes'],
    ['appendfsync', 'always'],
    ['maxmemory-policy', 'noeviction'],
  ] as const)
    await redis.configSet(name, value);
  expect(await risksOf(redis)).toEqual([]);
  await redis.configSet('appendfsync', 'everysec');
  await redis.configSet('maxmemory-policy', 'allkeys-lru');
  expect(await risksOf(redis)).toEqual([
    expect.stringContaining('appendfsync is everysec: set "appendfsync always"'),
    expect.stringContaining('maxmemory-policy is allkeys-lru: set "maxmemory-policy noeviction"'),
  ]);
  await close();
});
