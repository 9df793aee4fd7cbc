import { Manager } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, newId, openWorld, type World } from '../way/world.ts';
import { callsOf, gone, handshakeStatus, type Knock, knock, raw } from './attack.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Packets as no client of ours would write them. */
const PACKETS: Record<string, unknown> = {
  'above 16 KiB': `2["order","${'x'.repeat(17_000)}"]`,
  binary: Buffer.alloc(64),
  'an announcement of attachments': '51-["order",{"_placeholder":true,"num":0}]',
  'an announcement of a million': `51000000-["order",${'{"_placeholder":true,"num":0},'.repeat(20)}0]`,
  'an answer with attachments': '61-1[{"_placeholder":true,"num":0}]',
  'no packet': '{"this is": no packet',
  'an unknown kind': '9[]',
  'a second greeting': '0{"token":"x"}',
};

test('service: socket flood, big or binary packets, slow handshake', async () => {
  const polite = await world.player();
  await Promise.all([floodIsDammed(), devicesAreCounted(), packetsEndTheirSocket(), slownessEnds()]);
  expect(await polite.items()).toEqual({});
  expect(polite.socket.connected).toBe(true);
}, 60_000);

async function floodIsDammed(): Promise<void> {
  const behind = await world.startServer({ PORT: '0', TRUST_PROXY: '1' });
  const at = `http://127.0.0.1:${behind.port}`;
  const from = (address: string) => handshakeStatus(at, { 'X-Forwarded-For': `1.2.3.4, ${address}` });
  const flood = await Promise.all(Array.from({ length: 300 }, () => from('203.0.113.9')));
  expect(flood.filter((status) => status === 101)).toHaveLength(200);
  expect(flood.filter((status) => status === 429)).toHaveLength(100);
  expect(await from('203.0.113.10')).toBe(101);
  const page = (address: string) => fetch(`${at}/healthz`, { headers: { 'X-Forwarded-For': address } });
  const pages = await Promise.all(Array.from({ length: 610 }, () => page('203.0.113.9')));
  expect(pages.filter(({ status }) => status === 429)).toHaveLength(10);
  expect((await page('203.0.113.10')).status).toBe(200);
  await behind.close();
}

async function devicesAreCounted(): Promise<void> {
  const { initData } = (await world.control('/sandbox/players', {})) as unknown as { initData: string };
  const knocks: Knock[] = [];
  for (let i = 0; i < 8; i++) knocks.push(await knock(world.url, { initData, protocol: 1 }));
  const connected = () => knocks.map(({ socket }) => socket.connected);
  // A phone's dead connection must not keep its living one out: the newest stay.
  await eventually(
    () => connected().join() === [false, false, false, true, true, true, true, true].join(),
    'the five newest are connected',
  );
  for (const { socket } of knocks) socket.disconnect();
}

async function packetsEndTheirSocket(): Promise<void> {
  const { initData } = (await world.control('/sandbox/players', {})) as unknown as { initData: string };
  for (const [what, packet] of Object.entries(PACKETS)) {
    const { socket } = await knock(world.url, { initData, protocol: 1 });
    const closed = gone(socket);
    socket.io.engine.write(packet as never);
    expect(await closed, what).toMatch(/transport (close|error)|io server disconnect/);
  }
}

/** Half a request, half a body, a connection that never says who it is. */
async function slownessEnds(): Promise<void> {
  const head = `POST /telegram/webhook HTTP/1.1\r\nHost: x\r\n`;
  const startedMs = performance.now();
  const silent = new Manager(world.url, { transports: ['websocket'], reconnection: false });
  const silentGone = new Promise<number>((resolve) =>
    silent.on('close', () => resolve(performance.now() - startedMs)),
  );
  const [half, bomb, many, silentMs] = await Promise.all([
    raw(world.url, `${head}X-Slow: 1`),
    raw(world.url, `${head}X-Bomb: ${'x'.repeat(20_000)}\r\n\r\n`),
    raw(world.url, `${head}${Array.from({ length: 3_000 }, (_, i) => `X-${i}: x`).join('\r\n')}\r\n\r\n`),
    silentGone,
  ]);
  expect(half).toMatchObject({ status: 408 });
  expect(half.closedAfterMs).toBeLessThan(14_000);
  expect([bomb.status, many.status]).toEqual([431, 431]);
  expect(silentMs).toBeLessThan(14_000);
}

test('service: order spam', async () => {
  const player = await world.player();
  const before = (await callsOf(world, 'createInvoiceLink')).length;
  const skus = ['shield_3', 'shield_1', 'magnet_3', 'slow_time_3', 'wide_catch_3'];
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, i) =>
      player.ask('order', { orderId: newId(), sku: skus[i % 5] ?? '', quantity: 1 + (i % 3) }),
    ),
  );
  const placed = answers.filter(({ ok }) => ok).length;
  expect(placed).toBeGreaterThan(0);
  expect((await callsOf(world, 'createInvoiceLink')).length - before).toBeLessThanOrEqual(20);
  expect(answers.filter((answer) => !answer.ok && answer.code === 'too_fast').length).toBeGreaterThan(900);
});
