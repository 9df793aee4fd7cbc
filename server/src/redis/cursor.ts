import { randomUUID } from 'node:crypto';
import type { Cursor } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { cursorKey } from './keys.ts';

/**
 * A number of rows; or `walking <id>` while the first walk is under way. A store that is emptied under a walk has lost
 * what the walk had settled, and the word with it: its end then finds nothing to replace.
 */
export function createCursor(redis: Redis, botId: number): Cursor {
  const key = cursorKey(botId);
  const rowsIn = (text: string | null): number | undefined =>
    text === null || text.startsWith(WALKING) ? undefined : Number(text);

  return {
    read: async () => rowsIn(await redis.get(key)),
    async begin() {
      await redis.set(key, `${WALKING}${randomUUID()}`, { condition: 'NX' });
      const token = (await redis.get(key)) ?? '';
      return { from: rowsIn(token), token };
    },
    async end(token, offset) {
      const [word] = await redis.moveCursor([key], [token, offset]);
      return word === 'moved';
    },
    async clear() {
      await redis.del(key);
    },
  };
}

const WALKING = 'walking ';
