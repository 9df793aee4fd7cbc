import { type Charge, orderOfCharge } from '../purchase/charge.ts';
import type { Credited, Ledger, OwedRefund, Refunded } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import {
  BUCKETS,
  boughtKey,
  bucketOf,
  chargesKey,
  inventoryKey,
  OUTBOX_CHANNEL,
  OUTBOX_LENGTH,
  openOrdersKey,
  orderKey,
  outboxKey,
  owedKey,
  PAID_ORDER_KEPT_SECONDS,
} from './keys.ts';
import { promiseOf } from './orders.ts';
import { type Reply, read, UnknownReply } from './scripts.ts';

/** Buckets asked at once: few enough to leave the command queue free for the money. */
const SWEEP = 64;

export function createLedger(redis: Redis): Ledger {
  async function credit(charge: Charge): Promise<Credited> {
    const { payerId } = charge;
    const bucket = bucketOf(payerId);
    const inventory = inventoryKey(payerId);
    const reply = await redis.credit(
      [
        chargesKey(payerId),
        inventory,
        orderKey(payerId, charge.orderId),
        openOrdersKey(payerId),
        boughtKey(payerId),
        outboxKey(bucket),
      ],
      [
        charge.id,
        JSON.stringify(charge),
        payerId,
        charge.orderId,
        charge.sku,
        charge.quantity,
        PAID_ORDER_KEPT_SECONDS,
        OUTBOX_LENGTH,
        OUTBOX_CHANNEL,
        bucket,
        promiseOf(orderOfCharge(charge)),
        ...Object.entries(charge.grant).flat(),
      ],
    );
    switch (read(reply, inventory)[0]) {
      case 'credited':
        return { kind: 'credited', rev: Number(reply[1]) };
      case 'exists':
        return { kind: 'exists', charge: parse(reply[1]) };
      case 'order_paid':
        return { kind: 'order_paid' };
      default:
        throw new UnknownReply('credit', reply);
    }
  }

  async function refund(payerId: number, chargeId: string, nowMs: number): Promise<Refunded> {
    const bucket = bucketOf(payerId);
    const charges = chargesKey(payerId);
    const known = await redis.hGet(charges, chargeId);
    if (known === null) return { kind: 'unknown' };
    const inventory = inventoryKey(payerId);
    const reply = await redis.refund(
      [
        charges,
        inventory,
        orderKey(payerId, parse(known).orderId),
        boughtKey(payerId),
        outboxKey(bucket),
        owedKey(bucket),
      ],
      [chargeId, nowMs, member({ payerId, chargeId }), payerId, OUTBOX_LENGTH, OUTBOX_CHANNEL, bucket],
    );
    switch (read(reply, inventory)[0]) {
      case 'refunded':
        return { kind: 'refunded', charge: parse(reply[1]), rev: Number(reply[2]) || undefined };
      case 'already':
      case 'unknown':
        return { kind: reply[0] as 'already' | 'unknown' };
      default:
        throw new UnknownReply('refund', reply);
    }
  }

  return {
    credit,
    refund,
    async hold(charge) {
      const { payerId, id: chargeId } = charge;
      const reply = await redis.hold(
        [chargesKey(payerId), owedKey(bucketOf(payerId))],
        [chargeId, JSON.stringify(charge), member({ payerId, chargeId }), charge.paidAtMs],
      );
      return reply[0] === 'held' ? { kind: 'held' } : { kind: 'exists', charge: parse(reply[1]) };
    },
    async charges(playerId) {
      return Object.values(await redis.hGetAll(chargesKey(playerId))).map(parse);
    },
    async bought(playerId) {
      const counts = Object.entries(await redis.hGetAll(boughtKey(playerId)));
      return Object.fromEntries(counts.map(([sku, count]) => [sku, Number(count)]));
    },
    async owed(nowMs) {
      const found: OwedRefund[] = [];
      for (let first = 0; first < BUCKETS; first += SWEEP) {
        const buckets = Array.from({ length: SWEEP }, (_, i) =>
          redis.zRangeByScore(owedKey(first + i), '-inf', nowMs),
        );
        found.push(...(await Promise.all(buckets)).flat().map(owedOf));
      }
      return found;
    },
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

const parse = (text: Reply[number] | undefined): Charge => JSON.parse(String(text)) as Charge;

const member = ({ payerId, chargeId }: OwedRefund): string => `${payerId}:${chargeId}`;

function owedOf(text: string): OwedRefund {
  const colon = text.indexOf(':');
  return { payerId: Number(text.slice(0, colon)), chargeId: text.slice(colon + 1) };
}
