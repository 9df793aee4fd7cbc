import type { OrderState } from '@stardrift/shared/protocol';
import type { Order } from '../purchase/order.ts';
import { MIN_LIFE_LEFT_MS, type Orders, type Placed } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { boughtKey, ORDER_KEPT_SECONDS, openOrdersKey, orderKey, orderPrefix } from './keys.ts';
import { read, UnknownReply } from './scripts.ts';

/** What was promised; state, link and charge lie beside it, so that each can change alone. */
type Promised = Omit<Order, 'state' | 'invoiceUrl' | 'chargeId' | 'playerId' | 'id'>;

export function promiseOf(order: Order): string {
  const { id, playerId, state, invoiceUrl, chargeId, ...promised } = order;
  return JSON.stringify(promised satisfies Promised);
}

export function createOrders(redis: Redis): Orders {
  async function find(playerId: number, orderId: string): Promise<Order | undefined> {
    const { s, j, u, c, a } = await redis.hGetAll(orderKey(playerId, orderId));
    if (a !== undefined) return find(playerId, a);
    if (s === undefined || j === undefined) return undefined;
    const promised = JSON.parse(j) as Promised;
    return { id: orderId, playerId, ...promised, state: s as OrderState, invoiceUrl: u, chargeId: c };
  }

  async function place(order: Order, limits: Parameters<Orders['place']>[1], nowMs: number): Promise<Placed> {
    const { id, playerId } = order;
    const key = orderKey(playerId, id);
    const reply = read(
      await redis.placeOrder(
        [key, openOrdersKey(playerId), boughtKey(playerId)],
        [
          id,
          promiseOf(order),
          nowMs,
          orderPrefix(playerId),
          limits.open,
          limits.perPlayer ?? 0,
          MIN_LIFE_LEFT_MS,
          ORDER_KEPT_SECONDS,
        ],
      ),
      key,
    );
    switch (reply[0]) {
      case 'placed':
        return { kind: 'placed', order };
      case 'exists': {
        const existing = await find(playerId, String(reply[1]));
        if (!existing) throw new UnknownReply('place_order', reply);
        return { kind: 'exists', order: existing };
      }
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
      const key = orderKey(playerId, orderId);
      await redis.hSetNX(key, 'u', url);
      return (await redis.hGet(key, 'u')) ?? url;
    },
    async markReady(playerId, orderId) {
      const [state] = await redis.markReady([orderKey(playerId, orderId)], []);
      return state === '' ? undefined : (state as OrderState);
    },
  };
}
