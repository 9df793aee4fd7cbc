import { startTestCluster, type TestCluster } from '../../../../tools/redis/test-server.ts';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { pause } from '../wait.ts';
import { startCrowd } from './crowd.ts';
import { morePayments } from './kept.ts';
import { tellRedis } from './replication.ts';
import { openRig, type Rig } from './rig.ts';
import type { Shopper } from './shopper.ts';
import { moveSlots, slotsOf } from './slots.ts';

const PLAYERS = 60;
const EVERY_MS = 800;
/** Players who do nothing but ask whether the shop still writes for them: enough to meet every master. */
const PROBES = 24;
const OUTAGE_AT_MOST_MS = 8_000;

export const cluster = stage(
  {
    name: 'cluster',
    title: 'T7: a cluster loses a master under load, moves slots, and has forgotten the scripts',
    quick: 1,
    full: 12,
  },
  async (options, tally) => {
    tally.covered['keys moved'] = 0;
    const random = createRandom(options.seed);
    for (let run = 0; run < options.amount && !tally.isOver(); run++) {
      // Who waits for a replica needs another one when the first has become the master.
      const wait = random.chance(0.5);
      const nodes = await startTestCluster({ replicas: wait ? 2 : 1 });
      const rig = await openRig({ redis: nodes.url, env: { REDIS_REPLICAS: wait ? '1' : '0' } });
      try {
        await loseMaster(nodes, rig, random, options, tally);
      } finally {
        await rig.close();
        await nodes.close();
      }
    }
  },
);

async function loseMaster(
  nodes: TestCluster,
  rig: Rig,
  random: Random,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  await rig.stations[0].server.start();
  const shoppers = Array.from({ length: PLAYERS }, () => rig.shopper());
  const probes = Array.from({ length: PROBES }, () => rig.shopper());
  const crowd = startCrowd(shoppers, random.fork(), { everyMs: EVERY_MS, uses: false });
  await morePayments(rig, 20);
  await moveSome(nodes, shoppers, random, tally);

  const [lost] = nodes.nodes.slice(random.whole(0, 2));
  const paid = rig.paid().length;
  await lost?.kill();
  const outageMs = await untilAllWrite(probes);
  count(tally.counts, 'masters lost');
  tally.counts['longest outage, ms'] = Math.max(
    tally.counts['longest outage, ms'] ?? 0,
    Math.round(outageMs),
  );
  count(tally.counts, 'payments while a master was away', rig.paid().length - paid);
  if (outageMs > OUTAGE_AT_MOST_MS)
    tally.failures.push(`cluster: the shop was away for ${Math.round(outageMs)} ms after a master was lost`);

  await morePayments(rig, 20);
  await crowd.stop();
  for (const wrong of await rig.settle()) tally.failures.push(`cluster (seed ${options.seed}): ${wrong}`);
  count(tally.counts, 'payments', rig.paid().length);
  options.log(`a master lost, the shop away for ${Math.round(outageMs)} ms`);
}

/** Slots of players who are buying go to another master, which has forgotten every script. */
async function moveSome(
  nodes: TestCluster,
  shoppers: Shopper[],
  random: Random,
  tally: Tally,
): Promise<void> {
  const masters = nodes.nodes.slice(0, 3).map(({ url }) => url);
  const from = random.pick(masters);
  const to = random.pick(masters.filter((url) => url !== from));
  const slots = await slotsOf(
    from,
    shoppers.map(({ id }) => id),
  );
  const moving = slots.slice(0, Math.ceil(slots.length / 2));
  await tellRedis(to, 'SCRIPT', 'FLUSH');
  const keys = await moveSlots(
    from,
    to,
    moving,
    nodes.nodes.map(({ url }) => url),
  );
  count(tally.covered, 'keys moved', keys);
  count(tally.counts, 'slots moved', moving.length);
}

/** @returns how long it took until every one of them got an answer that only the master of their keys can give */
async function untilAllWrite(probes: readonly Shopper[]): Promise<number> {
  const startedMs = performance.now();
  for (;;) {
    // Nobody has any: a refusal is the answer of a script that looked.
    const outcomes = await Promise.all(probes.map((probe) => probe.use('void_brake')));
    const nowMs = performance.now() - startedMs;
    if (outcomes.every((outcome) => outcome === 'refused') || nowMs > 60_000) return nowMs;
    await pause(50);
  }
}
