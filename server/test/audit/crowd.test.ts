import { startTestRedis } from '@stardrift/tools/redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBack, isCredit, isWaiting } from '../../src/audit/charge.ts';
import { connectRedis, type Redis } from '../../src/redis/client.ts';
import { createInventories } from '../../src/redis/inventories.ts';
import { chargesKey, inventoryKey, openOrdersKey, orderKey } from '../../src/redis/keys.ts';
import { createLedger } from '../../src/redis/ledger.ts';
import { createOrders } from '../../src/redis/orders.ts';
import { chargeAt, createCrowd, fillStore, openOrderOf, playerAt } from '../fixtures/crowd.ts';

/** What is measured and audited over the crowd means something only as long as the shop would have written the same. */

const CROWD = createCrowd({ players: 60, purchases: 10, items: 5 });

let filled: Awaited<ReturnType<typeof openStore>>;
let written: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  [filled, written] = await Promise.all([openStore(), openStore()]);
  await fillStore(filled.redis, CROWD, { botId: 1 });
  for (let player = 0; player < CROWD.players; player++) await live(written.redis, player);
});
afterAll(async () => {
  for (const store of [filled, written]) {
    await store.redis.close();
    await store.server.close();
  }
});

async function openStore() {
  const server = await startTestRedis();
  return { server, redis: await connectRedis(server.url, 'money', () => {}) };
}

/** The life of one player, through the scripts of the shop. */
async function live(redis: Redis, player: number): Promise<void> {
  const ledger = createLedger(redis);
  const id = playerAt(player);
  const charges = Array.from({ length: CROWD.purchases }, (_, purchase) => chargeAt(CROWD, player, purchase));
  for (const { refundedAtMs, ...charge } of charges) {
    if (charge.result === 'credit')
      await ledger.credit({ ...charge, owedAtMs: undefined, refundedBy: undefined });
    else await ledger.hold(charge);
  }
  for (const charge of charges) {
    if (isWaiting(charge))
      await ledger.beginRefund(id, charge.id, charge.refundedBy ?? '', charge.owedAtMs ?? 0);
    if (charge.refundedAtMs !== undefined) await ledger.refund(id, charge.id, charge.refundedAtMs);
  }
  const { items } = await createInventories(redis).read(id);
  const order = charges.filter(isCredit).flatMap(({ grant }) => Object.keys(grant));
  const used = order.find((item) => (items[item] ?? 0) > 0);
  if (player % 2 === 0 && used !== undefined)
    await createInventories(redis).use(id, 'an-operation-id', used, 1);
  if (player % 20 === 0) {
    const open = openOrderOf(CROWD, player);
    const orders = createOrders(redis);
    await orders.place(open, { open: 20 }, CROWD.nowMs);
    await orders.keepInvoice(id, open.id, `https://t.me/$${open.id}`);
  }
}

/** Everything of a player in a store. */
async function picture({ redis }: { redis: Redis }, player: number) {
  const id = playerAt(player);
  const charges = Array.from({ length: CROWD.purchases }, (_, purchase) => chargeAt(CROWD, player, purchase));
  const orderIds = [...charges.map(({ orderId }) => orderId), openOrderOf(CROWD, player).id];
  return {
    charges: await redis.hGetAll(chargesKey(id)),
    inventory: await redis.hGetAll(inventoryKey(id)),
    open: await redis.zRangeWithScores(openOrdersKey(id), 0, -1),
    orders: await Promise.all(orderIds.map((orderId) => redis.hGetAll(orderKey(id, orderId)))),
  };
}

test('the crowd is what the shop itself would have written', async () => {
  for (let player = 0; player < CROWD.players; player++)
    expect(await picture(filled, player)).toEqual(await picture(written, player));
});

test('the lists of the buckets are too', async () => {
  const lists = async ({ redis }: { redis: Redis }) => {
    const keys = (await redis.keys('{b*}:*')).filter((key) => /:(ending|owed|outbox)$/.test(key)).sort();
    return Promise.all(
      keys.map(async (key) => ({
        key,
        members: key.endsWith('outbox')
          ? ((await redis.xRange(key, '-', '+')) ?? [])
              .map(({ message }) => Object.values(message).join(' '))
              .sort()
          : (await redis.zRangeWithScores(key, 0, -1)).map(({ value }) => value),
      })),
    );
  };
  expect(await lists(filled)).toEqual(await lists(written));
});

test('every fate comes up', () => {
  const charges = Array.from({ length: CROWD.players }, (_, player) =>
    Array.from({ length: CROWD.purchases }, (__, purchase) => chargeAt(CROWD, player, purchase)),
  ).flat();
  for (const isMeant of [
    isWaiting,
    (charge: (typeof charges)[number]) => isCredit(charge) && isBack(charge),
    (charge: (typeof charges)[number]) => charge.result === 'second',
    (charge: (typeof charges)[number]) => charge.sku === 'rare',
    (charge: (typeof charges)[number]) => charge.language === 'ru',
  ])
    expect(charges.filter(isMeant).length).toBeGreaterThan(0);
});
