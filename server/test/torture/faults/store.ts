import type { RedisClientType } from 'redis';
import { goodsOf, type Paid } from './checker.ts';

/**
 * The store as it lies there, read past the server: whether a payment is in it, and whether every credit in it is whole.
 * The layout is that of docs/developer.md; the charge id is the field of a player's `c`, the item that of `i`.
 */
export interface Book {
  /** Charge id → what became of it: `credit`, `owed` or `returned` when its Stars go or went back, or why it was held. */
  charges: Map<string, string>;
  items: Map<number, Record<string, { have: number; used: number }>>;
}

type Reader = Pick<RedisClientType, 'hGetAll'>;

const tag = (playerId: number): string => `{b${String(playerId % 1_024).padStart(4, '0')}}`;

/** Asked many at a time: one by one it would take seconds. */
const AT_ONCE = 200;

export async function readBook(redis: Reader, playerIds: Iterable<number>): Promise<Book> {
  const book: Book = { charges: new Map(), items: new Map() };
  const ids = [...playerIds];
  for (let first = 0; first < ids.length; first += AT_ONCE)
    await Promise.all(ids.slice(first, first + AT_ONCE).map((id) => readPlayer(redis, id, book)));
  return book;
}

async function readPlayer(redis: Reader, id: number, book: Book): Promise<void> {
  const [charges, items] = await Promise.all([
    redis.hGetAll(`${tag(id)}:c:${id}`),
    redis.hGetAll(`${tag(id)}:i:${id}`),
  ]);
  for (const [chargeId, record] of Object.entries(charges)) book.charges.set(chargeId, endOf(record));
  const counts = Object.entries(items)
    .filter(([item]) => item !== '#rev')
    .map(([item, value]) => {
      const [have, used] = value.split('/');
      return [item, { have: Number(have), used: Number(used ?? 0) }] as const;
    });
  book.items.set(id, Object.fromEntries(counts));
}

/** Credits that are there in part: items that do not add up to the credited charges of their player. */
export function partialIn(book: Book, paid: readonly Paid[]): string[] {
  const wanted = new Map<number, Record<string, number>>();
  for (const { chargeId, playerId, payload } of paid) {
    if (book.charges.get(chargeId) !== 'credit') continue;
    const goods = wanted.get(playerId) ?? {};
    wanted.set(playerId, goods);
    for (const [item, count] of Object.entries(goodsOf(payload))) goods[item] = (goods[item] ?? 0) + count;
  }
  return [...book.items].flatMap(([playerId, items]) => {
    const goods = wanted.get(playerId) ?? {};
    return [...new Set([...Object.keys(items), ...Object.keys(goods)])].flatMap((item) => {
      const { have, used } = items[item] ?? { have: 0, used: 0 };
      if (have + used === (goods[item] ?? 0)) return [];
      return [
        `player ${playerId}: ${have}+${used} ${item}, the charges credited make it ${goods[item] ?? 0}`,
      ];
    });
  });
}

function endOf(record: string): string {
  if (record.includes(' back=')) return 'returned';
  return record.includes(' owed=') ? 'owed' : (record.split(' ')[0] ?? '');
}
