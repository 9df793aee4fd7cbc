import type { Stock } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { stockKey } from './keys.ts';
import { UnknownReply, wordOf } from './scripts.ts';

export function createStock(redis: Redis): Stock {
  return {
    async take(sku, holder, copies, limit) {
      const key = stockKey(sku);
      const reply = await redis.takeStock([key], [holder, copies, limit]);
      switch (wordOf(reply, key)) {
        case 'taken':
          return true;
        case 'sold_out':
          return false;
        default:
          throw new UnknownReply('take_stock', reply);
      }
    },
    async give(sku, holder) {
      await redis.giveStock([stockKey(sku)], [holder]);
    },
    taken: async (sku) => Number((await redis.hGet(stockKey(sku), '#taken')) ?? 0),
  };
}
