import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { memoryDrawer } from '../shop/ports.memory.ts';
import type { Server } from '../shop/ports.ts';
import { createWelcome } from './friends.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const CODE = 'f2n9c_abcdEF-_';
const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

function page(startParam: string | undefined, drawer = memoryDrawer()) {
  const server = { link: 'online', code: undefined as string | undefined, asked: 0 };
  const ask = async () => {
    server.asked += 1;
    return server.code ? { ok: false, code: server.code, message: '' } : { ok: true, name: 'Mira' };
  };
  const friends: string[] = [];
  const welcome = createWelcome(
    Object.assign(server, { ask }) as unknown as Server,
    startParam,
    drawer,
    (name) => friends.push(name),
  );
  return { server, drawer, friends, welcome };
}

it('takes up an invitation once, and not again when the page is loaded anew', async () => {
  const first = page(CODE);
  first.welcome();
  first.welcome();
  await tick();
  expect(first.friends).toEqual(['Mira']);
  const reloaded = page(CODE, first.drawer);
  reloaded.welcome();
  await tick();
  expect(reloaded.server.asked).toBe(0);
});

it.each([undefined, 'shop', 'daily_2026', 'f1_short'])('%s is no invitation', async (startParam) => {
  const { server, welcome } = page(startParam);
  welcome();
  await tick();
  expect(server.asked).toBe(0);
});

it('waits for the line and for a busy server, and lets an unknown one be', async () => {
  const { server, friends, welcome } = page(CODE);
  server.link = 'offline';
  welcome();
  await tick(10_000);
  expect(server.asked).toBe(0);
  server.link = 'online';
  server.code = 'unavailable';
  welcome();
  await tick(5_000);
  expect(server.asked).toBe(2);
  server.code = 'unknown_friend';
  await tick(20_000);
  expect(server.asked).toBe(3);
  expect(friends).toEqual([]);
});
