import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { eventually } from '../wait.ts';
import { startCrowd } from './crowd.ts';
import { type Weight, watchMemory } from './memory.ts';
import { openRedisNode, type RedisNode } from './redis-node.ts';
import { openRig, type Rig } from './rig.ts';
import { TROUBLES } from './trouble.ts';

/** Together a hundred payments a second. */
const PLAYERS = 280;
const EVERY_MS = 2_500;
const TROUBLE_EVERY_MS = 30_000;
/** Of what breaks, all that leaves the server alive: it is its memory that is watched. */
const SOAK_TROUBLES = Object.keys(TROUBLES).filter((name) => name !== 'server killed');
const SLOPE_AT_MOST = 1;
/** Updates on their way, at a hundred payments a second, half a minute after a fault. */
const QUEUE_AT_MOST = 50;

export const soak = stage(
  {
    name: 'soak',
    title: 'T13: a hundred payments a second, and a fault each half minute',
    // Seconds; in a few of them the slope of the memory says nothing.
    quick: 0,
    full: 480,
  },
  async (options, tally) => {
    tally.covered.faults = 0;
    const dir = mkdtempSync(join(tmpdir(), 'stardrift-soak-'));
    const redis = await openRedisNode({ dir, appendfsync: 'always' });
    await redis.start();
    const rig = await openRig({ redis: () => redis.port });
    try {
      await soakIn(rig, redis, options, tally);
    } finally {
      await rig.close();
      await redis.wipe();
      rmSync(dir, { recursive: true, force: true });
    }
  },
);

async function soakIn(rig: Rig, redis: RedisNode, options: StageOptions, tally: Tally): Promise<void> {
  const random = createRandom(options.seed);
  const [{ server }] = rig.stations;
  await server.start();
  const shoppers = Array.from({ length: PLAYERS }, () => rig.shopper());
  const crowd = startCrowd(shoppers, random.fork(), { everyMs: EVERY_MS, uses: true });
  const memory = watchMemory(server.pid() ?? 0);
  const startedMs = performance.now();
  const endMs = startedMs + options.amount * 1_000;
  for (
    let dueMs = startedMs + TROUBLE_EVERY_MS;
    dueMs <= endMs && !tally.isOver();
    dueMs += TROUBLE_EVERY_MS
  ) {
    await oneTrouble(rig, redis, random, tally);
    await eventually(() => performance.now() >= dueMs, 'half a minute is over', 2 * TROUBLE_EVERY_MS, 100);
    lookAtQueue(rig.untold(), tally);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  await crowd.stop();
  weigh(await memory.stop(), tally);
  tally.counts.payments = rig.paid().length;
  tally.counts['payments a second'] = Math.round(rig.paid().length / seconds);
  for (const wrong of await rig.settle()) tally.failures.push(`soak (seed ${options.seed}): ${wrong}`);
}

async function oneTrouble(rig: Rig, redis: RedisNode, random: Random, tally: Tally): Promise<void> {
  const name = random.pick(SOAK_TROUBLES);
  await TROUBLES[name]?.(rig, redis, random);
  count(tally.covered, 'faults');
}

function lookAtQueue(length: number, tally: Tally): void {
  tally.counts['longest queue'] = Math.max(tally.counts['longest queue'] ?? 0, length);
  if (length > QUEUE_AT_MOST)
    tally.failures.push(`soak: ${length} updates wait, half a minute after the last fault`);
}

function weigh({ slope, mostMegabytes }: Weight, tally: Tally): void {
  tally.counts['memory at most, MB'] = Math.round(mostMegabytes);
  tally.counts['memory slope, MB/min'] = Math.round(slope * 100) / 100;
  if (slope > SLOPE_AT_MOST)
    tally.failures.push(`soak: the memory of the server grows by ${slope.toFixed(2)} MB a minute`);
}
