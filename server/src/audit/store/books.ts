import type { Charge } from '../../purchase/charge.ts';
import type { Redis } from '../../redis/client.ts';
import { chargesKey, stockKey } from '../../redis/keys.ts';
import { type Books, WrongType } from '../books.ts';
import { keysOf, scriptsOn } from './nodes.ts';
import { readEnding, readHolder, readOpen, readOrder, readOwed } from './orders.ts';
import { readOutbox } from './outbox.ts';
import { readCharge, readCharges, readPlayer } from './player.ts';

const PAGE = 1_000;

/** @param isLimited whether a purchase has to hold copies of a limited offer */
export function createBooks(redis: Redis, isLimited: (charge: Charge) => boolean): Books {
  async function* holders(sku: string) {
    let cursor = '0';
    do {
      const page = await ofRightType(redis.hScan(stockKey(sku), cursor, { COUNT: PAGE }));
      cursor = page.cursor;
      const all = page.entries.map(({ field, value }) => ({ holder: field, copies: value }));
      yield all.filter(({ holder }) => holder !== '#taken');
    } while (cursor !== '0');
  }

  return {
    keys: () => keysOf(redis),
    hasCharges: async (playerId) => (await redis.exists(chargesKey(playerId))) === 1,
    charges: (playerId) => ofRightType(readCharges(redis, playerId)),
    async charge(playerId, chargeId) {
      const text = await ofRightType(redis.hGet(chargesKey(playerId), chargeId));
      return text === null ? undefined : readCharge(playerId, chargeId, text);
    },
    player: (playerId) => ofRightType(readPlayer(redis, playerId, isLimited)),
    order: (playerId, orderId) => ofRightType(readOrder(redis, playerId, orderId)),
    open: (playerId) => ofRightType(readOpen(redis, playerId)),
    ending: (bucket) => ofRightType(readEnding(redis, bucket)),
    owed: (bucket) => ofRightType(readOwed(redis, bucket)),
    outbox: (bucket) => ofRightType(readOutbox(redis, bucket)),
    taken: async (sku) => (await ofRightType(redis.hGet(stockKey(sku), '#taken'))) ?? undefined,
    holders,
    holder: (sku, holder) => ofRightType(readHolder(redis, sku, holder)),
    nodes: () => scriptsOn(redis),
  };
}

async function ofRightType<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) throw new WrongType(error.message);
    throw error;
  }
}
