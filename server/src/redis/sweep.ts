import type { Redis } from './client.ts';
import { BUCKETS } from './keys.ts';

/** Buckets asked at once: few enough to leave the command queue free for the money. */
const AT_ONCE = 64;

/** The members of a sorted set in every bucket whose moment has come, the longest due first; at most so many. */
export async function dueMembers(
  redis: Redis,
  keyOf: (bucket: number) => string,
  nowMs: number,
  most = Number.MAX_SAFE_INTEGER,
): Promise<string[]> {
  const found: { value: string; score: number }[] = [];
  const LIMIT = { offset: 0, count: most };
  for (let first = 0; first < BUCKETS; first += AT_ONCE) {
    const buckets = Array.from({ length: AT_ONCE }, (_, i) =>
      redis.zRangeByScoreWithScores(keyOf(first + i), '-inf', nowMs, { LIMIT }),
    );
    found.push(...(await Promise.all(buckets)).flat());
  }
  found.sort((a, b) => a.score - b.score);
  return found.slice(0, most).map(({ value }) => value);
}
