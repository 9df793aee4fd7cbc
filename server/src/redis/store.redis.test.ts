import { startTestRedis } from '@stardrift/tools/redis';
import { expect, test } from 'vitest';
import { describeStore, type Store } from '../purchase/store.conformance.ts';
import { connectRedis, type Redis } from './client.ts';
import { risksOf } from './durability.ts';
import { createInventories } from './inventories.ts';
import { inventoryKey } from './keys.ts';
import { createLedger } from './ledger.ts';
import { createOrders } from './orders.ts';

const failed = (error: Error): void => {
  throw error;
};
const storeOn = (redis: Redis): Store => ({
  orders: createOrders(redis),
  ledger: createLedger(redis),
  inventories: createInventories(redis),
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

describeStore('Redis', open);

test('a value nobody here can have written stops the credit before the first write', async () => {
  const { redis, store, close } = await open();
  const charge = {
    id: 'stx_corrupt',
    payerId: 7,
    result: 'credit' as const,
    amountStars: 15,
    paidAtMs: 1_790_000_000_000,
    orderId: 'an_order_that_was_lost',
    sku: 'shield_3',
    quantity: 1,
    revision: '0123456789ab',
    grant: { magnet: 1, shield: 3 },
  };
  for (const value of ['12.5', '1e3', '-1', ' 5', '99999999999999999999', '999999999', 'many']) {
    await redis.hSet(inventoryKey(7), 'shield', value);
    await expect(store.ledger.credit(charge)).rejects.toThrow(/"shield" of \{b0007\}:inventory:7/);
    expect(await redis.hGetAll(inventoryKey(7))).toEqual({ shield: value });
    expect(await store.ledger.charges(7)).toEqual([]);
  }
  await redis.hSet(inventoryKey(7), 'shield', '5');
  expect(await store.ledger.credit(charge)).toEqual({ kind: 'credited', rev: 1 });
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
