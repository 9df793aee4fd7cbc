import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { allOf, eventually, within } from '../wait.ts';
import { KILL_POINTS, type KillPoint, type Walk } from './kill-points.ts';
import { openRedisNode, type RedisNode } from './redis-node.ts';
import { loadScripts, replicate } from './replication.ts';
import { openRig, type Rig } from './rig.ts';
import type { Shopper } from './shopper.ts';
import { readBook } from './store.ts';

/** Kills between two looks at everything: seldom enough to cost little, often enough to name who was hurt. */
const CHECK_EVERY = 25;
/** How many run side by side, each with a Telegram and a Redis of its own. */
const SIDE_BY_SIDE = 2;

const POINTS = [...new Set(KILL_POINTS.map(({ number }) => number))];

/** What is bought: one item or several, one or more of it. */
const WISHES = ['second_wind', 'shield_3', 'magnet_3', 'voyager_bundle'] as const;

export const killServer = stage(
  {
    name: 'kill-server',
    title: 'T3: kill -9 of the server at each crash point, redelivery, ledger walk',
    quick: POINTS.length,
    full: 50 * POINTS.length,
  },
  async (options, tally) => {
    for (const number of POINTS) tally.covered[`point ${number}`] = 0;
    const random = createRandom(options.seed);
    const plans = Array.from({ length: SIDE_BY_SIDE }, (): KillPoint[] => []);
    for (let kill = 0; kill < options.amount; kill++) {
      const number = POINTS[kill % POINTS.length];
      plans[kill % SIDE_BY_SIDE]?.push(random.pick(KILL_POINTS.filter((point) => point.number === number)));
    }
    await allOf(plans.map((plan) => runPlan(plan, random.fork(), options, tally)));
  },
);

/** A series of kills in one world, whose ledger and store grow old with it. */
async function runPlan(
  plan: KillPoint[],
  random: Random,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-kills-'));
  const [redis, replica] = (await Promise.all(
    ['master', 'replica'].map((name) => openRedisNode({ dir: join(dir, name), appendfsync: 'no' })),
  )) as [RedisNode, RedisNode];
  await Promise.all([redis.start(), replica.start()]);
  await replicate(replica, redis.port);
  await loadScripts(redis.url);
  const rig = await openRig({ redis: () => redis.port, env: { REDIS_REPLICAS: '1' } });
  const [{ server }] = rig.stations;
  await server.start();
  try {
    for (const [at, point] of plan.entries()) {
      if (tally.isOver()) break;
      await killAt(point, rig, redis, random, tally);
      await server.start();
      if (at % CHECK_EVERY === CHECK_EVERY - 1) await check(rig, options, tally);
    }
    await check(rig, options, tally);
    count(tally.counts, 'payments', rig.paid().length);
    count(tally.counts, 'refunds', rig.paid().filter(({ refunded }) => refunded).length);
  } finally {
    await rig.close();
    await Promise.all([redis.wipe(), replica.wipe()]);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function check(rig: Rig, { seed, log }: StageOptions, tally: Tally): Promise<void> {
  for (const wrong of await rig.settle()) tally.failures.push(`kill-server (seed ${seed}): ${wrong}`);
  count(tally.counts, 'players checked', rig.shoppers.length);
  log(`${tally.counts.kills} kills`);
  // Their state is proved; from now on others are looked at.
  for (const shopper of rig.shoppers.splice(0)) shopper.close();
}

/** How often a point may be missed: two events in two processes may come in an order that does not lead there. */
const MOST_MISSES = 3;

/** Players buy, and in the midst of it the server dies at the point. */
async function killAt(
  point: KillPoint,
  rig: Rig,
  redis: RedisNode,
  random: Random,
  tally: Tally,
): Promise<void> {
  const [{ server }] = rig.stations;
  for (let misses = 0; misses < MOST_MISSES; misses++) {
    const target = rig.shopper();
    let disarm = (): void => {};
    const seen = new Promise<true>((resolve) => {
      disarm = point.arm(rig, target.id, () => {
        server.strike();
        resolve(true);
      });
    });
    begin(walk(point.walk, rig, target, random.pick(WISHES)));
    for (let others = random.whole(0, 2); others > 0; others--)
      begin(walk('buy', rig, rig.shopper(), random.pick(WISHES)));
    const came = await within(seen, 10_000);
    disarm();
    if (!came) {
      count(tally.counts, 'points missed');
      continue;
    }
    await server.ended();
    count(tally.counts, 'kills');
    count(tally.covered, `point ${point.number}`);
    await proveThePoint(point, target.id, rig, redis, tally);
    return;
  }
  tally.failures.push(`point ${point.number} (${point.title}) was missed ${MOST_MISSES} times`);
  server.strike();
  await server.ended();
}

/** Whatever comes of it: the server may die at any moment of it. */
const begin = (work: Promise<void>): void => void work.catch(() => {});

/** What the store has at that moment says whether the point is where it is said to be. */
async function proveThePoint(
  { number, title, credited }: KillPoint,
  playerId: number,
  rig: Rig,
  redis: RedisNode,
  tally: Tally,
): Promise<void> {
  const payment = rig.paid().find((each) => each.playerId === playerId);
  if (!payment || credited === undefined) return;
  const client = await createClient({ url: redis.url }).connect();
  const { charges } = await readBook(client, [playerId]);
  client.destroy();
  count(tally.counts, 'points proved');
  if (charges.has(payment.chargeId) !== credited)
    tally.failures.push(
      `point ${number} (${title}) is not where it should be: the charge of player ${playerId} is ${credited ? 'not there' : 'there'}`,
    );
}

async function walk(kind: Walk, rig: Rig, shopper: Shopper, sku: string): Promise<void> {
  const link = await shopper.order(sku);
  if (link === undefined) return;
  if (kind === 'pay twice') {
    // While no server has the news of the first, the order looks unpaid to the second.
    rig.front.refuses = 'successful_payment';
    try {
      await shopper.pay(link);
      await shopper.pay(link);
    } finally {
      rig.front.refuses = undefined;
    }
    return;
  }
  const { chargeId } = await shopper.pay(link);
  if (kind === 'buy' || chargeId === undefined) return;
  await eventually(async () => ((await shopper.sight())?.rev ?? 0) > 0, 'the goods are there');
  await rig.say(`/refund ${shopper.id} ${chargeId}`);
}
