import type { Ending } from '../../purchase/ports.ts';
import { heldByOrder } from '../../purchase/stock.ts';
import type { Redis } from '../../redis/client.ts';
import {
  bucketOf,
  chargesKey,
  endingKey,
  openOrdersKey,
  orderKey,
  owedKey,
  stockKey,
} from '../../redis/keys.ts';
import type { HolderBooks, OrderBooks, OrderList, OwedBooks, Unpaid } from '../books.ts';
import { isCredit } from '../charge.ts';
import { PAID } from '../order.ts';
import { HOLDER } from '../stock.ts';
import { inBatches } from './batches.ts';
import { readCharge, readCharges } from './player.ts';

export async function readOrder(redis: Redis, playerId: number, orderId: string): Promise<OrderBooks> {
  const name = orderKey(playerId, orderId);
  const fields = await redis.hGetAll(name);
  const order = { playerId, orderId, name, fields };
  if (PAID.includes(fields.s ?? '') && fields.c !== undefined) {
    const text = await redis.hGet(chargesKey(playerId), fields.c);
    const charge = text === null ? undefined : readCharge(playerId, fields.c, text);
    return { ...order, charge, unpaid: undefined };
  }
  const sku = fields.p?.split(':')[0] ?? '';
  return { ...order, charge: undefined, unpaid: await readUnpaid(redis, { playerId, sku, orderId }) };
}

async function readUnpaid(redis: Redis, ending: Ending): Promise<Unpaid> {
  const { playerId, sku, orderId } = ending;
  const [openUntilMs, endsAtMs, copies, charges] = await Promise.all([
    redis.zScore(openOrdersKey(playerId), orderId),
    redis.zScore(endingKey(bucketOf(playerId)), `${playerId}:${sku}:${orderId}`),
    redis.hGet(stockKey(sku), heldByOrder(ending)),
    readCharges(redis, playerId),
  ]);
  const credited = charges.find(({ charge }) => charge && isCredit(charge) && charge.orderId === orderId);
  return {
    openUntilMs: openUntilMs ?? undefined,
    endsAtMs: endsAtMs ?? undefined,
    copies: Number(copies ?? 0),
    creditedFor: credited?.id,
  };
}

export async function readOpen(redis: Redis, playerId: number): Promise<OrderList> {
  return readList(redis, openOrdersKey(playerId), (orderId) => orderKey(playerId, orderId));
}

export async function readEnding(redis: Redis, bucket: number): Promise<OrderList> {
  return readList(redis, endingKey(bucket), (member) => {
    const [playerId, , orderId = ''] = member.split(':');
    return orderKey(Number(playerId) || 0, orderId);
  });
}

async function readList(redis: Redis, name: string, orderOf: (member: string) => string): Promise<OrderList> {
  const members = await redis.zRangeWithScores(name, 0, -1);
  const states = await inBatches(members, ({ value }) => redis.hGet(orderOf(value), 's'));
  return {
    name,
    members: members.map(({ value, score }, index) => ({
      member: value,
      atMs: score,
      state: states[index] ?? undefined,
    })),
  };
}

export async function readOwed(redis: Redis, bucket: number): Promise<OwedBooks> {
  const name = owedKey(bucket);
  const queued = await redis.zRange(name, 0, -1);
  const members = await inBatches(queued, async (member) => {
    const colon = member.indexOf(':');
    const playerId = Number(member.slice(0, colon));
    const chargeId = member.slice(colon + 1);
    const text = await redis.hGet(chargesKey(playerId), chargeId);
    const charge = text === null ? undefined : readCharge(playerId, chargeId, text);
    return { member, charge };
  });
  return { name, members };
}

/** Who holds copies, with what stands behind it; nothing once they were given back. */
export async function readHolder(
  redis: Redis,
  sku: string,
  holder: string,
): Promise<HolderBooks | undefined> {
  const copies = await redis.hGet(stockKey(sku), holder);
  if (copies === null) return undefined;
  const [, player, , orderId] = HOLDER.exec(holder) ?? [];
  if (player === undefined) return { holder, copies, playerId: 0, order: undefined, charges: [] };
  const playerId = Number(player);
  const charges = (await readCharges(redis, playerId)).flatMap(({ charge }) => charge ?? []);
  const order = orderId === undefined ? undefined : await orderBehind(redis, playerId, sku, orderId);
  return { holder, copies, playerId, order, charges };
}

async function orderBehind(
  redis: Redis,
  playerId: number,
  sku: string,
  orderId: string,
): Promise<HolderBooks['order']> {
  const [[state, sold], score] = await Promise.all([
    redis.hmGet(orderKey(playerId, orderId), ['s', 'p']),
    redis.zScore(endingKey(bucketOf(playerId)), `${playerId}:${sku}:${orderId}`),
  ]);
  if (!sold) return undefined;
  return { state: state ?? null, quantity: Number(sold.split(':')[1]), isEnding: score !== null };
}
