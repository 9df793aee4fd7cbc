import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestRedis } from '@stardrift/tools/redis';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { playOnBoards } from '../way/boards.ts';
import { eventually, newId, openWorld, paymentUpdate } from '../way/world.ts';
import { inStore, keysIn, payloadOf, post } from './attack.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('inventory: Redis loses seconds', async () => {
  const world = await openWorld();
  const player = await world.player();
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  const kept = await inStore(world, async (redis) => {
    const binary = redis.withTypeMapping({ 36: Buffer });
    return Promise.all((await keysIn(redis)).map(async (key) => [key, await binary.dump(key)] as const));
  });
  await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
  expect(await player.items()).toEqual({ shield: 3, magnet: 3 });
  // The store falls back to what it was before the second payment, which Telegram was told is safe.
  await inStore(world, async (redis) => {
    const fallBack = redis.multi().flushAll();
    for (const [key, value] of kept) if (value !== null) fallBack.restore(key, 0, value as unknown as string);
    await fallBack.exec();
  });
  await eventually(async () => {
    const answer = await player.ask('inventory', {});
    return answer.ok && answer.items.magnet === 3 && answer.items.shield === 3;
  }, 'the payment is found again');
  expect(await world.starsOf(player.id)).toBe(970);
  await world.close();
});

test('inventory: eviction at maxmemory', async () => {
  const world = await openWorld();
  const player = await world.player();
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  const { invoiceUrl } = await player.order('magnet_3');
  const payload = await payloadOf(world, invoiceUrl);
  const update = paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload });
  const before = await inStore(world, keysIn);
  await inStore(world, (redis) => redis.configSet('maxmemory', '1'));
  expect(await player.ask('order', { orderId: newId(), sku: 'slow_time_3' })).toMatchObject({
    ok: false,
    code: 'unavailable',
  });
  expect((await post(world.url, update)).status).toBe(500);
  expect(await player.items()).toEqual({ shield: 3 });
  expect(await inStore(world, keysIn)).toEqual(before);
  await inStore(world, (redis) => redis.configSet('maxmemory', '0'));
  expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ shield: 3, magnet: 3 });
  await world.close();
});

/** The two files as they are shipped, with a password where the file asks for one. */
async function startGuardedRedis(password: string) {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-acl-'));
  const hash = createHash('sha256').update(password).digest('hex');
  const users = readFileSync(file('redis/users.acl'), 'utf8');
  expect(users.match(/#0{64}/g)).toHaveLength(3);
  const aclfile = join(dir, 'users.acl');
  writeFileSync(aclfile, users.replaceAll('0'.repeat(64), hash));
  const redis = await startTestRedis({ configFile: file('redis/redis.conf'), settings: { aclfile } });
  const urlOf = (user: string, secret = password): string => redis.url.replace('//', `//${user}:${secret}@`);
  return {
    urlOf,
    url: redis.url,
    close: async () => {
      await redis.close();
      rmSync(dir, { recursive: true });
    },
  };
}

test('Redis: open port, Lua CVEs, forged adapter messages', async () => {
  const password = newId();
  const guarded = await startGuardedRedis(password);
  const world = await openWorld({ env: { REDIS_URL: guarded.urlOf('stardrift') } });

  // A whole purchase, and its refund, as that user.
  const player = await world.player();
  const { invoiceUrl } = await player.order('shield_3', 2);
  expect((await world.pay(player.id, invoiceUrl)).status).toBe('paid');
  await eventually(() => player.pushes.length > 0, 'the goods are pushed');
  expect(await player.ask('use', { opId: newId(), itemId: 'shield' })).toMatchObject({
    items: { shield: 5 },
  });
  const { chargeId } = await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
  await world.control('/sandbox/refund', { chargeId });
  await eventually(async () => (await player.items()).magnet === undefined, 'the magnets are gone');
  expect((await player.ask('history', {})).ok).toBe(true);
  expect((await player.ask('catalog', {})).ok).toBe(true);
  await playOnBoards(player, await world.player());
  expect(world.lines.filter((line) => /NOPERM|"level":(40|50)/.test(line))).toEqual([
    expect.stringContaining('appendfsync is no'),
  ]);

  const user = await createClient({ url: guarded.urlOf('stardrift') }).connect();
  const refused = [
    'FLUSHALL',
    'FLUSHDB',
    'CONFIG SET appendfsync no',
    'CONFIG REWRITE',
    'KEYS *',
    'DEBUG SLEEP 0',
    'SHUTDOWN NOSAVE',
    'ACL LIST',
    'ACL SETUSER stardrift +@all',
    'REPLICAOF 127.0.0.1 1',
    'MONITOR',
    'SAVE',
    'BGREWRITEAOF',
    'MODULE LIST',
    'FUNCTION LIST',
    'SCRIPT FLUSH',
    'CLIENT LIST',
    'CLIENT KILL TYPE normal',
    'SWAPDB 0 1',
    'SELECT 1',
    'MIGRATE 127.0.0.1 1 k 0 1',
    'RESTORE {b0001}:x 0 x',
    'RENAME {b0001}:x {b0001}:y',
    // Keys and channels of others.
    'GET other',
    'SET session:1 x',
    'HGETALL {c0001}:i:1',
    'HGET {b00011}:i:1 x',
    'SUBSCRIBE __keyspace@0__:x',
    'PUBLISH socket.io#/# x',
    'EVAL redis.call("FLUSHALL") 0',
    'EVAL redis.call("SET","other",1) 0',
  ];
  for (const line of refused)
    await expect(user.sendCommand(line.split(' ')), line).rejects.toThrow(
      /NOPERM|permission|not allowed|can't (run|access)/i,
    );
  await user.close();

  for (const url of [guarded.url, guarded.urlOf('stardrift', 'wrong'), guarded.urlOf('default', '')]) {
    const stranger = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
    await expect(stranger.connect().then(() => stranger.ping())).rejects.toThrow(/NOAUTH|WRONGPASS/);
    stranger.destroy();
  }

  const operator = await createClient({ url: guarded.urlOf('operator') }).connect();
  expect(await operator.configGet('hash-max-listpack-value')).toEqual({ 'hash-max-listpack-value': '256' });
  await operator.close();
  await world.close();
  await guarded.close();

  const conf = readFileSync(file('redis/redis.conf'), 'utf8').split('\n');
  for (const line of ['bind 127.0.0.1 -::1', 'protected-mode yes', 'appendonly yes', 'appendfsync always'])
    expect(conf).toContain(line);
  expect(conf).toContain('maxmemory-policy noeviction');
  // What the scripts call must be allowed before a rare branch of one finds out in production.
  const users = readFileSync(file('redis/users.acl'), 'utf8');
  const calls = readdirSync(file('lua')).flatMap((name) =>
    [...readFileSync(file(`lua/${name}`), 'utf8').matchAll(/redis\.call\('(\w+)'/g)].map(([, call]) => call),
  );
  expect(calls.length).toBeGreaterThan(20);
  const allowed = users.split('\n')[1]?.split(' ') ?? [];
  expect([...new Set(calls)].filter((call) => !allowed.includes(`+${call?.toLowerCase()}`))).toEqual([]);
});
