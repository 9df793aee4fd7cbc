import type { OrderState } from '@stardrift/shared/protocol';
import type { Order } from '../purchase/order.ts';
import { type Ending, MIN_LIFE_LEFT_MS, type Orders, type Placed } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import {
  bucketOf,
  chargesKey,
  endingKey,
  ORDER_KEPT_SECONDS,
  openOrdersKey,
  orderKey,
  orderPrefix,
} from './keys.ts';
import { UnknownReply } from './scripts.ts';
import { dueMembers } from './sweep.ts';

/** What is sold, as the scripts compare it. */
export const soldOf = ({ sku, quantity, revision }: Order): string => `${sku}:${quantity}:${revision}`;

/** The rest of the promise; state, link and charge lie beside it, so that each can change alone. */
type Promised = Pick<Order, 'priceStars' | 'grant' | 'createdAtMs' | 'expiresAtMs'>;

export function promiseOf({ priceStars, grant, createdAtMs, expiresAtMs }: Order): string {
  return JSON.stringify({ priceStars, grant, createdAtMs, expiresAtMs } satisfies Promised);
}

export function createOrders(redis: Redis): Orders {
  async function find(playerId: number, orderId: string): Promise<Order | undefined> {
    const { s, p, j, u, c, a } = await redis.hGetAll(orderKey(playerId, orderId));
    if (a !== undefined) return find(playerId, a);
    if (s === undefined || p === undefined || j === undefined) return undefined;
    const [sku = '', quantity, revision = ''] = p.split(':');
    const promised = JSON.parse(j) as Promised;
    return {
      id: orderId,
      playerId,
      sku,
      quantity: Number(quantity),
      revision,
      ...promised,
      state: s as OrderState,
      invoiceUrl: u,
      chargeId: c,
    };
  }

  async function place(order: Order, limits: Parameters<Orders['place']>[1], nowMs: number): Promise<Placed> {
    const { id, playerId, expiresAtMs } = order;
    const keys = [
      orderKey(playerId, id),
      openOrdersKey(playerId),
      chargesKey(playerId),
      endingKey(bucketOf(playerId)),
    ];
    const reply = await redis.placeOrder(keys, [
      id,
      playerId,
      soldOf(order),
      promiseOf(order),
      expiresAtMs,
      nowMs,
      orderPrefix(playerId),
      limits.open,
      limits.perPlayer ?? 0,
      MIN_LIFE_LEFT_MS,
      ORDER_KEPT_SECONDS,
    ]);
    switch (reply[0]) {
      case 'placed':
        return { kind: 'placed', order };
      case 'exists': {
        const existing = await find(playerId, String(reply[1]));
        if (!existing) throw new UnknownReply('place_order', reply);
        return { kind: 'exists', order: existing };
      }
      case 'order_paid':
      case 'too_many_orders':
      case 'limit_reached':
        return { kind: reply[0] };
      default:
        throw new UnknownReply('place_order', reply);
    }
  }

  return {
    place,
    find,
    async keepInvoice(playerId, orderId, url) {
      const [kept] = await redis.keepInvoice([orderKey(playerId, orderId)], [url]);
      return kept === '' ? undefined : String(kept);
    },
    async markReady(playerId, orderId) {
      const [state] = await redis.markReady([orderKey(playerId, orderId)], []);
      return state === '' ? undefined : (state as OrderState);
    },
    async markHeld(playerId, orderId) {
      const [state] = await redis.markHeld([orderKey(playerId, orderId)], []);
      return state === '' ? undefined : (state as OrderState);
    },
    async end(ending, as, nowMs) {
      const { playerId, orderId } = ending;
      const keys = [orderKey(playerId, orderId), openOrdersKey(playerId), endingKey(bucketOf(playerId))];
      const [state] = await redis.endOrder(keys, [orderId, member(ending), nowMs, as]);
      return state === '' ? undefined : (state as OrderState);
    },
    ending: async (nowMs) => (await dueMembers(redis, endingKey, nowMs)).map(endingOf),
    async forget(ending) {
      await redis.zRem(endingKey(bucketOf(ending.playerId)), member(ending));
    },
  };
}

const member = ({ playerId, sku, orderId }: Ending): string => `${playerId}:${sku}:${orderId}`;

function endingOf(text: string): Ending {
  const [playerId, sku = '', orderId = ''] = text.split(':');
  return { playerId: Number(playerId), sku, orderId };
}
