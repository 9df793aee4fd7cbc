import { copyCatalogue } from './catalogue.ts';
import { requireSameCrowd, writeCrowd } from './crowd.ts';
import { type Forked, forkJobs } from './forked.ts';
import { playerAt } from './ids.ts';
import type { Load } from './load/main.ts';
import { type Group, median, type Row } from './row.ts';
import { openShop, type Shop } from './shop.ts';
import { openStore, type Store } from './store.ts';

const PAYMENTS = 2_000;
const CALLERS = 32;
/** Prime to the size of every crowd: each round meets others, far apart. */
const STRIDE = 7_919;
const FLAT = { most: 1.2 };

interface Place {
  players: number;
  store: Store;
  shop: Shop;
  rounds: Cost[];
}
/** In µs for each credit. */
interface Cost {
  node: number;
  redis: number;
  script: number;
}

/** What a credit costs while the store grows. All sizes stand side by side and take turns. */
export const cost: Group = {
  name: 'cost',
  async measure({ quick }) {
    const load = forkJobs<Load>(new URL('load/main.ts', import.meta.url));
    const places: Place[] = [];
    for (const players of quick ? [1_000, 100_000] : [1_000, 100_000, 1_000_000])
      places.push(await openPlace(players));
    for (let round = -1; round < (quick ? 3 : 7); round++)
      for (const place of places) {
        const cost = await oneRound(load, place, round + 1);
        if (round >= 0) place.rounds.push(cost);
      }
    for (const { shop, store } of places) {
      await shop.close();
      await store.close();
    }
    await load.close();
    const [small, ...grown] = places as [Place, ...Place[]];
    return grown.flatMap((place) => rowsOf(small, place));
  },
};

async function openPlace(players: number): Promise<Place> {
  const store = await openStore({ appendfsync: 'everysec' });
  const { revision } = await copyCatalogue(store.dir);
  await requireSameCrowd(store.redis, store.url, revision);
  await writeCrowd(store.redis, store.url, revision, players);
  return { players, store, shop: await openShop(store), rounds: [] };
}

async function oneRound(load: Forked<Load>, { players, store, shop }: Place, round: number): Promise<Cost> {
  const { url, revision } = shop;
  // Else those of a small crowd would have bought more and more, which is another question.
  if (players <= PAYMENTS) await writeCrowd(store.redis, store.url, revision, players);
  const payers = Array.from({ length: Math.min(players, PAYMENTS) }, (_, i) =>
    playerAt(((round * PAYMENTS + i) * STRIDE) % players),
  );
  await load.ask('place', {
    redisUrl: store.url,
    revision,
    count: PAYMENTS,
    players: payers,
    ready: true,
  });
  const before = await micros(store, shop);
  await load.ask('payAll', { url, callers: CALLERS });
  const after = await micros(store, shop);
  const each = (what: keyof Cost): number => (after[what] - before[what]) / PAYMENTS;
  return { node: each('node'), redis: each('redis'), script: each('script') };
}

async function micros({ redis, cpuSeconds }: Store, shop: Shop): Promise<Cost> {
  const [, script] = /^cmdstat_evalsha:calls=\d+,usec=(\d+)/m.exec(await redis.info('commandstats')) ?? [];
  return {
    node: (await shop.cpuSeconds()) * 1e6,
    redis: (await cpuSeconds()) * 1e6,
    script: Number(script ?? 0),
  };
}

function rowsOf(small: Place, grown: Place): Row[] {
  type Take = (cost: Cost) => number;
  const all: Take = ({ node, redis }) => node + redis;
  const node: Take = (cost) => cost.node;
  const redis: Take = (cost) => cost.redis;
  const script: Take = (cost) => cost.script;
  const both = (take: Take, label = ''): Record<string, number> => ({
    [`${label}µs ${thousands(grown)}`]: median(grown.rounds.map(take)),
    [`${label}µs ${thousands(small)}`]: median(small.rounds.map(take)),
  });
  const row = (title: string, take: Take, from: Record<string, number>): Row => ({
    name: `a credit among ${thousands(grown)} players against ${thousands(small)}: ${title}`,
    value: median(grown.rounds.map((cost, i) => take(cost) / take(small.rounds[i] ?? cost))),
    unit: 'ratio',
    from,
  });
  return [
    { ...row('all of its CPU', all, both(all)), budget: FLAT },
    row('Node', node, both(node)),
    // A large store lies in memory that the processor has not at hand.
    row('Redis', redis, { ...both(redis), ...both(script, 'script ') }),
  ];
}

const thousands = ({ players }: Place): string =>
  players >= 1_000_000 ? `${players / 1_000_000} M` : `${players / 1_000} k`;
