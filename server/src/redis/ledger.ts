import { type Charge, orderOfCharge } from '../purchase/charge.ts';
import type { Credited, CreditLimits, Ledger, OwedRefund, RefundBegun, Refunded } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import {
  bucketOf,
  chargesKey,
  endingKey,
  inventoryKey,
  ORDER_KEPT_SECONDS,
  OUTBOX_CHANNEL,
  OUTBOX_LENGTH,
  openOrdersKey,
  orderKey,
  outboxKey,
  owedKey,
} from './keys.ts';
import { promiseOf, soldOf } from './orders.ts';
import { formatRecord, parseRecord } from './record.ts';
import { type Replicated, unreplicated } from './replicas.ts';
import { type Reply, UnknownReply, wordOf } from './scripts.ts';
import { dueMembers } from './sweep.ts';

/** @param replicated waited for before anyone is told that a payment is safe */
export function createLedger(redis: Redis, replicated: Replicated = unreplicated): Ledger {
  const recordOf = (payerId: number, chargeId: string, reply: Reply): Charge =>
    parseRecord(payerId, chargeId, String(reply[1]));

  /** Also when nothing was written: what is there already may not have come far enough. */
  async function safely(payerId: number, run: () => Promise<Reply>): Promise<Reply> {
    const reply = await run();
    await replicated(chargesKey(payerId));
    return reply;
  }

  async function credit(charge: Charge, limits: CreditLimits = {}): Promise<Credited> {
    const { payerId, orderId, id } = charge;
    const bucket = bucketOf(payerId);
    const order = orderOfCharge(charge);
    const keys = [
      chargesKey(payerId),
      inventoryKey(payerId),
      orderKey(payerId, orderId),
      openOrdersKey(payerId),
      endingKey(bucket),
      outboxKey(bucket),
    ];
    const args = [
      id,
      formatRecord(charge),
      payerId,
      orderId,
      soldOf(order),
      limits.perPlayer ?? 0,
      limits.heldOnly ? 'held' : '',
      ORDER_KEPT_SECONDS,
      promiseOf(order),
      OUTBOX_LENGTH,
      OUTBOX_CHANNEL,
    ];
    const reply = await safely(payerId, () => redis.credit(keys, args));
    switch (wordOf(reply, inventoryKey(payerId))) {
      case 'credited':
        return { kind: 'credited', rev: Number(reply[1]) };
      case 'exists':
        return { kind: 'exists', charge: recordOf(payerId, id, reply) };
      case 'order_paid':
      case 'other_order':
      case 'not_held':
      case 'limit_reached':
        return { kind: reply[0] as 'order_paid' | 'other_order' | 'not_held' | 'limit_reached' };
      default:
        throw new UnknownReply('credit', reply);
    }
  }

  async function find(payerId: number, chargeId: string): Promise<Charge | undefined> {
    const text = await redis.hGet(chargesKey(payerId), chargeId);
    return text === null ? undefined : parseRecord(payerId, chargeId, text);
  }

  /** The record, goods, order and queue of a refund, which its scripts change together. */
  const keysOf = ({ payerId, orderId }: Charge): string[] => [
    chargesKey(payerId),
    inventoryKey(payerId),
    orderKey(payerId, orderId),
    owedKey(bucketOf(payerId)),
    outboxKey(bucketOf(payerId)),
  ];
  const OUTBOX = [OUTBOX_LENGTH, OUTBOX_CHANNEL];

  async function beginRefund(
    payerId: number,
    chargeId: string,
    by: string,
    nowMs: number,
  ): Promise<RefundBegun> {
    const known = await find(payerId, chargeId);
    if (!known) return { kind: 'unknown' };
    const args = [chargeId, nowMs, by, member({ payerId, chargeId }), payerId, ...OUTBOX];
    const reply = await safely(payerId, () => redis.beginRefund(keysOf(known), args));
    switch (wordOf(reply, inventoryKey(payerId))) {
      case 'begun':
        return { kind: 'begun', charge: recordOf(payerId, chargeId, reply), rev: Number(reply[2]) };
      case 'not_credited':
      case 'already':
        return {
          kind: reply[0] as 'not_credited' | 'already',
          charge: recordOf(payerId, chargeId, reply),
        };
      case 'unknown':
        return { kind: 'unknown' };
      default:
        throw new UnknownReply('begin_refund', reply);
    }
  }

  async function cancelRefund(payerId: number, chargeId: string): Promise<boolean> {
    const known = await find(payerId, chargeId);
    if (!known) return false;
    const args = [chargeId, member({ payerId, chargeId }), payerId, ...OUTBOX];
    const reply = await safely(payerId, () => redis.cancelRefund(keysOf(known), args));
    return wordOf(reply, inventoryKey(payerId)) === 'cancelled';
  }

  async function refund(payerId: number, chargeId: string, atMs: number): Promise<Refunded> {
    const known = await find(payerId, chargeId);
    if (!known) return { kind: 'unknown' };
    const args = [chargeId, atMs, member({ payerId, chargeId }), payerId, ...OUTBOX];
    const reply = await safely(payerId, () => redis.refund(keysOf(known), args));
    switch (wordOf(reply, inventoryKey(payerId))) {
      case 'refunded': {
        const charge = recordOf(payerId, chargeId, reply);
        return { kind: 'refunded', charge, rev: Number(reply[2]) || undefined };
      }
      case 'already':
        return { kind: 'already', charge: recordOf(payerId, chargeId, reply) };
      case 'unknown':
        return { kind: 'unknown' };
      default:
        throw new UnknownReply('refund', reply);
    }
  }

  return {
    credit,
    find,
    beginRefund,
    cancelRefund,
    refund,
    async hold(charge) {
      const { payerId, id: chargeId, owedAtMs = charge.paidAtMs } = charge;
      const args = [chargeId, formatRecord(charge), member({ payerId, chargeId }), owedAtMs];
      const keys = [chargesKey(payerId), owedKey(bucketOf(payerId))];
      const reply = await safely(payerId, () => redis.hold(keys, args));
      return reply[0] === 'held'
        ? { kind: 'held' }
        : { kind: 'exists', charge: recordOf(payerId, chargeId, reply) };
    },
    async charges(playerId) {
      const records = Object.entries(await redis.hGetAll(chargesKey(playerId)));
      return records.map(([id, text]) => parseRecord(playerId, id, text));
    },
    owed: async (nowMs, most) => (await dueMembers(redis, owedKey, nowMs, most)).map(owedOf),
    async postpone(owed, nextAtMs) {
      // XX: a refund that was finished meanwhile must not come back.
      await redis.zAdd(
        owedKey(bucketOf(owed.payerId)),
        { score: nextAtMs, value: member(owed) },
        { condition: 'XX' },
      );
    },
  };
}

const member = ({ payerId, chargeId }: OwedRefund): string => `${payerId}:${chargeId}`;

function owedOf(text: string): OwedRefund {
  const colon = text.indexOf(':');
  return { payerId: Number(text.slice(0, colon)), chargeId: text.slice(colon + 1) };
}
