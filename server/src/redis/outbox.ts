import type { Cause } from '@stardrift/shared/protocol';
import type { Redis } from './client.ts';
import { OUTBOX_CHANNEL, outboxKey } from './keys.ts';

export interface Change {
  playerId: number;
  rev: number;
  cause: Cause;
}

/**
 * Reads the outboxes of the buckets as they grow and hands every change on, whichever process made it. A wake-up that
 * is lost while a connection is down costs nothing: `onGap` says that pushes may have been missed.
 * @param isHere whether anybody here wants to hear of the player: what others buy is not read
 */
export async function followOutbox(
  redis: Redis,
  onChange: (change: Change) => void,
  onGap: () => void,
  onError: (error: Error) => void,
  isHere: (playerId: number) => boolean = () => true,
): Promise<{ close(): Promise<void> }> {
  const subscriber = redis.duplicate();
  /** Where to read on in each bucket: an entry's id, or `(id` for what follows it. */
  const next = new Map<number, string>();
  const busy = new Set<number>();
  const again = new Set<number>();
  let subscribed = false;

  subscriber.on('error', onError);
  // A cluster speaks of its nodes, a single Redis of itself.
  for (const event of ['ready', 'node-ready']) {
    subscriber.on(event, () => {
      if (!subscribed) return;
      // An emptied store counts its entries anew, perhaps from below.
      next.clear();
      onGap();
    });
  }
  await subscriber.connect();
  await subscriber.subscribe(OUTBOX_CHANNEL, (message) => {
    const [bucket, entryId, playerId] = message.split(' ') as [string, string, string];
    if (isHere(Number(playerId))) wake(Number(bucket), entryId);
    else passOver(Number(bucket), entryId);
  });
  subscribed = true;

  function wake(bucket: number, entryId: string): void {
    if (!next.has(bucket)) next.set(bucket, entryId);
    if (busy.has(bucket)) again.add(bucket);
    else drain(bucket);
  }

  /** A bucket that is being read has come further than that by itself. */
  function passOver(bucket: number, entryId: string): void {
    if (!busy.has(bucket)) next.set(bucket, `(${entryId}`);
  }

  function drain(bucket: number): void {
    busy.add(bucket);
    readOn(bucket)
      .catch((error: Error) => {
        onError(error);
        onGap();
      })
      .finally(() => {
        busy.delete(bucket);
        if (again.delete(bucket)) drain(bucket);
      });
  }

  async function readOn(bucket: number): Promise<void> {
    const entries = (await redis.xRange(outboxKey(bucket), next.get(bucket) ?? '-', '+')) ?? [];
    for (const { id, message } of entries) {
      const { player, rev, cause } = message;
      next.set(bucket, `(${id}`);
      onChange({ playerId: Number(player), rev: Number(rev), cause: cause as Cause });
    }
  }

  return {
    async close() {
      await subscriber.close();
    },
  };
}
