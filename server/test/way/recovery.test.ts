import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { chargesKey, cursorKey, inventoryKey, orderKey } from '../../src/redis/keys.ts';
import { eventually, newId, openWorld, type World } from './world.ts';

/** Nobody else may repair what a test has broken. */
const RARELY = 600_000;

const connect = (url: string) => createClient({ url }).connect();

async function onRedis(world: World, work: (redis: Awaited<ReturnType<typeof connect>>) => Promise<unknown>) {
  const redis = await connect(world.redis.url);
  await work(redis);
  await redis.close();
}

test('a shop that does not know what was bought is closed, kindly, and opens by itself when it does', async () => {
  const world = await openWorld({ pauses: { reconcileMs: 200 } });
  const player = await world.player();
  const { invoiceUrl } = await player.order('shield_3');
  await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
  await world.control('/sandbox/faults', { server_error: { method: 'getStarTransactions' } });
  await onRedis(world, (redis) => redis.flushAll());
  expect(await player.ask('order', { orderId: newId(), sku: 'shield_3' })).toMatchObject({
    ok: false,
    code: 'restoring',
  });
  expect((await world.pay(player.id, invoiceUrl)).error).toContain('restoring purchases');
  expect((await fetch(`${world.url}/readyz`)).status).toBe(503);

  await world.control('/sandbox/faults', { server_error: false });
  await eventually(async () => (await player.items()).magnet === 3, 'the purchase is back');
  await eventually(async () => (await fetch(`${world.url}/readyz`)).ok, 'the shop is open');
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  expect(await player.items()).toEqual({ magnet: 3, shield: 3 });
  await world.close();
});

test('what the store forgot while it was away is settled again, without waiting for the ledger', async () => {
  const world = await openWorld({ pauses: { reconcileMs: RARELY } });
  const player = await world.player();
  const { order, invoiceUrl } = await player.order('shield_3');
  const { chargeId = '' } = await world.pay(player.id, invoiceUrl);
  await world.control('/sandbox/faults', { server_error: { method: 'getStarTransactions' } });
  await onRedis(world, async (redis) => {
    // As a replica that lagged behind would have it.
    await redis.hDel(chargesKey(player.id), chargeId);
    await redis.del([inventoryKey(player.id), orderKey(player.id, order.id)]);
    await redis.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
  });
  // The shop is away for a moment, too.
  const owned = async () => {
    const answer = await player.ask('inventory', {});
    return answer.ok ? answer.items : {};
  };
  await eventually(async () => (await owned()).shield === 3, 'the shields are back');
  expect(world.lines.some((line) => line.includes('"source":"replay"'))).toBe(true);
  await world.close();
});

test('a payment that no replica has is not acknowledged, and comes again', async () => {
  const world = await openWorld({ env: { REDIS_REPLICAS: '1' }, pauses: { reconcileMs: RARELY } });
  const player = await world.player();
  const { order } = await player.order('shield_3');
  const catalog = await player.ask('catalog', {});
  const payload = `sd1:${player.id}:${order.id}:shield_3:1:${catalog.ok && catalog.revision}`;
  const update = {
    invoice_payload: payload,
    total_amount: 15,
    telegram_payment_charge_id: `stx${newId()}`,
  };
  expect((await world.tell(player.id, update)).status).toBe(500);
  expect(world.lines.some((line) => line.includes('0 of 1 replicas'))).toBe(true);

  const { hostname, port } = new URL(world.redis.url);
  const replica = await openWorld();
  await onRedis(replica, async (redis) => {
    await redis.sendCommand(['REPLICAOF', hostname, port]);
    await eventually(
      async () => String(await redis.info('replication')).includes('master_link_status:up'),
      'the replica has caught up',
    );
  });
  await eventually(
    async () => (await world.tell(player.id, update)).status === 200,
    'Telegram tells it until a replica has it',
  );
  expect(await player.items()).toEqual({ shield: 3 });
  await world.close();
  await replica.close();
});

/** `npm run recover`, as it runs from the source. */
function runRecover(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const program = fileURLToPath(new URL('../../src/recover.ts', import.meta.url));
  const args = ['--import', 'tsx', '--conditions=development', program];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

test('one command fills an emptied store: purchases, refunds and debts, everything but what was used', async () => {
  // The server's own walk fails, so that the command is seen to do it.
  const world = await openWorld({ pauses: { reconcileMs: RARELY, watchMs: RARELY } });
  const [ada, bob] = [await world.player(), await world.player()];
  await world.pay(ada.id, (await ada.order('shield_3')).invoiceUrl);
  await ada.ask('use', { opId: newId(), itemId: 'shield', count: 2 });
  const { chargeId } = await world.pay(bob.id, (await bob.order('magnet_3')).invoiceUrl);
  await world.pay(bob.id, (await bob.order('trail_ember')).invoiceUrl);
  await world.control('/sandbox/refund', { chargeId });
  await eventually(async () => (await bob.items()).magnet === undefined, 'the magnets are gone');

  await onRedis(world, (redis) => redis.flushAll());
  expect(await ada.ask('order', { orderId: newId(), sku: 'shield_3' })).toMatchObject({ code: 'restoring' });
  const { code, said } = await runRecover({
    BOT_TOKEN: world.sandbox.bot.token,
    TELEGRAM_API_ROOT: world.sandbox.apiRoot,
    REDIS_URL: world.redis.url,
    CATALOG: world.catalogFile,
  });
  expect(said).toContain('4 rows. Known again: purchases 3, refunds 1; payments that go back: 0.');
  expect(said).toContain('used up is not in');
  expect(code).toBe(0);
  expect([await ada.items(), await bob.items()]).toEqual([{ shield: 3 }, { trail_ember: 1 }]);
  expect((await ada.order('shield_1')).order.state).toBe('new');
  const { calls } = await world.control('/sandbox/calls?method=sendMessage');
  // Bob heard of his refund when it happened, and does not hear of it again.
  expect((calls as unknown as { params: { chat_id: number } }[]).length).toBe(1);
  await world.close();
});

test('the command says what keeps it from its work, and leaves the shop closed', async () => {
  const world = await openWorld({ pauses: { reconcileMs: RARELY, watchMs: RARELY } });
  const player = await world.player();
  await world.control('/sandbox/faults', { server_error: { method: 'getStarTransactions' } });
  const { code, said } = await runRecover({
    BOT_TOKEN: world.sandbox.bot.token,
    TELEGRAM_API_ROOT: world.sandbox.apiRoot,
    REDIS_URL: world.redis.url,
    CATALOG: world.catalogFile,
  });
  expect(code).toBe(1);
  expect(said).toContain('getStarTransactions');
  expect(said).toContain('The shop stays closed');
  expect(await player.ask('order', { orderId: newId(), sku: 'shield_3' })).toMatchObject({
    code: 'restoring',
  });
  await world.close();
});

test('a server that finds a store without a past sells nothing before it has walked the ledger', async () => {
  const world = await openWorld();
  const player = await world.player();
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  await world.first.close();
  await onRedis(world, async (redis) => {
    await redis.del([cursorKey(world.sandbox.bot.id), chargesKey(player.id), inventoryKey(player.id)]);
  });
  // It is ready only then.
  await world.startServer();
  const back = await world.connect(player.initData);
  expect(await back.items()).toEqual({ shield: 3 });
  await world.close();
});
