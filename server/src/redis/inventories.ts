import type { Inventories, Inventory } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import {
  bucketOf,
  inventoryKey,
  OPERATION_KEPT_SECONDS,
  OUTBOX_CHANNEL,
  OUTBOX_LENGTH,
  operationKey,
  outboxKey,
} from './keys.ts';
import { read, UnknownReply } from './scripts.ts';

export function createInventories(redis: Redis): Inventories {
  async function readInventory(playerId: number): Promise<Inventory> {
    const fields = Object.entries(await redis.hGetAll(inventoryKey(playerId)));
    const items = fields.filter(([field]) => field !== '#rev').map(([id, count]) => [id, Number(count)]);
    return {
      rev: Number(fields.find(([field]) => field === '#rev')?.[1] ?? 0),
      items: Object.fromEntries(items),
    };
  }

  return {
    read: readInventory,
    async use(playerId, opId, itemId, count) {
      const bucket = bucketOf(playerId);
      const inventory = inventoryKey(playerId);
      const reply = await redis.use(
        [inventory, operationKey(playerId, opId), outboxKey(bucket)],
        [itemId, count, OPERATION_KEPT_SECONDS, playerId, OUTBOX_LENGTH, OUTBOX_CHANNEL, bucket],
      );
      switch (read(reply, inventory)[0]) {
        case 'used':
        case 'exists':
          return { kind: reply[0] as 'used' | 'exists', inventory: await readInventory(playerId) };
        case 'not_enough':
        case 'op_conflict':
          return { kind: reply[0] as 'not_enough' | 'op_conflict' };
        default:
          throw new UnknownReply('use', reply);
      }
    },
  };
}
