import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { allOf, eventually } from '../wait.ts';
import { startCrowd } from './crowd.ts';
import { lookAtWhatWasKept, morePayments } from './kept.ts';
import { openProxy, type Wire } from './proxy.ts';
import { openRedisNode, type RedisNode } from './redis-node.ts';
import { replicate, tellRedis } from './replication.ts';
import { openRig, type Rig } from './rig.ts';

/** A Redis and the wire by which another one replicates it. */
interface Node {
  redis: RedisNode;
  wire: Wire;
}

const PLAYERS = 40;
const EVERY_MS = 600;
const CHECK_EVERY = 5;

export const promotion = stage(
  {
    name: 'promotion',
    title: 'T6: a replica that stood still is promoted, with and without WAIT',
    quick: 2,
    full: 40,
  },
  async (options, tally) => {
    tally.covered['payments while the replica stood still'] = 0;
    await allOf([
      series(true, Math.ceil(options.amount / 2), options, tally),
      series(false, Math.floor(options.amount / 2), options, tally),
    ]);
  },
);

async function series(wait: boolean, promotions: number, options: StageOptions, tally: Tally): Promise<void> {
  const random = createRandom(options.seed + Number(wait));
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-promotion-'));
  const nodes = (await Promise.all(['a', 'b'].map((name) => openNode(join(dir, name))))) as [Node, Node];
  let [master, replica] = nodes;
  await replicate(replica.redis, master.wire.port);
  const rig = await openRig({
    redis: () => master.redis.port,
    env: { REDIS_REPLICAS: wait ? '1' : '0' },
    // A server that waits in vain is not asked again at once.
    sandbox: { timings: { retryUnitMs: 50, retryCapMinMs: 1_500, retryCapMaxMs: 2_500 } },
  });
  await rig.stations[0].server.start();
  const shoppers = Array.from({ length: PLAYERS }, () => rig.shopper());
  try {
    for (let left = promotions; left > 0 && !tally.isOver(); ) {
      // Only payments are waited for: what a player used may come back to them.
      const crowd = startCrowd(shoppers, random.fork(), { everyMs: EVERY_MS, uses: false });
      for (let now = Math.min(left, CHECK_EVERY); now > 0; now--, left--) {
        await promote(wait, master, replica, rig, random, tally);
        [master, replica] = [replica, master];
      }
      await crowd.stop();
      options.log(`${promotions - left} of ${promotions} with WAIT ${wait ? 'on' : 'off'}`);
      for (const wrong of await rig.settle())
        tally.failures.push(`promotion, WAIT ${wait ? 'on' : 'off'} (seed ${options.seed}): ${wrong}`);
    }
    count(tally.counts, 'payments', rig.paid().length);
  } finally {
    await rig.close();
    for (const { redis, wire } of nodes) {
      await redis.wipe();
      await wire.close();
    }
    rmSync(dir, { recursive: true, force: true });
  }
}

async function openNode(dir: string): Promise<Node> {
  const redis = await openRedisNode({ dir, appendfsync: 'no' });
  await redis.start();
  return { redis, wire: await openProxy(() => redis.port) };
}

/** The replica stops hearing of anything, its master dies, and the replica takes its place with what it has. */
async function promote(
  wait: boolean,
  master: Node,
  replica: Node,
  rig: Rig,
  random: Random,
  tally: Tally,
): Promise<void> {
  const [{ toRedis }] = rig.stations;
  if (!toRedis) throw new Error('a promotion needs a wire to Redis');
  await morePayments(rig, random.whole(4, 20));
  master.wire.hinder('reply-lost');
  const before = rig.paid().length;
  // Each that waits for the replica in vain holds up the others: few will get through.
  await morePayments(rig, wait ? random.whole(1, 3) : random.whole(4, 20));
  if (random.chance(0.5)) await replaceServer(rig, tally);
  count(tally.covered, 'payments while the replica stood still', rig.paid().length - before);

  await master.redis.kill();
  toRedis.hinder('refuse');
  const acknowledged = rig.acknowledged();
  await tellRedis(replica.redis.url, 'REPLICAOF', 'NO', 'ONE');
  await master.wire.mend();
  count(tally.counts, 'promotions');
  const name = `promotion, WAIT ${wait ? 'on' : 'off'}`;
  const label = wait ? 'WAIT on' : 'WAIT off';
  await lookAtWhatWasKept({ name, label, keepsAll: wait }, replica.redis.url, rig, acknowledged, tally);

  await master.redis.wipe();
  await master.redis.start();
  await replicate(master.redis, replica.wire.port);
  await toRedis.mend();
}

/**
 * Another server takes over while the replica still stands still. Telegram tells it again of what the first was told and
 * could not make safe; its own connection to Redis has written nothing of that.
 */
async function replaceServer(rig: Rig, tally: Tally): Promise<void> {
  const [{ server }] = rig.stations;
  server.strike();
  await server.ended();
  let told = 0;
  rig.front.onDelivery = ({ news, status }) => {
    if (news === 'successful_payment' && status > 0) told++;
  };
  await server.start();
  await eventually(() => told >= 1, 'the new server is told of payments', 20_000);
  rig.front.onDelivery = () => {};
  count(tally.counts, 'servers replaced meanwhile');
}
