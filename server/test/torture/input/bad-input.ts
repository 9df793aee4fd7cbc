import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import type { Mutated } from './attacker.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { judgeLog, judgeMemory, judgePulse, judgeStore } from './judgement.ts';
import { settledMemory } from './memory.ts';
import { MUTATIONS } from './mutate.ts';
import { feelPulse } from './pulse.ts';
import { openScene, payHonestly, type Scene } from './scene.ts';
import { takeStock } from './stocktaking.ts';

const FRAMES_PER_BODY = 1 / 3;
/** Sent before the memory is measured for the first time: caches fill and code is compiled. */
const WARM_UP = 0.25;
const PORTION = 20_000;
const FEWEST_CASES = 2_000;
const ORDERS_WANTED = 1_000;
const MOST_ORDERS = 20;
const MOST_TOLD = 20;
const HONEST = 4_000_000;

export const badInput = stage(
  {
    name: 'bad-input',
    title: 'T9: fixed cases of bad input, then mutated updates and socket frames',
    // Bodies; of frames there are a third as many.
    quick: 3_000,
    full: 1_000_000,
  },
  async (options, tally) => {
    const scene = await openScene();
    const pid = scene.server.pid();
    try {
      await attack(scene, options, tally);
    } finally {
      const isAlive = pid !== undefined && scene.server.pid() === pid;
      tally.counts.crashes = isAlive ? 0 : 1;
      if (!isAlive) tally.failures.push('the server is not the process it was');
      await judgeLog(scene.logFile, tally);
      await scene.close();
    }
  },
);

async function attack(scene: Scene, options: StageOptions, tally: Tally): Promise<void> {
  const { server, redis, logFile } = scene;
  await payHonestly(scene, HONEST);
  const before = await takeStock(redis.url);
  const pulse = feelPulse(server.url);
  await sendCorpus(scene, options, tally);
  await askForOrders(scene, tally);
  const changes = new Map(MUTATIONS.map((name) => [name, 0]));
  await sendMutated(scene, options, tally, changes, [0, WARM_UP]);
  const warm = await settledMemory(logFile);
  await sendMutated(scene, options, tally, changes, [WARM_UP, 1]);
  judgeMemory(warm, await settledMemory(logFile), tally);
  judgePulse(await pulse.stop(), tally);
  judgeStore(before, await takeStock(redis.url), tally);
  mustAllComeUp('kinds of change', changes, tally);
  await payHonestly(scene, HONEST + 1);
}

/** A coverage counter of how many of them came up, and a failure for each that did not. */
function mustAllComeUp(what: string, times: ReadonlyMap<string, number>, { covered, failures }: Tally): void {
  const missing = [...times].filter(([, n]) => n === 0).map(([name]) => name);
  covered[what] = times.size - missing.length;
  if (missing.length > 0) failures.push(`${what} that never came up: ${missing.join(', ')}`);
}

/** What the fixed cases must have met among much else. */
const OUTCOMES = [
  ...['200', '400'].map((status) => `update ${status}`),
  ...['200', '400', '401', '403', '404', '413', '431'].map((status) => `wire ${status}`),
  ...['opened', 'closed', 'unauthorized', 'expired', 'protocol'].map((word) => `handshake ${word}`),
  ...['ok', 'bad_request', 'unknown_request', 'unknown_item', 'closed'].map((word) => `request ${word}`),
  ...['open', 'closed'].map((word) => `packets ${word}`),
];

async function sendCorpus({ attacker, target }: Scene, { log }: StageOptions, tally: Tally): Promise<void> {
  const { cases, outcomes, corruptions, failures } = await attacker.ask('corpus', target);
  tally.counts.cases = cases;
  if (cases < FEWEST_CASES) tally.failures.push(`there are only ${cases} fixed cases`);
  const told = Object.entries(outcomes).map(([outcome, n]) => `${outcome} ${n}`);
  log(`${cases} fixed cases: ${told.sort().join(', ')}`);
  for (const outcome of OUTCOMES) tally.covered[outcome] = outcomes[outcome] ?? 0;
  const sent = new Map(CORRUPTIONS.map(({ name }) => [name, 0]));
  for (const [name, n] of corruptions) sent.set(name, n);
  mustAllComeUp('kinds of corruption', sent, tally);
  tally.failures.push(...failures.slice(0, MOST_TOLD));
  if (failures.length > MOST_TOLD) tally.failures.push(`and ${failures.length - MOST_TOLD} cases more`);
}

/** One player wants a thousand open orders. */
async function askForOrders({ attacker, target }: Scene, tally: Tally): Promise<void> {
  const portion = { target, seed: 0, from: 0, count: ORDERS_WANTED };
  const { placed = 0, ...others } = await attacker.ask('orders', portion);
  tally.covered['orders refused of a thousand'] = others.too_fast ?? 0;
  if (placed === 0 || placed > MOST_ORDERS || others.too_fast !== ORDERS_WANTED - placed)
    tally.failures.push(`of ${ORDERS_WANTED} orders: ${JSON.stringify({ placed, ...others })}`);
}

/** The part of the mutated bodies and frames between two shares of them all. */
async function sendMutated(
  { attacker, target }: Scene,
  { seed, amount, log }: StageOptions,
  tally: Tally,
  changes: Map<string, number>,
  [from, to]: readonly [number, number],
): Promise<void> {
  const kinds = { bodies: amount, frames: Math.ceil(amount * FRAMES_PER_BODY) };
  for (const [kind, all] of Object.entries(kinds) as ['bodies' | 'frames', number][]) {
    const end = Math.round(all * to);
    for (let at = Math.round(all * from); at < end && !tally.isOver(); at += PORTION) {
      const portion = { target, seed: seed + at, from: at, count: Math.min(PORTION, end - at) };
      const startedMs = performance.now();
      const mutated = await attacker.ask(kind, portion);
      const perSecond = Math.round(portion.count / ((performance.now() - startedMs) / 1_000));
      log(`${kind}: ${at + portion.count} of ${all}, ${perSecond} a second`);
      for (const [name, n] of mutated.changes) changes.set(name, (changes.get(name) ?? 0) + n);
      addUp(kind, mutated, tally);
    }
  }
}

/** Nothing is broken around the server, so that every payment can be handled: there is no reason for a 5xx. */
const EXPECTED = {
  bodies: ['200', '400'],
  frames: ['ok', 'ignored', 'closed', 'bad_request', 'unknown_request', 'unknown_order', 'not_enough'],
};
/** Seldom, and just as well. */
const FAULTS = { bodies: /^(0|5\d\d)$/, frames: /^unavailable$/ };

function addUp(kind: 'bodies' | 'frames', { sent, credible, outcomes }: Mutated, tally: Tally): void {
  const { counts, covered, failures } = tally;
  count(counts, kind, sent);
  count(counts, `credible ${kind}, not sent`, credible);
  for (const outcome of EXPECTED[kind]) count(covered, `${kind} ${outcome}`, outcomes[outcome] ?? 0);
  for (const [outcome, n] of Object.entries(outcomes))
    if (FAULTS[kind].test(outcome)) failures.push(`${n} ${kind} ended as ${outcome}`);
}
