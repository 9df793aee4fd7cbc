import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, type Tally } from '../stage.ts';
import { pause } from '../wait.ts';
import { startCrowd } from './crowd.ts';
import { lookAtWhatWasKept, morePayments } from './kept.ts';
import { openRedisNode, type RedisNode, type RedisNodeOptions } from './redis-node.ts';
import { tellRedis } from './replication.ts';
import { openRig, type Rig } from './rig.ts';

/** A store that dies under load and comes back with what it kept. */
export interface Crash {
  /** What the failures are told of. */
  name: string;
  appendfsync: 'always' | 'everysec';
  /** Whether a payment whose news was taken must be there as soon as the store is back, before anything repairs it. */
  keepsAll: boolean;
  preload?: RedisNodeOptions['preload'];
  /** Ends the store and leaves its folder as such an end leaves it. */
  strike(redis: RedisNode): Promise<void>;
}

const PLAYERS = 60;
/** Each player buys so often while the load runs. */
const EVERY_MS = 600;
const CHECK_EVERY = 20;

/** Load, crash, a look at what was kept, on with the load: one store and one server through it all. */
export async function crashAgainAndAgain(
  crash: Crash,
  crashes: number,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  const random = createRandom(options.seed);
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-crash-'));
  const { appendfsync, preload } = crash;
  const redis = await openRedisNode({ dir, appendfsync, ...(preload && { preload }) });
  await redis.start();
  const rig = await openRig({ redis: () => redis.port });
  await rig.stations[0].server.start();
  const shoppers = Array.from({ length: PLAYERS }, () => rig.shopper());
  try {
    for (let left = crashes; left > 0 && !tally.isOver(); ) {
      const crowd = startCrowd(shoppers, random.fork(), { everyMs: EVERY_MS, uses: crash.keepsAll });
      for (let now = Math.min(left, CHECK_EVERY); now > 0; now--, left--)
        await crashOnce(crash, redis, rig, random, tally);
      await crowd.stop();
      options.log(`${crashes - left} of ${crashes} with ${crash.appendfsync}, ${rig.paid().length} payments`);
      for (const wrong of await rig.settle())
        tally.failures.push(`${crash.name} (seed ${options.seed}): ${wrong}`);
    }
    count(tally.counts, 'payments acknowledged', rig.acknowledged().size);
  } finally {
    await rig.close();
    await redis.wipe();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function crashOnce(
  crash: Crash,
  redis: RedisNode,
  rig: Rig,
  random: Random,
  tally: Tally,
): Promise<void> {
  const wire = rig.stations[0].toRedis;
  if (!wire) throw new Error('a crash of the store needs a wire to it');
  await morePayments(rig, random.whole(4, 30));
  await pause(random.whole(0, 60));
  // Now and then in the middle of writing the file anew.
  if (random.chance(0.2)) await tellRedis(redis.url, 'BGREWRITEAOF').catch(() => undefined);
  await crash.strike(redis);
  count(tally.counts, `crashes, ${crash.appendfsync}`);
  wire.hinder('refuse');
  const acknowledged = rig.acknowledged();
  await redis.start();
  await lookAtWhatWasKept({ ...crash, label: crash.appendfsync }, redis.url, rig, acknowledged, tally);
  await wire.mend();
  const underWay = rig.paid().length - acknowledged.size;
  if (underWay > 0) count(tally.covered, 'payments under way', underWay);
}
