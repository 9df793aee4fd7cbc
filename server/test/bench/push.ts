import { type Forked, forkJobs } from './forked.ts';
import { someIds } from './ids.ts';
import type { Load } from './load/main.ts';
import type { Pushed } from './load/pushes.ts';
import type { Group, Row } from './row.ts';
import { openShop, type Shop } from './shop.ts';
import { openStore, type Store } from './store.ts';

const PLAYERS = 1_000;
/** More than this a thousand players can't have open at once. */
const MOST_PAYMENTS = 40_000;
const SUSTAINED = { p99: 1_000, backlogMs: 250 };

/** From the payment to the item on the player's socket. */
export const push: Group = {
  name: 'push',
  async measure({ quick }) {
    const store = await openStore({ appendfsync: 'always' });
    const shop = await openShop(store);
    const load = forkJobs<Load>(new URL('load/main.ts', import.meta.url));
    await load.ask('connect', { url: shop.url, ids: someIds(0, PLAYERS) });
    const seconds = quick ? 3 : 8;
    const at = (perSecond: number, during = seconds) => offer(load, shop, store, perSecond, during);
    await at(500, 2);
    const hundred = await at(100);
    const fiveHundred = await at(500);
    const highest = await search((perSecond) => at(perSecond, 4), quick ? 1 : 3);
    for (const each of [load, shop, store]) await each.close();
    return [
      ...rowsAt(100, hundred, { most: 100 }),
      ...rowsAt(500, fiveHundred),
      {
        name: 'payment → item, highest sustained rate',
        value: highest.perSecond,
        unit: '/s',
        from: { 'p50 ms': highest.p50, 'p99 ms': highest.p99, 'backlog ms': highest.backlogMs },
      },
    ];
  },
};

async function offer(
  load: Forked<Load>,
  { url, revision }: Shop,
  { url: redisUrl }: Store,
  perSecond: number,
  seconds: number,
): Promise<Pushed> {
  const count = Math.min(Math.round(perSecond * seconds), MOST_PAYMENTS);
  await load.ask('place', { redisUrl, revision, count, players: someIds(0, PLAYERS), ready: true });
  return load.ask('payAndWait', { url, perSecond });
}

type Sustained = Pushed & { perSecond: number };

/** Doubles the rate until it is too much, then halves the gap a few times. */
async function search(at: (perSecond: number) => Promise<Pushed>, halvings: number): Promise<Sustained> {
  let best: Sustained | undefined;
  let tooMuch = Number.POSITIVE_INFINITY;
  async function attempt(perSecond: number): Promise<void> {
    const result = await at(perSecond);
    const holds = result.p99 < SUSTAINED.p99 && result.backlogMs < SUSTAINED.backlogMs;
    if (holds) best = { ...result, perSecond };
    else tooMuch = perSecond;
  }
  for (let perSecond = 250; perSecond < tooMuch; perSecond *= 2) await attempt(perSecond);
  for (let i = 0; i < halvings && best; i++) await attempt(Math.round((best.perSecond + tooMuch) / 2));
  if (!best) throw new Error('not even 250 payments a second were sustained');
  return best;
}

const rowsAt = (perSecond: number, { p50, p99, max }: Pushed, budget?: Row['budget']): Row[] => [
  { name: `payment → item at ${perSecond}/s: p50`, value: p50, unit: 'ms', from: {} },
  {
    name: `payment → item at ${perSecond}/s: p99`,
    value: p99,
    unit: 'ms',
    from: { 'max ms': max },
    ...(budget && { budget }),
  },
];
