import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventoryKey } from '../../src/redis/keys.ts';
import { eventually, newId, openWorld, paymentUpdate, type World } from '../way/world.ts';
import { callsOf, inStore, payloadOf, post } from './attack.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('money: double tap, two devices pay one order', async () => {
  const phone = await world.player();
  const desktop = await world.connect(phone.initData);
  const [first, second] = await Promise.all([phone.order('shield_3'), desktop.order('shield_3')]);
  expect(second.invoiceUrl).toBe(first.invoiceUrl);
  const paid = await Promise.all([
    world.pay(phone.id, first.invoiceUrl),
    world.pay(phone.id, second.invoiceUrl),
  ]);
  expect(paid.filter(({ status }) => status === 'paid').length).toBeGreaterThan(0);
  await eventually(async () => (await world.starsOf(phone.id)) === 985, 'all but one payment went back');
  expect(await desktop.items()).toEqual({ shield: 3 });
  expect(await desktop.ask('order', { orderId: newId(), sku: 'shield_3' })).toMatchObject({ ok: true });
});

test('money: crash between debit and refundStarPayment', async () => {
  // The walk of the ledger must not come between the two payments.
  const own = await openWorld({ pauses: { reconcileMs: 600_000 } });
  const player = await own.player();
  const { invoiceUrl } = await player.order('shield_3');
  await own.control('/sandbox/faults', {
    update_late: { afterMs: 200, count: 1 },
    // Telegram carries the refund out, and its answer never arrives.
    server_error: { method: 'refundStarPayment', executed: true, count: 1 },
  });
  expect(await own.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  expect(await own.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  await eventually(
    async () => (await callsOf(own, 'refundStarPayment')).length > 0,
    'the refund is asked for',
  );
  await own.first.close();
  await own.startServer();
  const back = await own.connect(player.initData);
  await eventually(async () => {
    const history = await back.ask('history', {});
    return history.ok && history.entries.some(({ kind }) => kind === 'refund');
  }, 'the refund is known');
  expect(await own.starsOf(player.id)).toBe(985);
  expect(await back.items()).toEqual({ shield: 3 });
  await own.close();
});

test('money: lost update', async () => {
  const player = await world.player();
  const { invoiceUrl } = await player.order('shield_3');
  await world.control('/sandbox/faults', { update_lost: { userId: player.id, count: 1 } });
  expect((await world.pay(player.id, invoiceUrl)).status).toBe('paid');
  await eventually(async () => (await player.items()).shield === 3, 'the ledger told of the payment');

  // And one whose handling fails is asked for again.
  const payload = await payloadOf(world, (await player.order('magnet_3')).invoiceUrl);
  const update = paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload });
  await inStore(world, (redis) => redis.hSet(inventoryKey(player.id), 'magnet', 'many'));
  expect((await post(world.url, update)).status).toBe(500);
  await inStore(world, (redis) => redis.hDel(inventoryKey(player.id), 'magnet'));
  expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ shield: 3, magnet: 3 });
});
