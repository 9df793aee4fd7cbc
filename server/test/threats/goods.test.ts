import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { orderKey } from '../../src/redis/keys.ts';
import { eventually, newId, openWorld, paymentUpdate, SECRET, type World } from '../way/world.ts';
import { inStore, payloadOf, post, TRUSTED } from './attack.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** An order for 15 Stars, and what Telegram would send once it is paid. */
async function orderOf(player: Awaited<ReturnType<World['player']>>) {
  const { order, invoiceUrl } = await player.order('shield_3');
  const payload = await payloadOf(world, invoiceUrl);
  return {
    order,
    invoiceUrl,
    payload,
    update: paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload }),
  };
}

test('goods: forged successful_payment POST', async () => {
  const player = await world.player();
  const { update } = await orderOf(player);
  const header = 'X-Telegram-Bot-Api-Secret-Token';
  const forgeries: Record<string, string>[] = [
    {},
    { [header]: '' },
    { [header]: SECRET.replace('a', 'b') },
    { [header]: SECRET.slice(0, -1) },
    { [header]: `${SECRET}x` },
    { [header]: `${SECRET}, ${SECRET}` },
    { [header]: SECRET.toUpperCase() },
    { [header]: 'x'.repeat(8_000) },
    { Authorization: SECRET },
  ];
  for (const headers of forgeries) {
    const response = await post(world.url, update, headers);
    expect([response.status, await response.text()], JSON.stringify(headers).slice(0, 80)).toEqual([401, '']);
  }
  for (const path of ['/telegram/webhook/', '/telegram//webhook', '/TELEGRAM/WEBHOOK', '/webhook'])
    expect(
      (
        await fetch(`${world.url}${path}`, {
          method: 'POST',
          headers: TRUSTED,
          body: JSON.stringify(update),
        })
      ).status,
    ).toBe(404);
  expect(await player.items()).toEqual({});
  expect(() =>
    readConfig({ BOT_TOKEN: world.sandbox.bot.token, PUBLIC_URL: world.url, WEBHOOK_SECRET: undefined }),
  ).toThrow('WEBHOOK_SECRET is missing');
});

test('goods: replay of a captured update or charge id', async () => {
  const player = await world.player();
  const { order, update } = await orderOf(player);
  for (let i = 0; i < 3; i++) expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ shield: 3 });
  // A year later the order is forgotten; the charge is not.
  await inStore(world, (redis) => redis.del(orderKey(player.id, order.id)));
  const { message } = update;
  const old = { ...update, update_id: 1, message: { ...message, date: message.date - 365 * 24 * 3_600 } };
  expect((await post(world.url, old)).status).toBe(200);
  expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ shield: 3 });
});

test('goods: price, sku or quantity tampering in the order call', async () => {
  const player = await world.player();
  const order = { orderId: newId(), sku: 'voyager_bundle' };
  const tampered: Record<string, unknown>[] = [
    { priceStars: 1 },
    { amount: 1 },
    { grant: { shield: 1_000 } },
    { revision: '000000000000' },
    { playerId: 1 },
    { state: 'credited' },
    { sku: ['voyager_bundle'] },
    { sku: { toString: 'voyager_bundle' } },
    { sku: 'voyager_bundle ' },
    { sku: 'VOYAGER_BUNDLE' },
    { quantity: 0 },
    { quantity: -1 },
    { quantity: 0.01 },
    { quantity: 21 },
    { quantity: '2' },
    { quantity: null },
  ];
  for (const change of tampered) {
    const answer = await player.socket.timeout(5_000).emitWithAck('order', { ...order, ...change });
    expect(answer, JSON.stringify(change)).toMatchObject({ ok: false, code: 'bad_request' });
  }
  expect(await player.ask('order', { ...order, quantity: 4 })).toMatchObject({ ok: false });
  // What is left to say is the sku; the price is the catalogue's.
  const { invoiceUrl, order: placed } = await player.order('voyager_bundle', 2);
  expect(placed.priceStars).toBe(180);
  await world.pay(player.id, invoiceUrl);
  expect(await world.starsOf(player.id)).toBe(820);
});

test('goods: a cheap order paid with a swapped payload', async () => {
  const [player, other] = [await world.player(), await world.player()];
  const dear = await payloadOf(world, (await player.order('planets_orchard')).invoiceUrl);
  const foreign = await payloadOf(world, (await other.order('shield_3')).invoiceUrl);
  const swapped: [string, number][] = [
    [dear, 6],
    [dear, 119],
    [dear, 121],
    [dear.replace('planets_orchard:1', 'planets_orchard:20'), 120],
    [foreign, 15],
    [dear.replace('planets_orchard', 'no_such_offer'), 120],
    [dear.replace(/[^:]+$/, '000000000000'), 120],
    ['sd1', 15],
    ['', 15],
    [`${dear}:more`, 120],
  ];
  for (const [invoice_payload, total_amount] of swapped)
    expect((await world.tell(player.id, { invoice_payload, total_amount })).status).toBe(200);
  expect(await player.items()).toEqual({});
  expect(await other.items()).toEqual({});
  const history = await player.ask('history', {});
  expect(history.ok && history.entries.every(({ state }) => state !== 'credited')).toBe(true);
});

test('goods, money: shared link, other payer', async () => {
  const [owner, friend] = [await world.player(), await world.player()];
  const { invoiceUrl, payload } = await orderOf(owner);
  expect((await world.pay(friend.id, invoiceUrl)).error).toMatch(/^BOT_PRECHECKOUT_FAILED/);
  expect(await world.starsOf(friend.id)).toBe(1_000);
  // Should the Stars move all the same, nobody is credited and they are owed to who paid.
  await world.tell(friend.id, { total_amount: 15, invoice_payload: payload });
  expect(await friend.items()).toEqual({});
  expect(await owner.items()).toEqual({});
  const theirs = await friend.ask('history', {});
  expect(theirs.ok && theirs.entries.map(({ state }) => state)).toEqual(['refunding']);
  expect((await world.pay(owner.id, invoiceUrl)).status).toBe('paid');
  await eventually(async () => (await owner.items()).shield === 3, 'the owner has the shields');
});

test('goods: half-applied Lua', async () => {
  const { inventoryKey, chargesKey } = await import('../../src/redis/keys.ts');
  const player = await world.player();
  const payload = await payloadOf(world, (await player.order('starter_pack')).invoiceUrl);
  const update = paymentUpdate(player.id, { total_amount: 25, invoice_payload: payload });
  // The third of the goods of the pack can't be added to.
  await inStore(world, (redis) => redis.hSet(inventoryKey(player.id), 'magnet', 'many'));
  expect((await post(world.url, update)).status).toBe(500);
  await inStore(world, async (redis) => {
    expect(await redis.hGetAll(inventoryKey(player.id))).toEqual({ magnet: 'many' });
    expect(await redis.exists(chargesKey(player.id))).toBe(0);
    expect(world.lines.some((line) => line.includes('CorruptValue'))).toBe(true);
    await redis.hDel(inventoryKey(player.id), 'magnet');
  });
  expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ second_wind: 3, shield: 3, magnet: 3 });
});
