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
import { UnknownReply, wordOf } from './scripts.ts';

export function createInventories(redis: Redis): Inventories {
  async function readInventory(playerId: number): Promise<Inventory> {
    const items = new Map<string, number>();
    const debts = new Map<string, number>();
    const fields = await redis.hGetAll(inventoryKey(playerId));
    for (const [item, value] of Object.entries(fields)) {
      const have = Number.parseInt(value, 10);
      if (item === '#rev' || have === 0) continue;
      if (have > 0) items.set(item, have);
      else debts.set(item, -have);
    }
    const rev = Number(fields['#rev'] ?? 0);
    return { rev, items: Object.fromEntries(items), debts: Object.fromEntries(debts) };
  }

  return {
    read: readInventory,
    async use(playerId, opId, itemId, count) {
      const inventory = inventoryKey(playerId);
      const reply = await redis.use(
        [inventory, operationKey(playerId, opId), outboxKey(bucketOf(playerId))],
        [itemId, count, OPERATION_KEPT_SECONDS, playerId, OUTBOX_LENGTH, OUTBOX_CHANNEL],
      );
      switch (wordOf(reply, inventory)) {
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
