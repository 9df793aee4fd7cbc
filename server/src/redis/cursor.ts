import type { Cursor } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { cursorKey } from './keys.ts';

export function createCursor(redis: Redis, botId: number): Cursor {
  const key = cursorKey(botId);
  return {
    read: async () => Number((await redis.get(key)) ?? 0),
    write: async (offset) => {
      await redis.set(key, String(offset));
    },
  };
}
