import fc from 'fast-check';
import type { Redis } from '../../../src/redis/client.ts';
import { count } from '../stage.ts';
import { FAULTS } from './fail-point.ts';
import { type History, histories } from './history.ts';
import { play } from './play.ts';
import { createLane, type Lane } from './world.ts';

/** Histories side by side over one connection: enough of them that no answer is waited for alone. */
const LANES = 64;
/** Made at once, from one seed. */
const BATCH = 250;
const SHRINK_WITHIN_MS = 30_000;

/** Which histories of a seed: of every `of` batches, the one numbered `part`. */
export interface HistoriesOptions {
  seed: number;
  amount: number;
  part: number;
  of: number;
  isOver(): boolean;
  /** Whether one that fails is made as small as can be. */
  shrinks?: boolean;
  log(line: string): void;
}

export interface HistoriesFound {
  played: number;
  /** What happened, and how often. */
  heard: Record<string, number>;
  failures: string[];
}

/** Of each batch; far from those of the next seed. */
const seedOf = (seed: number, number: number): number =>
  (Math.imul(seed, 0x9e3779b1) + Math.floor(number / BATCH)) & 0x7fffffff;

/** The numbers of the histories of one part, each with its history. */
function* historiesOf({ seed, amount, part, of }: HistoriesOptions): Generator<[number, History]> {
  for (let first = part * BATCH; first < amount; first += of * BATCH) {
    const batch = fc.sample(histories, {
      seed: seedOf(seed, first),
      numRuns: Math.min(BATCH, amount - first),
    });
    for (const [at, history] of batch.entries()) yield [first + at, history];
  }
}

/** Plays them, many at a time. The first that does not hold is shrunk. */
export async function playHistories(redis: Redis, options: HistoriesOptions): Promise<HistoriesFound> {
  const found: HistoriesFound = { played: 0, heard: {}, failures: [] };
  const all = historiesOf(options);
  const failed: { number: number; history: History; wrong: string[] }[] = [];

  async function work(lane: Lane): Promise<void> {
    for (const [number, history] of all) {
      const { wrong } = await play(history, { lane, number, heard: found.heard });
      found.played++;
      if (wrong.length > 0) failed.push({ number, history, wrong });
      if (options.isOver() || failed.length > 0) return;
    }
  }

  const lanes = await Promise.all(Array.from({ length: LANES }, (_, number) => createLane(redis, number)));
  await Promise.all(lanes.map(work));
  const [first] = failed;
  if (!first) return found;
  const { number, history, wrong } = first;
  found.failures.push(`history ${number} of seed ${options.seed}: ${wrong.join('; ')}`);
  if (options.shrinks === false) return found;
  const smallest = await shrink(lanes[0] as Lane, options.seed, number, history);
  const file = 'server/test/torture/quick-histories.test.ts';
  found.failures.push(
    `again: HISTORY_SEED=${options.seed} HISTORY=${number} npx vitest run --project torture ${file}`,
    `history ${number}, shrunk: ${JSON.stringify(smallest)}`,
  );
  return found;
}

/** The smallest history that still does not hold. */
async function shrink(lane: Lane, seed: number, number: number, history: History): Promise<History> {
  const property = fc.asyncProperty(histories, async (smaller) => {
    const { wrong } = await play(smaller, { lane, number, heard: {} });
    return wrong.length === 0;
  });
  const details = await fc.check(property, {
    seed: seedOf(seed, number),
    path: String(number % BATCH),
    interruptAfterTimeLimit: SHRINK_WITHIN_MS,
  });
  return details.counterexample?.[0] ?? history;
}

/** One history, told step by step for a person. */
export async function tellHistory(
  redis: Redis,
  seed: number,
  number: number,
  log: (line: string) => void,
): Promise<string[]> {
  const history = fc.sample(histories, { seed: seedOf(seed, number), numRuns: (number % BATCH) + 1 }).at(-1);
  if (!history) throw new Error(`there is no history ${number}`);
  log(`history ${number} of seed ${seed}, which ends by ${history.end}:`);
  const lane = await createLane(redis, 0);
  const { wrong } = await play(history, { lane, number, heard: {}, tell: log });
  for (const line of wrong) log(`wrong: ${line}`);
  return wrong;
}

/** What has to come up, or nothing is proved of it. */
const HAS_TO_COME_UP = [
  ...['new', 'ready', 'credited', 'refunding', 'refunded', 'expired', 'closed'].map(
    (state) => `order ${state}`,
  ),
  ...['credit', 'second', 'payer', 'amount', 'orphan', 'limit', 'stock'].map((result) => `ended ${result}`),
  ...FAULTS.map((fault) => `fault ${fault}`),
  ...['used', 'exists', 'not_enough', 'op_conflict'].map((answer) => `use ${answer}`),
  ...['payer', 'amount', 'already_paid', 'expired', 'restoring'].map((reason) => `review ${reason}`),
  ...['restoring', 'sold_out', 'limit_reached', 'order_conflict', 'repeated'].map((what) => `order ${what}`),
  ...['credited', 'held', 'refunded'].map((kind) => `walk finds ${kind}`),
  ...['credit other_order', 'credit limit_reached', 'place exists', 'take sold_out', 'give given'],
  ...['begin begun', 'cancel cancelled', 'told overdue', 'cursor stale'],
  ...['debt', 'chargeback', 'price changed', 'store emptied', 'update told', 'update not told'],
];

/** What has to come up, with how often it did. */
export function coverageOf(heard: Record<string, number>): Record<string, number> {
  return Object.fromEntries(HAS_TO_COME_UP.map((what) => [what, heard[what] ?? 0]));
}

/** Adds the counts of one part to those of the whole. */
export function addUp(whole: HistoriesFound, part: HistoriesFound): void {
  whole.played += part.played;
  whole.failures.push(...part.failures);
  for (const [what, n] of Object.entries(part.heard)) count(whole.heard, what, n);
}
