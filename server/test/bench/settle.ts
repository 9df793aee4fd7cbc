import type { Revision } from '../../src/purchase/order.ts';
import type { Bare } from './bare.ts';
import { type Forked, forkJobs } from './forked.ts';
import { someIds } from './ids.ts';
import type { Load } from './load/main.ts';
import { type Group, median, type Options, type Row } from './row.ts';
import { openShop } from './shop.ts';
import { openStore, type Store } from './store.ts';

const CALLERS = 64;
const MICROSECONDS = 1e6;

/** One of the servers, with a Redis of its own: the outbox of the others must not be read here. */
interface Side {
  url: string;
  store: Store;
  cpuSeconds(): Promise<number>;
}
interface Cost {
  perSecond: number;
  nodeMicros: number;
  redisMicros: number;
}
type Round = Record<'ours' | 'plain' | 'tuned', Cost>;

/** How near the whole settle path comes to the least that could credit a payment. */
export const settle: Group = {
  name: 'settle',
  measure: async (options) => [
    ...(await measureWith('always', options)),
    ...(await measureWith('everysec', options)),
  ],
};

async function measureWith(appendfsync: 'always' | 'everysec', { quick }: Options): Promise<Row[]> {
  const store = await openStore({ appendfsync });
  const shop = await openShop(store);
  const load = forkJobs<Load>(new URL('load/main.ts', import.meta.url));
  const { revision } = shop;
  const ours: Side = { url: shop.url, store, cpuSeconds: shop.cpuSeconds };
  const [plain, tuned] = [
    await openBare(appendfsync, revision, false),
    await openBare(appendfsync, revision, true),
  ];

  const count = quick ? 2_500 : 4_000;
  const rounds: Round[] = [];
  // The first two rounds warm all of them up: their code is compiled while it is measured.
  for (let round = -2; round < (quick ? 3 : 7); round++) {
    const players = someIds((round + 2) * count, count);
    const result = {
      ours: await oneRound(load, ours, revision, players),
      plain: await oneRound(load, plain.side, revision, players),
      tuned: await oneRound(load, tuned.side, revision, players),
    };
    if (round >= 0) rounds.push(result);
  }
  for (const each of [load, shop, store, plain, tuned]) await each.close();
  return rowsOf(appendfsync, rounds);
}

async function openBare(
  appendfsync: 'always' | 'everysec',
  revision: Revision,
  isTuned: boolean,
): Promise<{ side: Side; close(): Promise<void> }> {
  const store = await openStore({ appendfsync });
  const bare = forkJobs<Bare>(new URL('bare.ts', import.meta.url));
  const url = await bare.ask('listen', { redisUrl: store.url, revision, tuned: isTuned });
  return {
    side: { url, store, cpuSeconds: () => bare.ask('cpuSeconds', undefined) },
    async close() {
      await bare.close();
      await store.close();
    },
  };
}

async function oneRound(
  load: Forked<Load>,
  { url, store, cpuSeconds }: Side,
  revision: Revision,
  players: number[],
): Promise<Cost> {
  const count = players.length;
  await load.ask('place', { redisUrl: store.url, revision, count, players, ready: true });
  const before = [await cpuSeconds(), await store.cpuSeconds()] as const;
  const { seconds } = await load.ask('payAll', { url, callers: CALLERS });
  const after = [await cpuSeconds(), await store.cpuSeconds()] as const;
  return {
    perSecond: count / seconds,
    nodeMicros: ((after[0] - before[0]) / count) * MICROSECONDS,
    redisMicros: ((after[1] - before[1]) / count) * MICROSECONDS,
  };
}

/** Ratios of the same round, for other work on the machine comes and goes. */
function rowsOf(appendfsync: string, rounds: Round[]): Row[] {
  const side = (which: keyof Round, what: keyof Cost): number =>
    median(rounds.map((round) => round[which][what]));
  const ratio = (which: keyof Round, what: keyof Cost): number =>
    median(rounds.map((round) => round.ours[what] / round[which][what]));
  const rows = (which: 'plain' | 'tuned', title: string): [rate: Row, cpu: Row] => [
    {
      name: `settle path, ${appendfsync}: rate against ${title}`,
      value: ratio(which, 'perSecond'),
      unit: 'ratio',
      from: { 'ours /s': side('ours', 'perSecond'), 'bare /s': side(which, 'perSecond') },
    },
    {
      name: `settle path, ${appendfsync}: Node CPU against ${title}`,
      value: ratio(which, 'nodeMicros'),
      unit: 'ratio',
      from: {
        'ours µs': side('ours', 'nodeMicros'),
        'bare µs': side(which, 'nodeMicros'),
        'ours Redis µs': side('ours', 'redisMicros'),
        'bare Redis µs': side(which, 'redisMicros'),
      },
    },
  ];
  const [rate, cpu] = rows('plain', 'bare');
  return [{ ...rate, budget: { least: 0.7 } }, cpu, ...rows('tuned', 'bare with our node-redis settings')];
}
