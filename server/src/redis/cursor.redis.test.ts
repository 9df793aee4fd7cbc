import { startTestRedis } from '@stardrift/tools/redis';
import { expect, test } from 'vitest';
import { connectRedis } from './client.ts';
import { createCursor } from './cursor.ts';

test('a walk ends only in the store it began in', async () => {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, 'money', (error) => expect.unreachable(error.message));
  const cursor = createCursor(redis, 7);

  const first = await cursor.begin();
  expect(first.from).toBeUndefined();
  expect(await cursor.read(), 'not known before the first end').toBeUndefined();
  expect((await cursor.begin()).token, 'two servers share the first walk').toBe(first.token);
  await redis.flushAll();
  expect(await cursor.end(first.token, 5), 'emptied, and nobody began since').toBe(false);
  const second = await cursor.begin();
  expect(await cursor.end(first.token, 5), 'emptied, and another began').toBe(false);
  expect(await cursor.end(second.token, 5)).toBe(true);
  expect(await cursor.read()).toBe(5);

  const [slow, fast] = [await cursor.begin(), await cursor.begin()];
  expect(slow.from).toBe(5);
  const { store } = await cursor.look();
  expect(await cursor.end(fast.token, 9)).toBe(true);
  expect(await cursor.end(slow.token, 8), 'another was faster').toBe(false);
  expect(await cursor.look(), 'the same store, further on').toEqual({ rows: 9, store });
  await cursor.clear();
  expect(await cursor.read()).toBeUndefined();
  await cursor.end((await cursor.begin()).token, 9);
  const other = await cursor.look();
  expect(other.rows).toBe(9);
  expect(other.store, 'as many rows, and another store').not.toBe(store);
  await redis.close();
  await server.close();
});
