import type { Redis } from './client.ts';

const WANTED = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };

/**
 * What in the settings of Redis could cost a purchase: one line each, with the cure. Empty as well where Redis does not
 * tell, as hosted ones and clusters may not.
 */
export async function risksOf(redis: Redis): Promise<string[]> {
  try {
    const settings = await redis.configGet(Object.keys(WANTED));
    return Object.entries(WANTED)
      .filter(([name, wanted]) => settings[name] !== undefined && settings[name] !== wanted)
      .map(
        ([name, wanted]) =>
          `${name} is ${settings[name]}: set "${name} ${wanted}", or the last purchases may be lost`,
      );
  } catch {
    return [];
  }
}
