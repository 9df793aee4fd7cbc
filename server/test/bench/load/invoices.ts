import { randomBytes } from 'node:crypto';
import { formatPayload } from '@stardrift/shared/payload';
import { type Order, placeOrder, type Revision } from '../../../src/purchase/order.ts';
import { connectRedis } from '../../../src/redis/client.ts';
import { createOrders } from '../../../src/redis/orders.ts';
import { wishesOf } from './wishes.ts';

/** An order with its link, as Telegram knows it. */
export interface Invoice {
  playerId: number;
  amountStars: number;
  payload: string;
}

export interface InvoicesSpec {
  redisUrl: string;
  revision: Revision;
  count: number;
  /** Who orders, in turn. */
  players: number[];
  /** Whether Telegram was told yes already. */
  ready: boolean;
}

const BATCH = 500;

/** Puts orders into the store by the server's own scripts, each of a player for something else. */
export async function placeInvoices(spec: InvoicesSpec): Promise<Invoice[]> {
  const redis = await connectRedis(spec.redisUrl, 'push', (error) => {
    throw error;
  });
  const orders = createOrders(redis);
  const wishes = wishesOf(spec.revision);
  const crowd = spec.players.length;
  if (spec.count > crowd * wishes.length)
    throw new Error(`${crowd} players can have ${crowd * wishes.length} orders open, not ${spec.count}`);

  async function place(index: number): Promise<Invoice> {
    const playerId = spec.players[index % crowd] as number;
    const wish = wishes[Math.floor(index / crowd)] as (typeof wishes)[number];
    const request = { ...wish, orderId: randomBytes(16).toString('base64url') };
    const placed = placeOrder(spec.revision, playerId, request, { items: {}, bought: {} }, Date.now());
    if ('refused' in placed) throw new Error(`no order for ${wish.sku}: ${placed.refused}`);
    const result = await orders.place(placed, { open: wishes.length }, Date.now());
    if (result.kind !== 'placed') throw new Error(`no order for ${wish.sku}: ${result.kind}`);
    await Promise.all([
      orders.keepInvoice(playerId, placed.id, `https://t.me/$${randomBytes(24).toString('base64url')}`),
      spec.ready && orders.markReady(playerId, placed.id),
    ]);
    return { playerId, amountStars: placed.priceStars, payload: payloadOf(placed) };
  }

  const invoices: Invoice[] = [];
  for (let from = 0; from < spec.count; from += BATCH) {
    const size = Math.min(BATCH, spec.count - from);
    invoices.push(...(await Promise.all(Array.from({ length: size }, (_, i) => place(from + i)))));
  }
  await redis.close();
  return invoices;
}

const payloadOf = ({ playerId, id: orderId, sku, quantity, revision }: Order): string =>
  formatPayload({ playerId, orderId, sku, quantity, revision });
