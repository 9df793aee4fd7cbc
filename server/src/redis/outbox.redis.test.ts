import { startTestRedis } from '@stardrift/tools/redis';
import { expect, test } from 'vitest';
import type { Charge } from '../purchase/charge.ts';
import { connectRedis } from './client.ts';
import { BUCKETS } from './keys.ts';
import { createLedger } from './ledger.ts';
import { followOutbox } from './outbox.ts';

/** Two of one bucket, so that their entries lie in one stream. */
const [HERE, AWAY] = [5, 5 + BUCKETS];
const ROUNDS = 20;

function chargeOf(payerId: number, index: number): Charge {
  return {
    id: `stx${payerId}-${index}`,
    payerId,
    result: 'credit',
    amountStars: 15,
    paidAtMs: 1_790_000_000_000,
    orderId: `order-${payerId}-${String(index).padStart(10, '0')}`,
    sku: 'shield_3',
    quantity: 1,
    revision: '0123456789ab',
    grant: { shield: 3 },
  };
}

test.each([
  ['one after the other', false],
  ['all at once', true],
])('every change of a player who is here is told once and in order, %s', async (_name, atOnce) => {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, 'push', (error) => expect.unreachable(error.message));
  const ledger = createLedger(redis);
  const told: number[] = [];
  let toldOfAll = () => {};
  const all = new Promise<void>((resolve) => {
    toldOfAll = resolve;
  });
  const outbox = await followOutbox(
    redis,
    ({ playerId, rev }) => {
      if (playerId !== HERE) return;
      told.push(rev);
      if (rev === ROUNDS) toldOfAll();
    },
    () => expect.unreachable('no connection was lost'),
    (error) => expect.unreachable(error.message),
    (playerId) => playerId === HERE,
  );
  const begun: Promise<unknown>[] = [];
  for (let index = 0; index < ROUNDS; index++) {
    for (const player of [AWAY, HERE, AWAY]) {
      const credited = ledger.credit(chargeOf(player, player === AWAY ? begun.length : index));
      begun.push(credited);
      if (!atOnce) await credited;
    }
  }
  await Promise.all(begun);
  await all;
  expect(told).toEqual(Array.from({ length: ROUNDS }, (_, index) => index + 1));
  await outbox.close();
  await redis.close();
  await server.close();
});
