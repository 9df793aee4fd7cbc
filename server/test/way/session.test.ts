import type { HandshakeRefusal } from '@stardrift/shared/protocol';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createServerLink } from '../../../client/src/net/server.ts';
import { eventually, openWorld, type World } from './world.ts';

const HOUR_MS = 3_600_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
  // The game's own connection asks the page where it came from.
  const { host, hostname, port } = new URL(world.url);
  vi.stubGlobal('location', { protocol: 'http:', host, hostname, port });
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

/** A tab's storage, which outlives a reload. */
function openTab(kept: Record<string, unknown> = {}) {
  return {
    kept,
    get: <T>(key: string, is: (value: unknown) => value is T) => {
      const value = kept[key];
      return is(value) ? value : undefined;
    },
    set(key: string, value: unknown) {
      kept[key] = value;
    },
    remove(key: string) {
      delete kept[key];
    },
  };
}
const launch = async () =>
  ((await world.control('/sandbox/players', {})) as unknown as { initData: string }).initData;

/** What becomes of a page that is opened with this, in this tab. */
async function open(initData: string, tab = openTab()): Promise<'online' | { refused: string }> {
  const link = createServerLink(initData, tab);
  link.connect();
  await eventually(() => link.link === 'online' || typeof link.link === 'object', 'the door has answered');
  return link.link as 'online' | { refused: HandshakeRefusal };
}
const later = (ms: number): void => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + ms);
};

test('a page that is reloaded after an hour gets in with its session', async () => {
  const [initData, tab] = [await launch(), openTab()];
  expect(await open(initData, tab)).toBe('online');
  await eventually(() => tab.kept.session !== undefined, 'the session is kept');
  later(2 * HOUR_MS);
  expect(await open(initData, tab)).toBe('online');
  expect(await open(initData)).toEqual({ refused: 'expired' });
});

test('a session that is refused is forgotten, and the launch data tried', async () => {
  const [initData, tab] = [await launch(), openTab()];
  const auth_date = new URLSearchParams(initData).get('auth_date');
  const wrong = { session: 's2.1.en.QQ.1.9999999999999.AAAA', launch: auth_date };
  tab.kept.session = wrong;
  expect(await open(initData, tab)).toBe('online');
  await eventually(() => tab.kept.session !== undefined, 'another session is kept');
  expect(tab.kept.session).not.toEqual(wrong);

  later(7 * HOUR_MS);
  expect(await open(initData, tab)).toEqual({ refused: 'expired' });
  expect(tab.kept.session).toBeUndefined();
});

test('a new launch in the same tab is not held back by the session of the one before', async () => {
  const [initData, tab] = [await launch(), openTab()];
  expect(await open(initData, tab)).toBe('online');
  await eventually(() => tab.kept.session !== undefined, 'the session is kept');
  const first = tab.kept.session;
  later(8 * HOUR_MS);
  expect(await open(await launch(), tab)).toBe('online');
  await eventually(() => tab.kept.session !== first, 'the new session is kept');
});
