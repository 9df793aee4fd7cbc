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
 * Resolves when replicas have all that was written to the key's node before the call.
 * @throws {NotReplicated} when they are too slow
 */
export type Replicated = (key: string) => Promise<void>;

/** For a store whose replicas nobody waits for. */
export const unreplicated: Replicated = async () => {};

/**
 * @param redis a connection for nothing else: WAIT holds up whatever comes after it
 * @param replicas how many must have it
 */
export function createReplicated(redis: Redis, replicas: number): Replicated {
  // A cluster has to be told whose replicas are meant; a single Redis takes no key.
  const cluster = redis as unknown as { masters?: unknown } & {
    sendCommand(key: string, isReadonly: boolean, command: string[]): Promise<unknown>;
  };
  const isCluster = cluster.masters !== undefined;
  const send = (key: string, command: string[]) =>
    isCluster ? cluster.sendCommand(key, false, command) : redis.sendCommand(command);

  async function ask(key: string): Promise<void> {
    // WAIT means what its own connection has seen. A PING sees all that was written before it, by anybody.
    const [, have] = await Promise.all([
      send(key, ['PING']),
      send(key, ['WAIT', String(replicas), String(WAIT_MS)]),
    ]);
    if (Number(have) < replicas) throw new NotReplicated(Number(have), replicas);
  }

  /** Slot by slot on a cluster, all together on a single Redis. */
  const slotOf = (key: string): string => (isCluster ? key.slice(0, key.indexOf('}') + 1) : '');
  const rounds = new Map<string, Round>();

  /** Whoever comes while a question is under way shares the next one: a slow replica is asked once for all. */
  return (key) => {
    const slot = slotOf(key);
    const round = rounds.get(slot);
    if (round) {
      round.next ??= round.now.catch(() => {}).then(() => begin(slot, key));
      return round.next;
    }
    return begin(slot, key);
  };

  function begin(slot: string, key: string): Promise<void> {
    const round: Round = { now: ask(key) };
    rounds.set(slot, round);
    const end = (): void => {
      if (rounds.get(slot) === round && !round.next) rounds.delete(slot);
    };
    round.now.then(end, end);
    return round.now;
  }
}

interface Round {
  now: Promise<void>;
  next?: Promise<void>;
}
