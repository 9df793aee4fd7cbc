import { connectRedis } from '../../../src/redis/client.ts';
import { playCrashes } from '../model/crashes.ts';
import type { Fault } from '../model/fail-point.ts';
import { playHistories } from '../model/histories.ts';

export interface Verdict {
  /** What saw the mistake; undefined when nothing did. */
  killedBy?: string;
  said?: string;
}

/** How long the search goes on, from what finds most to what finds the rest. */
const ROUNDS: { crashes: number; faults?: readonly Fault[]; histories: number }[] = [
  { crashes: 60, histories: 400 },
  { crashes: 400, histories: 2_500 },
  // What is seen only when one thing happens in the middle of another.
  { crashes: Number.POSITIVE_INFINITY, faults: ['slow'], histories: 0 },
];

/**
 * Asks the scenarios, the crashes and the histories whether this tree, in which it lies, sells as it promises.
 * @param onProgress told whenever one of them has come to its end
 */
export async function judge(redisUrl: string, seed: number, onProgress: () => void): Promise<Verdict> {
  const redis = await connectRedis(redisUrl, 'money', () => {});
  const isOver = (): boolean => {
    onProgress();
    return false;
  };
  const log = (): void => {};
  try {
    for (const { crashes, histories, ...more } of ROUNDS) {
      await redis.flushAll();
      const { failures, survey } = await playCrashes(redis, { seed, amount: crashes, isOver, ...more });
      if (failures[0] !== undefined) return { killedBy: survey ? 'scenarios' : 'crashes', said: failures[0] };
      const found = await playHistories(redis, {
        seed,
        amount: histories,
        part: 0,
        of: 1,
        isOver,
        log,
        shrinks: false,
      });
      if (found.failures[0] !== undefined) return { killedBy: 'histories', said: found.failures[0] };
    }
    return {};
  } finally {
    redis.destroy();
  }
}
