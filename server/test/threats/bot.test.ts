import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@stardrift/tools/port';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { eventually, newId, openWorld, paymentUpdate, SECRET, type World } from '../way/world.ts';
import { callsOf, inStore, knock, post, TRUSTED } from './attack.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'a-password-of-redis';

test('bot token: token in error dumps', async () => {
  const clientDir = mkdtempSync(join(tmpdir(), 'stardrift-page-'));
  mkdirSync(join(clientDir, 'assets'));
  // A page that can't be read.
  mkdirSync(join(clientDir, 'index.html'));
  const world = await openWorld({ clientDir });
  const { token } = world.sandbox.bot;
  const player = await world.player();
  const { session } = await knock(world.url, { initData: player.initData, protocol: 1 });
  const secrets = {
    token,
    'half of the token': token.split(':')[1] ?? '',
    'launch data': player.initData,
    'the hash of it': /hash=(\w+)/.exec(player.initData)?.[1] ?? '',
    'the signature of it': /signature=([\w-]+)/.exec(player.initData)?.[1] ?? '',
    session: (await session).token,
    'the seal of it': (await session).token.split('.').at(-1) ?? '',
    'webhook secret': SECRET,
    'password of Redis': PASSWORD,
  };
  const lines = world.lines;
  await everyErrorOf(world, player, secrets.session);
  const [withoutTelegram, withoutRedis, crashed] = await Promise.all([
    errorsWithoutTelegram(world),
    errorWithoutRedis(world),
    crash(token, secrets.session),
  ]);
  lines.push(...withoutTelegram, withoutRedis, crashed);

  // Each of them has come about, or nothing would have been looked at.
  for (const told of [
    'a page failed',
    'an update failed',
    'a payment update failed',
    "a payment message can't be read",
    'a request failed',
    'it sent what can not be read',
    'it sent binary data',
    'of a foreign origin',
    'reaching Telegram at',
    'HttpError',
    'GrammyError',
    '127.0.0.1:1',
    'nothing caught this',
  ])
    expect(
      lines.some((line) => line.includes(told)),
      told,
    ).toBe(true);
  const all = lines.join('\n');
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(10);
    expect(all.includes(secret) || all.includes(encodeURIComponent(secret)), what).toBe(false);
  }
  await world.close();
  rmSync(clientDir, { recursive: true });
}, 60_000);

type Player = Awaited<ReturnType<World['player']>>;

async function everyErrorOf(world: World, player: Player, session: string): Promise<void> {
  const { initData } = player;
  const { inventoryKey } = await import('../../src/redis/keys.ts');
  // Pages, with all that a launch may put into an address.
  const launch = `tgWebAppData=${encodeURIComponent(initData)}`;
  expect((await fetch(`${world.url}/?${launch}&session=${session}`)).status).toBe(500);
  await fetch(`${world.url}/${encodeURIComponent(initData)}`);
  await fetch(`${world.url}/%?${launch}`);
  // Handshakes.
  for (const auth of [
    { initData: `${initData}x` },
    { session: `${session}x` },
    { initData: session },
    { session: initData },
  ])
    await knock(world.url, { ...auth, protocol: 1 });
  await knock(world.url, { initData, protocol: 1 }, { Origin: `https://evil.example/?${initData}` });
  // Packets and bodies.
  for (const packet of [`{"${initData}`, Buffer.from(session)]) {
    const { socket } = await knock(world.url, { initData, protocol: 1 });
    socket.io.engine.write(packet as never);
  }
  await player.socket.timeout(5_000).emitWithAck('order', { orderId: initData, sku: session });
  await player.socket.timeout(5_000).emitWithAck(session, initData);
  // Updates: no secret, a wrong one, a payment that can't be read or settled, words that can't be sent.
  await post(world.url, paymentUpdate(player.id, {}), { 'X-Telegram-Bot-Api-Secret-Token': `${SECRET}x` });
  await post(world.url, `{"update_id": ${initData}`);
  await post(world.url, paymentUpdate(player.id, { currency: initData, total_amount: session }));
  await world.control('/sandbox/faults', {
    server_error: { method: 'sendMessage' },
    too_many_requests: { method: 'setWebhook', count: 1 },
  });
  await world.control('/host/message', { userId: player.id, text: `/paysupport ${initData} ${session}` });
  await eventually(() => world.lines.some((line) => line.includes('an update failed')), 'an update fails');
  const { invoiceUrl } = await player.order('shield_3');
  await inStore(world, (redis) => redis.hSet(inventoryKey(player.id), 'shield', 'many'));
  await world.pay(player.id, invoiceUrl);
  await eventually(
    () => world.lines.some((line) => line.includes('a payment update failed')),
    'a payment fails',
  );
  await inStore(world, (redis) => redis.hDel(inventoryKey(player.id), 'shield'));
  await (await world.startServer({ PORT: '0' })).close();
}

/** Where Telegram should be nobody answers: every call is grammY's HttpError, which holds the address with the token. */
async function errorsWithoutTelegram(world: World): Promise<string[]> {
  const lines: string[] = [];
  const running: Running[] = [];
  for (const UPDATES of ['webhook', 'polling']) {
    const config = readConfig({
      BOT_TOKEN: world.sandbox.bot.token,
      TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}`,
      UPDATES,
      WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: world.url,
      PORT: '0',
      REDIS_URL: world.redis.url,
      CATALOG: world.catalogFile,
    });
    const server = await start(config, createLog('trace', { write: (line) => void lines.push(line) }));
    running.push(server);
    const player = await world.player({}, `http://127.0.0.1:${server.port}`);
    expect(await player.ask('order', { orderId: newId(), sku: 'shield_3' })).toMatchObject({ ok: false });
    await post(`http://127.0.0.1:${server.port}`, paymentUpdate(player.id, {}));
  }
  await eventually(
    () => lines.filter((line) => line.includes('reaching Telegram at')).length > 1,
    'both have tried',
  );
  for (const server of running) await server.close();
  return lines;
}

async function errorWithoutRedis(world: World): Promise<string> {
  const config = readConfig({
    BOT_TOKEN: world.sandbox.bot.token,
    WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: world.url,
    REDIS_URL: `redis://stardrift:${PASSWORD}@127.0.0.1:1`,
    CATALOG: world.catalogFile,
  });
  return start(config, createLog('silent')).then(String, String);
}

/** What a process says at its end, when nothing caught an error that holds a token. */
function crash(token: string, session: string): Promise<string> {
  const program = `
    const { HttpError } = await import('grammy');
    const { createLog, tellCrashes } = await import('./server/src/log.ts');
    tellCrashes(createLog('info'));
    const address = 'https://api.telegram.org/bot${token}/getMe?session=${session}';
    const cause = Object.assign(new Error('request to ' + address + ' failed'), { url: address });
    Promise.reject(new HttpError('Network request for getMe failed: ' + address, cause));
    setTimeout(() => console.log('it went on'), 5_000);`;
  const args = ['--conditions=development', '--import', 'tsx', '--input-type=module', '-e', program];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout, stderr) => {
      expect(error?.code).toBe(1);
      resolve(stdout + stderr);
    });
  });
}

test('bot: response injection (2xx body with method)', async () => {
  const world = await openWorld();
  const player = await world.player();
  const message = (text: string) => ({
    update_id: 1,
    message: {
      message_id: 1,
      date: 1,
      from: { id: player.id, is_bot: false, first_name: 'Eve', language_code: 'en' },
      chat: { id: player.id, type: 'private' },
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length ?? 0 }],
    },
  });
  const injected = '{"method":"sendMessage","chat_id":1,"text":"x"}';
  const answers: [number, string | object, Record<string, string>?][] = [
    [200, message('/start')],
    [200, message(`/paysupport ${injected}`)],
    [200, message('/terms')],
    [200, paymentUpdate(player.id, { total_amount: 1, invoice_payload: injected })],
    [200, { update_id: 1, pre_checkout_query: { id: injected, from: { id: 1 }, invoice_payload: injected } }],
    [200, { update_id: 1, method: 'sendMessage', chat_id: 1 }],
    [400, injected],
    [400, '{'],
    [400, ''],
    [401, message('/start'), {}],
    [413, `{"update_id": 1, "x": "${'x'.repeat(300_000)}"}`],
  ];
  for (const [status, body, headers] of answers) {
    const response = await post(world.url, body, headers);
    const what = JSON.stringify(body).slice(0, 80);
    expect([response.status, await response.text()], what).toEqual([status, '']);
  }
  expect(await bodyOfHead(world.url)).toBe('');
  expect((await callsOf(world, 'sendMessage')).length).toBe(3);
  await world.close();
});

/** The raw bytes behind the head, which fetch might have hidden. */
function bodyOfHead(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/telegram/webhook`, { method: 'POST', headers: TRUSTED }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk)).on('end', () => resolve(body));
    });
    asked.on('error', reject).end(JSON.stringify({ update_id: 2 }));
  });
}
