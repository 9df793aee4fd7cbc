import type { Redis } from './client.ts';
import { BUCKETS } from './keys.ts';

/** Buckets asked at once: few enough to leave the command queue free for the money. */
const AT_ONCE = 64;

/** The members of a sorted set in every bucket whose moment has come. */
export async function dueMembers(
  redis: Redis,
  keyOf: (bucket: number) => string,
  nowMs: number,
): Promise<string[]> {
  const found: string[] = [];
  for (let first = 0; first < BUCKETS; first += AT_ONCE) {
    const buckets = Array.from({ length: AT_ONCE }, (_, i) =>
      redis.zRangeByScore(keyOf(first + i), '-inf', nowMs),
    );
    found.push(...(await Promise.all(buckets)).flat());
  }
  return found;
}
