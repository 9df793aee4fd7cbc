import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventoryKey } from '../../src/redis/keys.ts';
import { newId, openWorld, paymentUpdate, type World } from '../way/world.ts';
import { inStore, keysIn, knock, payloadOf, post } from './attack.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const HOSTILE = [
  '{b0001}',
  '{}',
  '}:{',
  '\r\nFLUSHALL\r\n',
  '*1\r\n$8\r\nFLUSHALL\r\n',
  '"]; redis.call("FLUSHALL") --',
  "' .. redis.call('FLUSHALL') .. '",
  '$&$1',
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '‮🚀',
  ':',
  '#rev',
  '#taken',
];

test('Redis: key or Lua injection through ids, braces', async () => {
  const player = await world.player();
  const { order, invoiceUrl } = await player.order('shield_3');
  await world.pay(player.id, invoiceUrl);
  for (const text of HOSTILE) {
    const bodies: [string, Record<string, unknown>][] = [
      ['order', { orderId: text, sku: 'shield_3' }],
      ['order', { orderId: newId(), sku: text }],
      ['order:status', { orderId: `${newId()}${text}` }],
      ['use', { opId: text, itemId: 'shield' }],
      ['use', { opId: newId(), itemId: text }],
    ];
    for (const [name, body] of bodies)
      expect(await player.socket.timeout(5_000).emitWithAck(name, body), JSON.stringify(body)).toMatchObject({
        ok: false,
        code: 'bad_request',
      });
    // A charge id and a payload are Telegram's to choose; they are values there, never keys or code.
    const update = paymentUpdate(player.id, {
      total_amount: 15,
      invoice_payload: `sd1:${player.id}:${text}:shield_3:1:${text}`,
      telegram_payment_charge_id: `${text}${newId()}`,
    });
    expect((await post(world.url, update)).status, text).toBe(200);
    await player.socket.timeout(5_000).emitWithAck('history', { cursor: text });
  }
  expect(await player.items()).toEqual({ shield: 3 });
  expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({ ok: true });
  await inStore(world, async (redis) => {
    const bucket = `{b${String(player.id % 1_024).padStart(4, '0')}}:`;
    const keys = await keysIn(redis);
    expect(
      keys.filter((key) => !/^(\{b\d{4}\}:[\w:-]+|catalog:revisions|ledger:cursor:\d+)$/.test(key)),
    ).toEqual([]);
    // One slot for all that a script of this player touches.
    const theirs = keys.filter((key) => key.includes(String(player.id)));
    expect(theirs.length).toBeGreaterThan(2);
    expect(theirs.filter((key) => !key.startsWith(bucket))).toEqual([]);
  });
});

test('server: prototype pollution, inherited names as sku', async () => {
  const player = await world.player();
  const inherited = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype'];
  for (const name of inherited) {
    for (const [event, body] of [
      ['order', { orderId: newId(), sku: name }],
      ['use', { opId: newId(), itemId: name }],
      [name, {}],
      [name, { orderId: newId(), sku: 'shield_3' }],
    ] as const) {
      const answer = await player.socket.timeout(5_000).emitWithAck(event, body);
      expect(answer, `${event} ${name}`).toMatchObject({ ok: false });
      expect(answer.code).not.toBe('unavailable');
    }
    const payload = `sd1:${player.id}:${newId()}:${name}:1:000000000000`;
    expect((await world.tell(player.id, { total_amount: 15, invoice_payload: payload })).status).toBe(200);
  }
  // As text, for an object literal would not carry it.
  const polluting = [
    '42{"__proto__":{"sku":"shield_3","polluted":1}}',
    '421["order",{"orderId":"0123456789abcdef","sku":"shield_3","__proto__":{"polluted":1}}]',
    '422["use",{"constructor":{"prototype":{"polluted":1}}}]',
  ];
  for (const packet of polluting) {
    const { socket } = await knock(world.url, { initData: player.initData, protocol: 1 });
    socket.io.engine.write(packet.slice(1) as never);
    socket.disconnect();
  }
  await post(world.url, '{"update_id":1,"__proto__":{"polluted":1},"message":{"__proto__":{"polluted":1}}}');
  const { socket } = await knock(
    world.url,
    JSON.parse(`{"protocol":1,"__proto__":{"initData":"x","polluted":1}}`),
  );
  socket.disconnect();
  expect(await player.items()).toEqual({});
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('server: ReDoS, deep JSON', async () => {
  const player = await world.player();
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const long = 100_000;
  const texts = [
    'a'.repeat(long),
    ' '.repeat(long),
    ':'.repeat(long),
    '/'.repeat(long),
    '%'.repeat(long),
    '1'.repeat(long),
  ];
  const chat = { id: player.id, type: 'private' };
  const said = texts.map((text) =>
    JSON.stringify({
      update_id: 1,
      message: {
        message_id: 1,
        date: 1,
        chat,
        from: { id: 1, is_bot: false, first_name: text, language_code: text },
        text: `/start ${text}`,
        entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      },
    }),
  );
  const paid = texts.map((text) =>
    JSON.stringify(
      paymentUpdate(player.id, {
        total_amount: 15,
        invoice_payload: text,
        telegram_payment_charge_id: text,
        currency: text,
      }),
    ),
  );
  const nested = [
    deep(10_000),
    `{"update_id":1,"message":${deep(10_000)}}`,
    `{"update_id":1,"message":{"text":${deep(10_000)}}}`,
    `{"update_id":1,${'"a":{'.repeat(10_000)}${'}'.repeat(10_000)}}`,
  ];
  const packets = [
    `2900001["order",${deep(8_000)}]`,
    `2900002["order",{"orderId":"${'a'.repeat(16_000)}","sku":"x"}]`,
    `2900003["history",{"cursor":"${'.'.repeat(16_000)}"}]`,
    `2900004["${'a'.repeat(16_000)}",{}]`,
  ];
  const round = async (): Promise<number> => {
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    for (const body of [...said, ...paid, ...nested]) await post(world.url, body);
    for (const packet of packets) player.socket.io.engine.write(packet as never);
    await player.items();
    lag.disable();
    return lag.max / 1e6;
  };
  // The world of the test shares the loop and the machine: what the server alone is to blame for comes every time.
  const rounds = [await round(), await round(), await round(), await round(), await round()];
  expect(Math.min(...rounds), `ms in each round: ${rounds.map(Math.round).join()}`).toBeLessThan(50);
  expect(player.socket.connected).toBe(true);
  expect(await player.items()).toEqual({});
});

test('numbers: overflow, float, negative', async () => {
  const MOST = 1_000_000_000;
  const player = await world.player();
  const payload = await payloadOf(world, (await player.order('shield_3')).invoiceUrl);
  const numbers = [
    -1,
    -15,
    0,
    1.5,
    15.5,
    1e21,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 63,
    MOST,
    MOST + 1,
    null,
    '15',
    [15],
  ];
  for (const total_amount of numbers)
    expect((await world.tell(player.id, { total_amount, invoice_payload: payload })).status).toBe(200);
  for (const id of [0, -5, 1.5, 2 ** 53, 1e21, '7', null]) {
    const update = paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload });
    const chat = { ...update.message.chat, id };
    expect((await post(world.url, { ...update, message: { ...update.message, chat } })).status).toBe(200);
  }
  expect(await player.items()).toEqual({});
  for (const count of [0, -1, 0.5, 1_001, 2 ** 31, 2 ** 53, 1e21, Number.NaN, '1'])
    expect(
      await player.socket.timeout(5_000).emitWithAck('use', { opId: newId(), itemId: 'shield', count }),
    ).toMatchObject({ ok: false, code: 'bad_request' });
  for (const quantity of [0, -1, 0.5, 21, 2 ** 31, 2 ** 53, 1e21, Number.NaN, '1'])
    expect(
      await player.socket
        .timeout(5_000)
        .emitWithAck('order', { orderId: newId(), sku: 'shield_3', quantity }),
    ).toMatchObject({ ok: false, code: 'bad_request' });

  // The bound of the scripts: nothing passes it, and up to it every one counts.
  const own = inventoryKey(player.id);
  const update = paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload });
  for (const held of [MOST, MOST - 2, 2 ** 53, -(2 ** 53)]) {
    await inStore(world, (redis) => redis.hSet(own, 'shield', String(held)));
    expect((await post(world.url, update)).status, String(held)).toBe(500);
    expect(await inStore(world, (redis) => redis.hGet(own, 'shield'))).toBe(String(held));
  }
  await inStore(world, (redis) => redis.hSet(own, 'shield', String(MOST - 3)));
  expect((await post(world.url, update)).status).toBe(200);
  expect((await player.items()).shield).toBe(MOST);
});
