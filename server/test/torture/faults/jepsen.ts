import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { pause } from '../wait.ts';
import { Onlooker, type Taken } from './onlooker.ts';
import { isExplained } from './record.ts';
import { openRedisNode, type RedisNode } from './redis-node.ts';
import { openRig, type Rig, type Station } from './rig.ts';
import { openShopper, type Shopper } from './shopper.ts';
import { TROUBLE_NAMES, TROUBLES } from './trouble.ts';

/** Players at a time, each with a device at either server: eight clients. */
const PLAYERS = 4;
/** Operations of one player, before another takes the place: what the search for an order can bear. */
const OPERATIONS = 26;
const QUICK_RUN_MS = 10_000;
const RUN_MS = 15_000;
const MOST_MS = 60_000;

export const jepsen = stage(
  {
    name: 'jepsen',
    title:
      'T10: eight clients, two servers, everything breaks; is there an order that explains what they saw?',
    quick: 1,
    full: 40,
  },
  async (options, tally) => {
    for (const trouble of TROUBLE_NAMES) tally.covered[trouble] = 0;
    for (const what of ['uses of unknown outcome', 'refunds by Telegram', 'reads'] as const)
      tally.covered[what] = 0;
    const random = createRandom(options.seed);
    const lastsMs = options.amount === 1 ? QUICK_RUN_MS : RUN_MS;
    for (let run = 0; run < options.amount && !tally.isOver(); run++)
      await runOnce(lastsMs, random.fork(), options, tally);
  },
);

interface Life {
  id: number;
  onlooker: Onlooker;
  devices: [Shopper, Shopper];
}

async function runOnce(lastsMs: number, random: Random, options: StageOptions, tally: Tally): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-jepsen-'));
  const redis = await openRedisNode({ dir, appendfsync: 'always' });
  await redis.start();
  const rig = await openRig({ redis: () => redis.port, stations: 2 });
  await Promise.all(rig.stations.map(({ server }) => server.start()));
  const taken: Taken = { payments: new Map(), refunds: new Map() };
  rig.front.onDelivery = ({ news, id, endedMs, status }) => {
    const known = news === 'refunded_payment' ? taken.refunds : taken.payments;
    if (status === 200 && !known.has(id)) known.set(id, endedMs);
  };
  try {
    const startedMs = performance.now();
    // On a slow day it goes on until everything has come up.
    const isOver = (): boolean => {
      const ms = performance.now() - startedMs;
      return ms > MOST_MS || (ms > lastsMs && Object.values(tally.covered).every((times) => times > 0));
    };
    const lives: Life[] = [];
    const clients = Array.from({ length: PLAYERS }, () => live(rig, random.fork(), isOver, lives, tally));
    await makeTrouble(rig, redis, random.fork(), isOver, tally);
    await Promise.all(clients);
    for (const wrong of await rig.settle()) tally.failures.push(`jepsen (seed ${options.seed}): ${wrong}`);
    await judge(rig, lives, taken, options, tally);
    options.log(`${lives.length} players, ${rig.paid().length} payments`);
  } finally {
    await rig.close();
    await redis.wipe();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function makeTrouble(
  rig: Rig,
  redis: RedisNode,
  random: Random,
  isOver: () => boolean,
  tally: Tally,
): Promise<void> {
  // Each once before any comes again, in an order of its own.
  let ahead: string[] = [];
  while (!isOver()) {
    await pause(random.whole(100, 600));
    if (ahead.length === 0) ahead = shuffled(TROUBLE_NAMES, random);
    const name = ahead.pop() as string;
    await TROUBLES[name]?.(rig, redis, random);
    count(tally.covered, name);
  }
}

function shuffled<T>(from: readonly T[], random: Random): T[] {
  return from
    .map((value) => ({ value, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

/** One player after another, on two devices at once. */
async function live(
  rig: Rig,
  random: Random,
  isOver: () => boolean,
  lives: Life[],
  tally: Tally,
): Promise<void> {
  while (!isOver()) {
    const first = rig.shopper(0);
    const second = openShopper(rig.sandbox, (rig.stations[1] as Station).server.url, { id: first.id });
    rig.shoppers.push(second);
    const life: Life = { id: first.id, onlooker: new Onlooker(), devices: [first, second] };
    lives.push(life);
    await Promise.all(life.devices.map((device) => act(device, life, rig, random.fork(), isOver, tally)));
  }
}

async function act(
  device: Shopper,
  { onlooker }: Life,
  rig: Rig,
  random: Random,
  isOver: () => boolean,
  tally: Tally,
): Promise<void> {
  while (!isOver() && onlooker.size < OPERATIONS) {
    const whim = random.next();
    if (whim < 0.3) await buy(device, onlooker, rig, random, tally);
    else if (whim < 0.6) await use(device, onlooker, random, tally);
    else await read(device, onlooker, tally);
    await pause(random.whole(0, 60));
  }
}

async function buy(
  device: Shopper,
  onlooker: Onlooker,
  rig: Rig,
  random: Random,
  tally: Tally,
): Promise<void> {
  const link = await device.order(random.pick(['second_wind', 'shield_3', 'voyager_bundle']));
  if (link === undefined) return;
  const startMs = performance.now();
  const { chargeId } = await device.pay(link);
  if (chargeId === undefined) return;
  onlooker.paid(chargeId, startMs);
  count(tally.counts, 'payments');
  if (!random.chance(0.15)) return;
  onlooker.refunding(chargeId);
  try {
    rig.sandbox.control.refund({ chargeId });
    count(tally.covered, 'refunds by Telegram');
  } catch {
    // The shop has given it back before: it was the second payment of its order.
  }
}

async function use(device: Shopper, onlooker: Onlooker, random: Random, tally: Tally): Promise<void> {
  const item = random.pick(['second_wind', 'shield', 'slow_time']);
  const amount = random.whole(1, 2);
  const answered = onlooker.use(item, amount);
  const outcome = await device.use(item, amount, random.chance(0.5));
  if (outcome === 'unknown') count(tally.covered, 'uses of unknown outcome');
  else answered(outcome);
}

async function read(device: Shopper, onlooker: Onlooker, tally: Tally): Promise<void> {
  const answered = onlooker.read();
  const sight = await device.sight();
  if (!sight) return;
  answered(sight);
  count(tally.covered, 'reads');
}

/** A last look at everybody, and the search for an order of everything. */
async function judge(
  rig: Rig,
  lives: readonly Life[],
  taken: Taken,
  { seed }: StageOptions,
  tally: Tally,
): Promise<void> {
  const paid = rig.paid();
  for (const { id, onlooker, devices } of lives) {
    await read(devices[0], onlooker, tally);
    const operations = onlooker.operations(
      paid.filter(({ playerId }) => playerId === id),
      taken,
    );
    count(tally.counts, 'operations', operations.length);
    count(tally.counts, 'players');
    if (isExplained(operations)) continue;
    const told = operations
      .sort((a, b) => a.startMs - b.startMs)
      .map(({ kind, goods, rev, startMs, endMs }) =>
        [kind, JSON.stringify(goods), rev ?? '', Math.round(startMs), Math.round(endMs)].join(' '),
      );
    tally.failures.push(
      `jepsen (seed ${seed}): no order explains what player ${id} saw:\n  ${told.join('\n  ')}`,
    );
  }
}
