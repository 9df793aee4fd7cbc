import type { RequestName, RunKind } from '@stardrift/shared/protocol';
import { SIM_VERSION } from '@stardrift/shared/sim/constants';
import { createRun } from '@stardrift/shared/sim/run';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { memoryDrawer } from '../shop/ports.memory.ts';
import type { Server } from '../shop/ports.ts';
import { createRanked } from './ranked.ts';
import { createTickets } from './tickets.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const NOW = 1_790_000_000_000;

/** Numbers its tickets, counts every run, and can be away, busy or strict. */
function referee() {
  const asked: { name: RequestName; body: Record<string, unknown> }[] = [];
  let tickets = 0;
  const server = {
    link: 'online' as Server['link'],
    refusal: undefined as string | undefined,
    version: SIM_VERSION,
    asked,
    async ask(name: RequestName, body: Record<string, unknown>) {
      if (server.link !== 'online') throw new Error('no answer');
      asked.push({ name, body });
      if (server.refusal) return { ok: false, code: server.refusal, message: '' };
      if (name === 'run:finish') return { ok: true, score: 7, best: 9, ranks: { all: 3 } };
      const n = ++tickets;
      const endsAtMs = body.kind === 'daily' ? { endsAtMs: NOW + 60_000 } : {};
      return {
        ...{ ok: true, ticket: `t${n}`, runId: `run-number-${n}`.padEnd(20, '0'), seed: n, revision: 'r1' },
        ...{ version: server.version, ...endsAtMs },
      };
    },
  };
  return server;
}

function page(server = referee(), { keep = memoryDrawer(), run = memoryDrawer() } = {}) {
  let nowMs = NOW;
  const asServer = server as unknown as Server;
  const shop = { revision: 'r1' as string | undefined, waiting: 0, told: 0 };
  const tickets = createTickets(
    asServer,
    () => shop.revision,
    () => nowMs,
  );
  const ranked = createRanked({
    ...{ server: asServer, tickets, uses: shop, keep, run },
    chance: () => 99,
    onOutcome: () => void shop.told++,
  });
  const later = (ms: number): void => {
    nowMs += ms;
  };
  return { server, keep, run, shop, tickets, ranked, later };
}

const over = (seed: number, steps = 60) => {
  const run = createRun(seed, []);
  while (run.world.step < steps) run.step();
  return run.save();
};
const finishes = (server: ReturnType<typeof referee>) =>
  server.asked.filter(({ name }) => name === 'run:finish').map(({ body }) => body);

async function begun(kind: RunKind = 'free') {
  const all = page();
  all.tickets.fill();
  await tick();
  const seed = all.ranked.begin(kind) ?? -1;
  return { ...all, seed };
}

it('begins with the sky of a ticket that was there before, and is told where the run stands', async () => {
  const { server, ranked, seed } = await begun();
  expect(seed).toBe(1);
  expect(ranked.opId(0)).toBe('run-number-100000000-0');
  ranked.finish(over(seed));
  expect(ranked.outcome).toEqual({ state: 'waiting' });
  await tick();
  expect(finishes(server)).toEqual([{ ticket: 't1', steps: 60, taps: [], uses: [] }]);
  expect(ranked.outcome).toMatchObject({ state: 'counted', best: 9, ranks: { all: 3 } });
});

it.each([
  ['of an older simulation', { version: SIM_VERSION - 1 }, 'r1'],
  ['of another catalogue', {}, 'r2'],
  ['that never came', { link: 'offline' }, 'r1'],
] as const)(
  'a ticket %s begins no ranked run: one plays for its own sake, a daily one not at all',
  async (_, change, revision) => {
    const all = page();
    Object.assign(all.server, change);
    all.shop.revision = revision;
    all.tickets.fill();
    await tick();
    expect(all.ranked.begin('daily')).toBeUndefined();
    expect(all.ranked.begin('free')).toBe(99);
    all.ranked.finish(over(99));
    await tick();
    expect(finishes(all.server)).toEqual([]);
    expect(all.ranked.outcome).toBeUndefined();
    expect(all.ranked.opId(0)).toMatch(/^[\w-]{16,40}$/);
  },
);

it('a daily ticket of yesterday is not played', async () => {
  const all = page();
  all.tickets.fill();
  await tick();
  all.later(60_000);
  expect(all.ranked.begin('daily')).toBeUndefined();
});

it('a run is shown after its uses are counted, and after the line is back', async () => {
  const { server, shop, ranked, seed } = await begun();
  shop.waiting = 1;
  server.link = 'offline';
  ranked.finish(over(seed));
  await tick(20_000);
  server.link = 'online';
  ranked.flush();
  await tick();
  expect(finishes(server)).toEqual([]);
  shop.waiting = 0;
  ranked.flush();
  await tick();
  expect(finishes(server)).toHaveLength(1);
});

it('a run that goes on while it is shown waits for what it used since', async () => {
  const { server, shop, ranked, seed } = await begun();
  ranked.finish(over(seed, 60));
  // A second wind was taken meanwhile, and its use is not answered yet.
  shop.waiting = 1;
  ranked.finish(over(seed, 90));
  await tick(20_000);
  expect(finishes(server)).toHaveLength(1);
  shop.waiting = 0;
  ranked.flush();
  await tick();
  expect(finishes(server).at(-1)).toMatchObject({ steps: 90 });
  expect(ranked.outcome).toMatchObject({ state: 'counted' });
});

it('a ticket of yesterday is replaced, for the server would not take its run', async () => {
  const all = page();
  all.tickets.fill();
  await tick();
  all.later(21 * 3_600_000);
  expect(all.ranked.begin('free')).toBe(99);
  all.tickets.fill();
  await tick();
  expect(all.ranked.begin('free')).not.toBe(99);
});

it('a busy server is asked again, one that refuses is not', async () => {
  const { server, ranked, seed } = await begun();
  server.refusal = 'unavailable';
  ranked.finish(over(seed));
  await tick();
  expect(ranked.outcome).toEqual({ state: 'waiting' });
  server.refusal = 'run_refused';
  await tick(5_000);
  expect(ranked.outcome).toEqual({ state: 'refused' });
  await tick(60_000);
  expect(finishes(server)).toHaveLength(2);
});

it('an app that was closed shows its run when it is opened again', async () => {
  const { server, keep, ranked, seed } = await begun();
  server.link = 'offline';
  ranked.finish(over(seed));
  await tick();
  const reopened = page(referee(), { keep });
  reopened.ranked.flush();
  await tick();
  expect(finishes(reopened.server)).toEqual([{ ticket: 't1', steps: 60, taps: [], uses: [] }]);
});

it('a reload keeps the ticket of its run, and no other run gets it', async () => {
  const { run, ranked, seed } = await begun('daily');
  const opId = ranked.opId(4);
  const reloaded = page(referee(), { run });
  reloaded.ranked.resume(over(seed));
  expect(reloaded.ranked.kind).toBe('daily');
  expect(reloaded.ranked.opId(4)).toBe(opId);
  reloaded.ranked.resume(over(seed + 1));
  expect(reloaded.ranked.kind).toBe('free');
  expect(reloaded.ranked.opId(4)).not.toBe(opId);
});

it('a run that went on is shown again, with all of it', async () => {
  const { server, ranked, seed } = await begun();
  ranked.finish(over(seed, 60));
  ranked.finish(over(seed, 90));
  await tick();
  ranked.finish(over(seed, 120));
  await tick();
  expect(finishes(server).at(-1)).toMatchObject({ ticket: 't1', steps: 120 });
  expect(ranked.outcome).toMatchObject({ state: 'counted' });
});
