import type { Redis } from '../../redis/client.ts';
import { inventoryKey, outboxKey } from '../../redis/keys.ts';
import type { OutboxBooks } from '../books.ts';
import { inBatches } from './batches.ts';

/** Ten times what the scripts keep. */
const MOST = 10_000;

export async function readOutbox(redis: Redis, bucket: number): Promise<OutboxBooks> {
  const name = outboxKey(bucket);
  const oldest = (await redis.xRange(name, '-', '+', { COUNT: MOST })) ?? [];
  const entries = oldest.map(({ id, message: { player, rev, cause = '' } }) => {
    return { id, playerId: Number(player), rev: Number(rev), cause };
  });
  const players = [...new Set(entries.map(({ playerId }) => playerId))];
  const revs = await inBatches(players, async (playerId) => {
    const rev = await redis.hGet(inventoryKey(playerId), '#rev');
    return [playerId, rev ?? undefined] as const;
  });
  return { name, isTrimmed: entries.length < MOST, entries, revs: new Map(revs) };
}
