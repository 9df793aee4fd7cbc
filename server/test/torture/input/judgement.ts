import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Tally } from '../stage.ts';
import type { Memory } from './memory.ts';
import type { Beats } from './pulse.ts';
import type { Stocktaking } from './stocktaking.ts';

const MOST_GROWTH = 50 << 20;
const mb = (bytes: number): number => Math.round(bytes / (1 << 20));

/** What is held on to between two moments of the attack, once all garbage is gone. */
export function judgeMemory(warm: Memory, last: Memory, { counts, failures }: Tally): void {
  counts['memory warm, MB'] = mb(warm.rss);
  counts['memory growth, MB'] = mb(last.rss - warm.rss);
  counts['heap growth, MB'] = mb(last.heapUsed - warm.heapUsed);
  if (last.rss - warm.rss > MOST_GROWTH)
    failures.push(`the memory of the server grew from ${mb(warm.rss)} to ${mb(last.rss)} MB`);
}

/** Nobody has got anything, and nothing lies in the store that is none of the shop's. */
export function judgeStore(
  before: Stocktaking,
  after: Stocktaking,
  { counts, covered, failures }: Tally,
): void {
  const credits = after.credits.filter((charge) => !before.credits.includes(charge));
  counts.credits = credits.length;
  counts['refunds still owed'] = after.owed;
  covered['charges held'] = after.held;
  if (credits.length > 0) failures.push(`credited: ${credits.slice(0, 20).join(', ')}`);
  if (JSON.stringify(after.inventories) !== JSON.stringify(before.inventories))
    failures.push(`inventories changed: ${JSON.stringify(after.inventories).slice(0, 1_000)}`);
  if (after.strangeKeys.length > 0)
    failures.push(`keys that are none of the shop's: ${after.strangeKeys.slice(0, 20).join(' ')}`);
}

export function judgePulse({ health, worstLagMs }: Beats, { counts }: Tally): void {
  counts['healthz p50, ms'] = Math.round(health.p50);
  counts['healthz p99, ms'] = Math.round(health.p99);
  counts['worst event loop lag, ms'] = Math.round(worstLagMs);
}

/** Words of the log that tell of what nobody has foreseen. */
const UNFORESEEN = [
  'the server ends',
  'an update could not be answered',
  'a page failed',
  'a request failed',
];

/** Read line by line: after a million updates it is longer than a string may be. */
export async function judgeLog(logFile: string, { failures }: Tally): Promise<void> {
  const unheard = new Set(UNFORESEEN);
  for await (const line of createInterface(createReadStream(logFile)))
    for (const words of unheard)
      if (line.includes(words)) {
        failures.push(`the log says: ${line.slice(0, 800)}`);
        unheard.delete(words);
      }
}
