import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../random.ts';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { allOf, pause } from '../wait.ts';
import { startCrowd } from './crowd.ts';
import type { Wire } from './proxy.ts';
import { openRedisNode } from './redis-node.ts';
import { openRig, type Rig } from './rig.ts';
import { FAULT_NAMES, type FaultName } from './wire-faults.ts';

const SIDES = ['redis', 'telegram'] as const;
type Side = (typeof SIDES)[number];

const PLAYERS = 24;
const EVERY_MS = 400;
/** The shop waits five seconds for Telegram; the rest is what the machine takes to say so. */
const ANSWERED_WITHIN_MS = 6_500;
const CHECKED_OUT_WITHIN_MS = 8_000;
/** How long a fault lasts, in each round over all of them: a moment, longer than Redis is waited for, long. */
const LASTS_MS = [1_000, 5_000, 12_000] as const;

export const badWires = stage(
  {
    name: 'bad-wires',
    title: 'T8: every fault of a wire, to Redis and to Telegram',
    quick: SIDES.length * FAULT_NAMES.length,
    full: LASTS_MS.length * SIDES.length * FAULT_NAMES.length,
  },
  async (options, tally) => {
    for (const side of SIDES) for (const fault of FAULT_NAMES) tally.covered[`${side}: ${fault}`] = 0;
    tally.covered['pre-checkouts under a fault'] = 0;
    const random = createRandom(options.seed);
    const faults = Math.ceil(options.amount / SIDES.length);
    await allOf(SIDES.map((side) => breakSide(side, faults, random.fork(), options, tally)));
  },
);

async function breakSide(
  side: Side,
  faults: number,
  random: Random,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-wires-'));
  const redis = await openRedisNode({ dir, appendfsync: 'no' });
  await redis.start();
  // Telegram's own ten seconds: what is measured here is how much of them the server needs.
  const rig = await openRig({ redis: () => redis.port, sandbox: { timings: { preCheckoutMs: 10_000 } } });
  const [{ server, toRedis, toTelegram }] = rig.stations;
  await server.start();
  try {
    for (let at = 0; at < faults && !tally.isOver(); at++) {
      const round = Math.floor(at / FAULT_NAMES.length) % LASTS_MS.length;
      const fault = FAULT_NAMES[at % FAULT_NAMES.length] as FaultName;
      const wire = side === 'redis' ? toRedis : toTelegram;
      if (!wire) throw new Error('there is no wire to break');
      await breakOnce(`${side}: ${fault}`, fault, LASTS_MS[round] ?? 0, wire, rig, random, options, tally);
    }
    count(tally.counts, 'payments', rig.paid().length);
  } finally {
    await rig.close();
    await redis.wipe();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function breakOnce(
  name: string,
  fault: FaultName,
  lastsMs: number,
  wire: Wire,
  rig: Rig,
  random: Random,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  let longestCheckoutMs = 0;
  rig.front.onDelivery = ({ news, startedMs, endedMs }) => {
    if (news !== 'pre_checkout_query') return;
    count(tally.covered, 'pre-checkouts under a fault');
    longestCheckoutMs = Math.max(longestCheckoutMs, endedMs - startedMs);
  };
  const shoppers = Array.from({ length: PLAYERS }, () => rig.shopper());
  // A refund that failed is tried again after five seconds and more: left to the longer rounds.
  const impatience = lastsMs > 1_000 ? 0.04 : 0;
  const crowd = startCrowd(shoppers, random.fork(), { everyMs: EVERY_MS, uses: true, impatience });
  await pause(EVERY_MS);
  wire.hinder(fault);
  await pause(lastsMs);
  await wire.mend();
  const mendedMs = performance.now();
  await crowd.stop();
  const longestAnswerMs = Math.max(...shoppers.map((shopper) => shopper.longestAnswerMs()));
  const wrong = await rig.settle();
  count(tally.covered, name);
  most(tally, 'longest answer, ms', longestAnswerMs);
  most(tally, 'longest pre-checkout, ms', longestCheckoutMs);
  most(tally, 'longest until all is settled, ms', performance.now() - mendedMs);
  const tell = (what: string) => tally.failures.push(`bad-wires, ${name} (seed ${options.seed}): ${what}`);
  if (longestAnswerMs > ANSWERED_WITHIN_MS) tell(`a player waited ${Math.round(longestAnswerMs)} ms`);
  if (longestCheckoutMs > CHECKED_OUT_WITHIN_MS)
    tell(`a pre-checkout took ${Math.round(longestCheckoutMs)} ms`);
  for (const each of wrong) tell(each);
  options.log(`${name} for ${lastsMs} ms: ${Math.round(longestAnswerMs)} ms the longest answer`);
  for (const shopper of rig.shoppers.splice(0)) shopper.close();
}

function most({ counts }: Tally, what: string, ms: number): void {
  counts[what] = Math.max(counts[what] ?? 0, Math.round(ms));
}
