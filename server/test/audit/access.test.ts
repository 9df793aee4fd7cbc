import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatBreach } from '../../src/audit/breach.ts';
import { auditStore } from '../../src/audit/cli.ts';
import { readStoreConfig } from '../../src/config.ts';
import { type Ground, openGround } from './ground.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ players: 100, purchases: 3, items: 20 });
});
afterAll(() => ground.close());

test('the server’s own user of Redis, who may do little, may audit', async () => {
  const users = readFileSync(new URL('../../redis/users.acl', import.meta.url), 'utf8');
  const rules = /^user stardrift (.+)$/m.exec(users)?.[1]?.split(' ') ?? [];
  await ground.redis.sendCommand(['ACL', 'SETUSER', 'stardrift', ...rules, '>a-password']);
  const REDIS_URL = ground.env.REDIS_URL.replace('redis://', 'redis://stardrift:a-password@');
  const { findings, store } = await auditStore(readStoreConfig({ ...ground.env, REDIS_URL }));
  expect(findings.breaches().map(formatBreach)).toEqual([]);
  expect(store.charges).toBe(300);
});
