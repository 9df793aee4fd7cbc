import { createClient } from 'redis';

/** What lies in the store, read past the server. */
export interface Stocktaking {
  /** Key → fields, of every player who has or had anything. */
  inventories: Record<string, Record<string, string>>;
  /** Charges that were credited. */
  credits: string[];
  /** Charges kept for the way back, and how many of them still wait. */
  held: number;
  owed: number;
  /** Keys that the shop does not have; see server/src/redis/keys.ts. */
  strangeKeys: string[];
}

const KNOWN =
  /^(\{b\d{4}\}:((i|c|o|op|open):[1-9]\d*(:[\w-]+)?|outbox|ending|owed)|stock:[a-z0-9_]+|catalog:revisions|ledger:cursor:\d+)$/;

export async function takeStock(url: string): Promise<Stocktaking> {
  const redis = await createClient({ url }).connect();
  const found: Stocktaking = { inventories: {}, credits: [], held: 0, owed: 0, strangeKeys: [] };
  try {
    for await (const keys of redis.scanIterator({ COUNT: 1_000 }))
      await Promise.all([...new Set(keys)].map((key) => look(key)));
  } finally {
    redis.destroy();
  }
  found.credits = [...new Set(found.credits)].sort();
  return found;

  async function look(key: string): Promise<void> {
    if (!KNOWN.test(key)) found.strangeKeys.push(key);
    if (/^\{b\d{4}\}:i:/.test(key)) found.inventories[key] = await redis.hGetAll(key);
    if (/^\{b\d{4}\}:owed$/.test(key)) {
      const owed = await redis.zCard(key);
      found.owed += owed;
    }
    if (!/^\{b\d{4}\}:c:/.test(key)) return;
    for (const [id, record] of Object.entries(await redis.hGetAll(key)))
      if (record.startsWith('credit ')) found.credits.push(`${key} ${id}`);
      else found.held++;
  }
}
