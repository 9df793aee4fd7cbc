import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '@stardrift/tools/port';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { eventually, newId, openWorld, SECRET, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A wire to Redis that can be cut. */
async function openWire(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  function cut(): void {
    whole = false;
    for (const socket of open) socket.destroy();
    open.clear();
  }
  return {
    url: `redis://127.0.0.1:${own}`,
    cut,
    mend: () => {
      whole = true;
    },
    close() {
      cut();
      server.close();
    },
  };
}

test('a player whose server lost Redis is told, once it is back, what another server credited meanwhile', async () => {
  const wire = await openWire(world.redis.url);
  const second = await world.startServer({ PORT: '0', REDIS_URL: wire.url });
  const player = await world.player({}, `http://127.0.0.1:${second.port}`);
  const { invoiceUrl } = await player.order('shield_3');
  wire.cut();
  expect(await player.ask('inventory', {})).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await world.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  expect(player.pushes).toEqual([]);
  wire.mend();
  await eventually(() => player.pushes.length > 0, 'the state is pushed');
  expect(player.pushes[0]).toMatchObject({ rev: 1, items: { shield: 3 }, cause: 'sync' });
  await second.close();
  wire.close();
});

test('an emptied Redis is filled from the ledger of Telegram, the orders that were paid with it', async () => {
  const player = await world.player();
  const { order, invoiceUrl } = await player.order('shield_3', 2);
  await world.pay(player.id, invoiceUrl);
  const redis = await createClient({ url: world.redis.url }).connect();
  await redis.flushAll();
  await redis.close();
  await eventually(async () => (await player.items()).shield === 6, 'the shields are back');
  await eventually(async () => (await fetch(`${world.url}/readyz`)).ok, 'the shop is open again');
  expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({
    order: { ...order, expiresAtMs: expect.any(Number), state: 'credited' },
  });
  const repeat = { orderId: order.id, sku: 'shield_3', quantity: 2 };
  expect(await player.ask('order', repeat)).toMatchObject({ ok: false, code: 'order_ended' });
  expect((await world.pay(player.id, invoiceUrl)).error).toContain('paid already');
});

test('one player who asks for everything at once takes nothing from another', async () => {
  const [rude, polite] = [await world.player(), await world.player()];
  const { invoiceUrl } = await polite.order('shield_3');
  const links = async () =>
    ((await world.control('/sandbox/calls?method=createInvoiceLink')) as unknown as { calls: unknown[] })
      .calls.length;
  const before = await links();
  const questions = Array.from({ length: 2_000 }, () => rude.ask('catalog', {}));
  const orders = Array.from({ length: 1_000 }, (_, i) =>
    rude.ask('order', { orderId: newId(), sku: 'shield_3', quantity: 1 + (i % 2) }),
  );
  expect(await world.pay(polite.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  const answers = await Promise.all([...questions, ...orders]);
  const codes = new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.code)));
  expect([...codes].filter((code) => !['ok', 'too_fast', 'order_ended'].includes(code))).toEqual([]);
  expect(codes).toContain('too_fast');
  expect((await links()) - before).toBeLessThanOrEqual(20);
  expect((await polite.items()).shield).toBe(3);
});

test('words that Telegram will not take now hold up no payment', async () => {
  const own = await openWorld();
  const player = await own.player();
  const { invoiceUrl } = await player.order('shield_3');
  await own.first.close();
  await own.control('/sandbox/faults', {
    too_many_requests: { method: 'setMyDescription', retryAfter: 60 },
    update_lost: 1,
  });
  await own.startServer();
  const back = await own.connect(player.initData);
  expect(await own.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  await eventually(async () => (await back.items()).shield === 3, 'the shields are there');
  await own.close();
});

test('without Telegram the server starts, says so, asks for every update again, and stops at once', async () => {
  const lines: string[] = [];
  const config = readConfig({
    BOT_TOKEN: world.sandbox.bot.token,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}`,
    WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: 'https://game.example',
    PORT: '0',
    REDIS_URL: world.redis.url,
    CATALOG: world.catalogFile,
  });
  const running = await start(config, createLog('info', { write: (line) => void lines.push(line) }));
  await eventually(() => lines.some((line) => line.includes('reaching Telegram at')), 'it is told');
  const answer = await fetch(`http://127.0.0.1:${running.port}/telegram/webhook`, {
    method: 'POST',
    headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET },
    body: JSON.stringify({ update_id: 1, message: { message_id: 1, date: 1, chat: { id: 5 }, text: 'hi' } }),
    signal: AbortSignal.timeout(3_000),
  });
  expect(answer.status).toBe(500);
  const startedMs = performance.now();
  await running.close();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect(lines.join('')).not.toContain(world.sandbox.bot.token);
});

test('a body that never comes does not keep the server from stopping', async () => {
  const own = await openWorld();
  const stalled = connect(own.first.port, '127.0.0.1').on('error', () => {});
  const head = `POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\n`;
  await new Promise<void>((resolve) => stalled.write(`${head}Content-Length: 500\r\n\r\n{`, () => resolve()));
  // An answer to a later request says that the server has taken up the one before.
  await fetch(`${own.url}/healthz`);
  const startedMs = performance.now();
  await own.first.close();
  expect(performance.now() - startedMs).toBeLessThan(8_000);
  await own.close();
});
