import { expect, test } from 'vitest';
import { connectRedis } from './client.ts';

test.each([
  ['redis://127.0.0.1:99999', 'redis://127.0.0.1:99999', 'Invalid URL'],
  ['redis://:p%zz@127.0.0.1:6379', 'redis://127.0.0.1:6379', 'URI malformed'],
])('%s is refused in one line that names the setting and no password', async (url, shown, reason) => {
  const told: Error[] = [];
  await expect(connectRedis(url, 'money', (error) => told.push(error))).rejects.toThrow(
    `Redis at ${shown} can't be used: ${reason}. Start it, or set REDIS_URL.`,
  );
  expect(told).toEqual([]);
});

test('a Redis that is not there is told once, with the reason', async () => {
  const told: Error[] = [];
  await expect(connectRedis('redis://127.0.0.1:1', 'money', (error) => told.push(error))).rejects.toThrow(
    "can't be used: connect ECONNREFUSED 127.0.0.1:1 for 5 s. Start it, or set REDIS_URL.",
  );
  expect(told).toEqual([]);
}, 10_000);
