import { createClient } from 'redis';
import { count, type Tally } from '../stage.ts';
import { eventually } from '../wait.ts';
import type { Rig } from './rig.ts';
import { partialIn, readBook } from './store.ts';

/** What is expected of a store that comes back. */
export interface Expectation {
  /** What the failures are told of. */
  name: string;
  /** Under which losses are counted, such as the setting that was tried. */
  label: string;
  /** Whether a payment whose news was taken must be there before anything repairs it. */
  keepsAll: boolean;
}

/** Looks into the store while nobody else can write: the server must be kept away. */
export async function lookAtWhatWasKept(
  { name, label, keepsAll }: Expectation,
  redisUrl: string,
  rig: Rig,
  acknowledged: ReadonlySet<string>,
  tally: Tally,
): Promise<void> {
  const client = await createClient({ url: redisUrl }).connect();
  const paid = rig.paid();
  const book = await readBook(client, new Set(paid.map(({ playerId }) => playerId)));
  client.destroy();
  const lost = [...acknowledged].filter((chargeId) => !book.charges.has(chargeId));
  count(tally.counts, `lost until repaired, ${label}`, lost.length);
  if (keepsAll && lost.length > 0)
    tally.failures.push(`${name}: ${lost.length} acknowledged payments are lost, such as ${lost[0]}`);
  for (const partial of partialIn(book, paid)) tally.failures.push(`${name}: partial: ${partial}`);
}

/** Waits until players have paid so many times more. */
export async function morePayments(rig: Rig, more: number): Promise<void> {
  const wanted = rig.paid().length + more;
  await eventually(() => rig.paid().length >= wanted, 'players go on paying', 30_000);
}
