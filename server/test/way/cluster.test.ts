import { startTestCluster } from '@stardrift/tools/redis';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { describeStore } from '../../src/purchase/store.conformance.ts';
import { connectRedis } from '../../src/redis/client.ts';
import { createInventories } from '../../src/redis/inventories.ts';
import { createLedger } from '../../src/redis/ledger.ts';
import { createOrders } from '../../src/redis/orders.ts';
import { followOutbox } from '../../src/redis/outbox.ts';
import { createStock } from '../../src/redis/stock.ts';
import { playOnBoards } from './boards.ts';
import { eventually, openWorld } from './world.ts';

describeStore('a Redis Cluster', async () => {
  const cluster = await startTestCluster();
  const redis = await connectRedis(cluster.url, 'money', (error) => expect.unreachable(error.message));
  const store = {
    orders: createOrders(redis),
    ledger: createLedger(redis),
    inventories: createInventories(redis),
    stock: createStock(redis),
  };
  return {
    store,
    async close() {
      await redis.close();
      await cluster.close();
    },
  };
});

test('the whole way of a purchase on a cluster, the push included', async () => {
  const cluster = await startTestCluster();
  const world = await openWorld({ env: { REDIS_URL: cluster.url } });
  const player = await world.player();
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  expect(await player.items()).toEqual({ shield: 3 });
  await eventually(() => player.pushes.length > 0, 'the purchase is pushed');
  await world.close();
  await cluster.close();
});

test('a run, the boards and a friend on a cluster', async () => {
  const cluster = await startTestCluster();
  const world = await openWorld({ env: { REDIS_URL: cluster.url } });
  await playOnBoards(await world.player(), await world.player());
  expect(world.lines.filter((line) => /CROSSSLOT|"level":50/.test(line))).toEqual([]);
  await world.close();
  await cluster.close();
});

test('a cluster whose connections were cut tells that pushes may have been missed', async () => {
  const cluster = await startTestCluster();
  const redis = await connectRedis(cluster.url, 'push', () => {});
  let gaps = 0;
  const outbox = await followOutbox(
    redis,
    () => {},
    () => gaps++,
    () => {},
  );
  expect(gaps).toBe(0);
  for (const url of cluster.url.split(',')) {
    const node = await createClient({ url }).connect();
    await node.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await node.close();
  }
  await eventually(() => gaps > 0, 'the gap is told');
  await outbox.close();
  await redis.close();
  await cluster.close();
});
