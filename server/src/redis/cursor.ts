import { randomUUID } from 'node:crypto';
import type { Cursor } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { cursorKey } from './keys.ts';

/**
 * `<rows> <store>`; or `walking <store>` while the first walk is under way. A store that is emptied under a walk has lost
 * what the walk had settled, and its name with it: the end of the walk then finds nothing to replace, and whoever knew
 * the store sees that it is another.
 */
export function createCursor(redis: Redis, botId: number): Cursor {
  const key = cursorKey(botId);
  return {
    read: async () => rowsIn(await redis.get(key)),
    async look() {
      const text = await redis.get(key);
      return { rows: rowsIn(text), store: storeIn(text) };
    },
    async begin() {
      await redis.set(key, `${WALKING} ${randomUUID()}`, { condition: 'NX' });
      const token = (await redis.get(key)) ?? '';
      return { from: rowsIn(token), token };
    },
    async end(token, offset) {
      const [word] = await redis.moveCursor([key], [token, `${offset} ${storeIn(token) || randomUUID()}`]);
      return word === 'moved';
    },
    async clear() {
      await redis.del(key);
    },
  };
}

const WALKING = 'walking';

function rowsIn(text: string | null): number | undefined {
  const [rows] = text?.split(' ') ?? [];
  return rows === undefined || rows === WALKING ? undefined : Number(rows);
}

const storeIn = (text: string | null): string => text?.split(' ')[1] ?? '';
