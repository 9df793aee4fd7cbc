import type { Redis } from './client.ts';

const WAIT_MS = 50;

/** Too few replicas have what was written: it is in the store, and may be lost with its master. */
export class NotReplicated extends Error {
  constructor(have: number, wanted: number) {
    super(
      `Redis: ${have} of ${wanted} replicas had a payment within ${WAIT_MS} ms; Telegram is asked to tell of it again. Look after the replicas, or lower REDIS_REPLICAS.`,
    );
    this.name = 'NotReplicated';
  }
}

/**
 * Waits until replicas have what was written to the key over this connection.
 * @throws {NotReplicated} when they are too slow
 */
export async function untilReplicated(redis: Redis, key: string, replicas: number): Promise<void> {
  if (replicas === 0) return;
  const command = ['WAIT', String(replicas), String(WAIT_MS)];
  // A cluster has to be told whose replicas are meant; a single Redis takes no key.
  const cluster = redis as unknown as { masters?: unknown } & {
    sendCommand(key: string, isReadonly: boolean, command: string[]): Promise<unknown>;
  };
  const have = cluster.masters
    ? await cluster.sendCommand(key, false, command)
    : await redis.sendCommand(command);
  if (Number(have) < replicas) throw new NotReplicated(Number(have), replicas);
}
