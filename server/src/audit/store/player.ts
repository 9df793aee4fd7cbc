import type { Charge } from '../../purchase/charge.ts';
import { heldByCharge, heldByOrder } from '../../purchase/stock.ts';
import type { Redis } from '../../redis/client.ts';
import { bucketOf, chargesKey, inventoryKey, owedKey, stockKey } from '../../redis/keys.ts';
import { formatRecord, parseRecord } from '../../redis/record.ts';
import type { PlayerBooks, StoredCharge } from '../books.ts';
import { isWaiting } from '../charge.ts';
import { inBatches } from './batches.ts';

/** What a server wrote reads back to the same letters. */
export function readCharge(payerId: number, id: string, text: string): StoredCharge {
  try {
    const charge = parseRecord(payerId, id, text);
    return { id, text, charge: formatRecord(charge) === text ? charge : undefined };
  } catch {
    return { id, text, charge: undefined };
  }
}

export async function readCharges(redis: Redis, playerId: number): Promise<StoredCharge[]> {
  const records = await redis.hGetAll(chargesKey(playerId));
  return Object.entries(records).map(([id, text]) => readCharge(playerId, id, text));
}

/** @param isLimited whether a purchase has to hold copies */
export async function readPlayer(
  redis: Redis,
  playerId: number,
  isLimited: (charge: Charge) => boolean,
): Promise<PlayerBooks> {
  const [inventory, charges] = await Promise.all([
    redis.hGetAll(inventoryKey(playerId)),
    readCharges(redis, playerId),
  ]);
  const readable = charges.flatMap(({ charge }) => charge ?? []);
  const queued = new Set<string>();
  const copies = new Map<string, number>();

  async function readQueue({ id }: Charge): Promise<void> {
    const score = await redis.zScore(owedKey(bucketOf(playerId)), `${playerId}:${id}`);
    if (score !== null) queued.add(id);
  }
  async function readCopies(charge: Charge): Promise<void> {
    const { id, sku, orderId } = charge;
    const holders = [heldByOrder({ playerId, sku, orderId }), heldByCharge(charge)];
    const held = await redis.hmGet(stockKey(sku), holders);
    copies.set(
      id,
      held.reduce((sum, each) => sum + Number(each ?? 0), 0),
    );
  }

  await inBatches(readable.filter(isWaiting), readQueue);
  await inBatches(readable.filter(isLimited), readCopies);
  const keys = {
    inventory: inventoryKey(playerId),
    charges: chargesKey(playerId),
    owed: owedKey(bucketOf(playerId)),
  };
  return { playerId, keys, inventory, charges, queued, copies };
}
