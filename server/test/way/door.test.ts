import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newId, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ env: { ADMIN_IDS: '900' } });
});
afterAll(() => world.close());

const refusalOf = (auth: Record<string, unknown>): Promise<string> =>
  new Promise((resolve) => {
    const socket = io(world.url, { auth, reconnection: false });
    socket.once('connect_error', ({ message }) => resolve(message));
    socket.once('connect', () => {
      socket.disconnect();
      resolve('let in');
    });
  });

describe('the handshake', () => {
  test('lets a player in, with whatever transport', async () => {
    const { initData } = (await world.control('/sandbox/players', {})) as unknown as { initData: string };
    expect(await refusalOf({ initData, protocol: 1 })).toBe('let in');
  });

  test('says why it refuses', async () => {
    const { initData } = (await world.control('/sandbox/players', {})) as unknown as { initData: string };
    expect(await refusalOf({})).toBe('protocol');
    expect(await refusalOf({ initData, protocol: 2 })).toBe('protocol');
    expect(await refusalOf({ protocol: 1 })).toBe('unauthorized');
    expect(await refusalOf({ initData: 5, protocol: 1 })).toBe('unauthorized');
    expect(await refusalOf({ initData: initData.replace('auth_date=', 'auth_date=1'), protocol: 1 })).toBe(
      'unauthorized',
    );
    expect(await refusalOf({ initData: 'x'.repeat(9_000), protocol: 1 })).toBe('unauthorized');
  });
});

test('a file of the game that a build took away ends its own answer, and the page stays the one of the start', async () => {
  const clientDir = mkdtempSync(join(tmpdir(), 'game-'));
  onTestFinished(() => rmSync(clientDir, { recursive: true }));
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), 'first');
  writeFileSync(join(clientDir, 'assets/main-1.js'), 'let first;');
  const shop = await openWorld({ clientDir });
  onTestFinished(() => shop.close());
  const get = async (path: string) => {
    const answer = await fetch(shop.url + path);
    return { status: answer.status, cache: answer.headers.get('cache-control'), text: await answer.text() };
  };
  expect(await get('/assets/main-1.js')).toEqual({
    status: 200,
    cache: 'public,max-age=31536000,immutable',
    text: 'let first;',
  });
  expect(await get('/')).toMatchObject({ status: 200, text: 'first' });
  rmSync(join(clientDir, 'assets/main-1.js'));
  writeFileSync(join(clientDir, 'index.html'), 'second');
  await expect(get('/assets/main-1.js')).rejects.toThrow();
  expect(await get('/')).toMatchObject({ status: 200, text: 'first' });
  expect(await get('/assets/main-2.js')).toMatchObject({ status: 404, cache: 'no-store' });
});

describe('bodies of any kind', () => {
  const names = [
    'order',
    'order:status',
    'inventory',
    'use',
    'history',
    'catalog',
    '__proto__',
    'constructor',
    'admin',
  ];
  const words = [
    '__proto__',
    'constructor',
    'toString',
    '{}',
    '{b0001}',
    '\r\n',
    '"]; redis.call("FLUSHALL") --',
    '\u0000',
    '\ud800',
    '🚀',
    '‮',
    'x'.repeat(2_000),
    '',
    '0',
    '-1',
    '1e3',
    'NaN',
  ];
  const value = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e21, 2 ** 53 + 1, ...words),
    fc.array(fc.constantFrom(...words), { maxLength: 3 }),
    fc.object({ maxDepth: 2, maxKeys: 3 }),
  );
  const body = fc.oneof(
    value,
    fc.record({ orderId: value, sku: value, quantity: value }, { requiredKeys: [] }),
    fc.record({ orderId: fc.constant(newId()), sku: value, quantity: value }, { requiredKeys: ['orderId'] }),
    fc.record({ opId: fc.constant(newId()), itemId: value, count: value }, { requiredKeys: ['opId'] }),
    fc.record({ cursor: value }),
  );

  test('get an answer that says no, never a credit, never a crash', async () => {
    const player = await world.player();
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
    console.log(`bodies from seed ${seed}; FC_SEED=${seed} repeats them`);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), body, async (name, given) => {
        const answer = (await player.socket.timeout(5_000).emitWithAck(name, given)) as {
          ok: boolean;
          code?: string;
        };
        if (!answer.ok)
          expect(answer).toEqual({ ok: false, code: expect.any(String), message: expect.any(String) });
        if (!['inventory', 'history', 'catalog'].includes(name)) expect(answer.ok).toBe(false);
        expect(answer.code).not.toBe('unavailable');
      }),
      { seed, numRuns: 1_500 },
    );
    expect(await player.items()).toEqual({});
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });

  test('that are too large, or no packets at all, end the socket that sent them and nothing else', async () => {
    const [rude, polite] = [await world.player(), await world.player()];
    const gone = new Promise((resolve) => rude.socket.once('disconnect', resolve));
    rude.socket.emit('order', 'x'.repeat(20_000));
    await gone;
    const back = await world.connect(rude.initData);
    const goneAgain = new Promise((resolve) => back.socket.once('disconnect', resolve));
    back.socket.io.engine.write('4{"this is": no packet');
    await goneAgain;
    expect(await polite.items()).toEqual({});
  });

  test('without an acknowledgement are nobody’s question', async () => {
    const player = await world.player();
    player.socket.emit('order', { orderId: newId(), sku: 'shield_3' });
    player.socket.emit('inventory');
    expect(await player.items()).toEqual({});
    expect((await player.ask('history', {})).ok).toBe(true);
  });
});

describe('the pages', () => {
  test('may be framed by the web origin of the settings only', async () => {
    const { headers } = await fetch(`${world.url}/healthz`);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${world.sandbox.url}`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('are what they are, and nothing else is anything', async () => {
    expect(await (await fetch(`${world.url}/readyz`)).json()).toEqual({
      ok: true,
      redis: 'ok',
      telegram: 'ok',
      catalog: 'ok',
    });
    expect(await (await fetch(`${world.url}/metrics`)).text()).toContain('stardrift_settled_total');
    for (const path of [
      '/assets/../../package.json',
      '/..%2f..%2fpackage.json',
      '/nothing',
      '/telegram/webhook',
      '/%',
    ])
      expect((await fetch(`${world.url}${path}`)).status, path).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });

  test('a port that is taken is named, with the setting that changes it', async () => {
    const port = new URL(world.url).port;
    await expect(world.startServer()).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program. Choose another with PORT`,
    );
  });
});

describe('the bot’s commands', () => {
  type Sent = {
    params: {
      chat_id: number;
      text: string;
      reply_markup?: { inline_keyboard: { web_app: { url: string } }[][] };
    };
  };
  async function say(userId: number, text: string): Promise<Sent['params'][]> {
    const before = await sent();
    await world.control('/host/message', { userId, text });
    const { eventually } = await import('./world.ts');
    await eventually(async () => (await sent()).length > before.length, `an answer to ${text}`);
    return (await sent()).slice(before.length).map(({ params }) => params);
  }
  const sent = async (): Promise<Sent[]> =>
    ((await world.control('/sandbox/calls?method=sendMessage')) as unknown as { calls: Sent[] }).calls;

  test.each([
    ['/start', 'en', 'comet', 'Play Slingdust'],
    ['/start', 'ru', 'комету', 'Играть в Slingdust'],
    ['/shop', 'en', 'shop is in the game', 'Open the shop'],
    ['/shop', 'ru', 'Магазин внутри игры', 'Открыть магазин'],
  ])('%s in %s opens the game', async (command, language_code, text, button) => {
    const { id } = await world.player({ language_code });
    const [answer] = await say(id, command);
    expect(answer?.text).toContain(text);
    const [[key] = []] = answer?.reply_markup?.inline_keyboard ?? [];
    expect(key).toMatchObject({ text: button, web_app: { url: expect.stringContaining(world.url) } });
  });

  test.each([
    ['/terms', 'en', 'refunded in full'],
    ['/terms', 'ru', 'возвращается полностью'],
    ['/privacy', 'en', 'We store your Telegram user id'],
    ['/privacy', 'ru', 'Мы храним'],
    ['/paysupport', 'en', 'not bought anything yet'],
    ['/start paysupport', 'en', 'not bought anything yet'],
    ['/help', 'en', 'not bought anything yet'],
    ['my shields are gone', 'en', 'send /paysupport and your words in one message'],
    ['/paysupport', 'ru', 'ничего не покупали'],
  ])('%s in %s', async (command, language_code, text) => {
    const { id } = await world.player({ language_code });
    expect((await say(id, command))[0]?.text).toContain(text);
  });

  test('/paysupport tells the latest payments by order number, and passes a message on to the admins', async () => {
    await world.control('/sandbox/players', { id: 900, first_name: 'Admin' });
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('shield_3');
    await world.pay(player.id, invoiceUrl);
    expect((await say(player.id, '/paysupport'))[0]?.text).toContain(order.id);
    const answers = await say(player.id, '/paysupport my shields are gone');
    const all = answers.length > 1 ? answers : [...answers, ...(await sent()).map(({ params }) => params)];
    expect(all.find(({ chat_id }) => chat_id === 900)?.text).toContain('my shields are gone');
  });

  test('a message that cannot be answered blocks no payment behind it', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await world.control('/sandbox/faults', { server_error: { method: 'sendMessage' } });
    await world.control('/host/message', { userId: player.id, text: '/terms' });
    await world.pay(player.id, invoiceUrl);
    await world.control('/sandbox/faults', { server_error: false });
    expect(await player.items()).toEqual({ shield: 3 });
  });
});
