import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLatencies } from '../bench/load/latencies.ts';
import { openRedisNode } from './faults/redis-node.ts';
import { openRig, type Rig } from './faults/rig.ts';
import type { Shopper } from './faults/shopper.ts';
import { createRandom, type Random } from './random.ts';
import { count, type StageOptions, stage, type Tally } from './stage.ts';
import { pause } from './wait.ts';

/** As many connections as Telegram opens to a webhook at most: so many purchases begin in one moment. */
const AT_ONCE = 100;
const WAVE_EVERY_MS = 1_000;
const PLAYERS = 2_000;
/** As many handshakes under way at once; all of them in one moment would measure the backlog of the port. */
const HANDSHAKES_AT_ONCE = 50;
const WISHES = ['second_wind', 'shield_3', 'magnet_3', 'voyager_bundle'] as const;

/** Telegram gives ten seconds for the answer to a pre-checkout query. */
const MOST_MS = 500;
/** Beside other tests on the same two cores a query waits for them as well. */
const MOST_MS_IN_COMPANY = 2_500;
const SECONDS_IN_COMPANY = 10;

export const load = stage(
  {
    name: 'load',
    title: 'T12: 100 purchases at once, each second, with 2,000 players connected',
    // Seconds.
    quick: SECONDS_IN_COMPANY,
    full: 180,
  },
  async (options, tally) => {
    const dir = mkdtempSync(join(tmpdir(), 'stardrift-load-'));
    const redis = await openRedisNode({ dir, appendfsync: 'always' });
    await redis.start();
    const rig = await openRig({ redis: () => redis.port });
    try {
      await rig.stations[0].server.start();
      await bear(rig, options, tally);
    } finally {
      await rig.close();
      await redis.wipe();
      rmSync(dir, { recursive: true, force: true });
    }
  },
);

async function bear(rig: Rig, { seed, amount, log }: StageOptions, tally: Tally): Promise<void> {
  const random = createRandom(seed);
  const took = { 'pre-checkout': createLatencies(), payment: createLatencies(), purchase: createLatencies() };
  rig.front.onDelivery = ({ news, startedMs, endedMs, status }) => {
    count(tally.covered, news);
    if (news === 'pre_checkout_query') took['pre-checkout'].add(endedMs - startedMs);
    if (news === 'successful_payment') took.payment.add(endedMs - startedMs);
    if (status !== 200) tally.failures.push(`a ${news} was answered with ${status}`);
  };
  for (const news of ['pre_checkout_query', 'successful_payment']) tally.covered[news] = 0;
  await connectAll(rig, tally);
  log(`${rig.shoppers.length} players are connected`);

  const endMs = performance.now() + amount * 1_000;
  for (let first = 0; performance.now() < endMs && !tally.isOver(); first += AT_ONCE) {
    const isOver = pause(WAVE_EVERY_MS);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, i) => {
        const startedMs = performance.now();
        await buy(rig.shoppers[(first + i) % PLAYERS] as Shopper, random, tally);
        took.purchase.add(performance.now() - startedMs);
      }),
    );
    await isOver;
    count(tally.counts, 'waves');
  }
  for (const wrong of await rig.settle()) tally.failures.push(wrong);

  tally.counts.purchases = rig.paid().length;
  for (const [what, latencies] of Object.entries(took)) {
    const { p50, p99, max } = latencies.spread();
    for (const [name, ms] of Object.entries({ p50, p99, max }))
      tally.counts[`${what} ${name}, ms`] = Math.round(ms);
  }
  const { p99 } = took['pre-checkout'].spread();
  const most = amount <= SECONDS_IN_COMPANY ? MOST_MS_IN_COMPANY : MOST_MS;
  if (p99 >= most)
    tally.failures.push(`99 of 100 pre-checkout queries took up to ${Math.round(p99)} ms, not ${most}`);
}

async function connectAll(rig: Rig, tally: Tally): Promise<void> {
  while (rig.shoppers.length < PLAYERS) {
    const some = Array.from({ length: HANDSHAKES_AT_ONCE }, () => rig.shopper());
    const seen = await Promise.all(some.map((shopper) => shopper.sight()));
    if (seen.includes(undefined)) tally.failures.push('a player who has just come gets no answer');
  }
  tally.covered['players connected'] = rig.shoppers.length;
}

/** The whole way: the order by socket, the question before the Stars go, and the payment. */
async function buy(shopper: Shopper, random: Random, { failures }: Tally): Promise<void> {
  const sku = random.pick(WISHES);
  const answer = await shopper.ask('order', {
    orderId: `load-${random.whole(1e9, 2e9)}-${random.whole(1e9, 2e9)}`,
    sku,
  });
  if (!answer?.ok) return void failures.push(`no order for ${sku}: ${answer?.code ?? 'no answer'}`);
  const { status, error } = await shopper.pay(answer.invoiceUrl);
  if (status !== 'paid') failures.push(`a payment of ${sku} ended as ${status}: ${error ?? ''}`);
}
