import { once } from 'node:events';
import { connect } from 'node:net';
import { type Charge, orderOfCharge } from '../../src/purchase/charge.ts';
import { offerBySku, type Revision } from '../../src/purchase/order.ts';
import type { Redis } from '../../src/redis/client.ts';
import { chargesKey, inventoryKey, openOrdersKey, orderKey } from '../../src/redis/keys.ts';
import { createLedger } from '../../src/redis/ledger.ts';
import { createOrders } from '../../src/redis/orders.ts';
import { formatRecord } from '../../src/redis/record.ts';
import { playerAt } from './ids.ts';

/** One item, many of them, one of another kind: the records of a usual player. */
const BOUGHT = ['shield_3', 'voyager_bundle', 'second_wind'];
const KINDS = 20;
/** As long as those of the catalogue. */
const OTHER_ITEMS = Array.from({ length: KINDS }, (_, i) => `some_item_${String(i).padStart(2, '0')}`);

/** The three purchases of a player, with ids of the true length. */
function purchasesOf(playerId: number, revision: Revision): Charge[] {
  return BOUGHT.map((sku, index) => {
    const offer = offerBySku(revision.catalog, sku);
    if (!offer) throw new Error(`the catalogue no longer has ${sku}: give the bench another`);
    const serial = (playerId * BOUGHT.length + index).toString(36);
    return {
      id: `stx${serial.padStart(44, 'Q')}`,
      payerId: playerId,
      result: 'credit',
      amountStars: offer.priceStars,
      paidAtMs: 1_790_000_000_000,
      orderId: serial.padStart(22, 'Z'),
      sku,
      quantity: 1,
      revision: revision.id,
      grant: offer.grant,
    };
  });
}

/** What 20 kinds of items are, when these were bought. */
function itemsOf(charges: Charge[]): { bought: Map<string, number>; others: string[] } {
  const bought = new Map<string, number>();
  for (const { grant } of charges)
    for (const [item, count] of Object.entries(grant)) bought.set(item, (bought.get(item) ?? 0) + count);
  return { bought, others: OTHER_ITEMS.slice(0, KINDS - bought.size) };
}

/** Orders, pays and forgets the orders, as a day does: the store a real shop would have, at a real shop's pace. */
export async function buyForAll(redis: Redis, revision: Revision, players: number[]): Promise<void> {
  const orders = createOrders(redis);
  const ledger = createLedger(redis);
  async function buy(playerId: number): Promise<void> {
    const charges = purchasesOf(playerId, revision);
    for (const charge of charges) {
      const order = { ...orderOfCharge(charge), state: 'new' as const, chargeId: undefined };
      const placed = { ...order, createdAtMs: Date.now(), expiresAtMs: Date.now() + 900_000 };
      await orders.place(placed, { open: 5 }, Date.now());
      await orders.markReady(playerId, order.id);
      const { kind } = await ledger.credit(charge);
      if (kind !== 'credited') throw new Error(`a purchase of the crowd was not credited: ${kind}`);
      await redis.unlink(orderKey(playerId, order.id));
    }
    await redis.unlink(openOrdersKey(playerId));
    const others = itemsOf(charges).others.map((item) => [item, '3']);
    await redis.hSet(inventoryKey(playerId), Object.fromEntries(others));
  }
  for (let from = 0; from < players.length; from += 200)
    await Promise.all(players.slice(from, from + 200).map(buy));
}

const BATCH = 1_000;

/** Writes what {@link buyForAll} leaves of each player in a hundredth of the time, for a million of them. */
export async function writeCrowd(
  redis: Redis,
  redisUrl: string,
  revision: Revision,
  count: number,
): Promise<void> {
  await redis.configSet('appendfsync', 'no');
  const { hostname, port } = new URL(redisUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  let left = count * 4;
  let refused: string | undefined;
  socket.setEncoding('latin1').on('data', (text: string) => {
    if (text.includes('-')) refused ??= text.slice(0, 200);
    left -= text.split('\n').length - 1;
    if (left === 0) socket.end();
  });
  for (let from = 0; from < count; from += BATCH) {
    let text = '';
    for (let i = from; i < Math.min(count, from + BATCH); i++) text += commandsFor(playerAt(i), revision);
    if (!socket.write(text, 'latin1')) await once(socket, 'drain');
  }
  await once(socket, 'close');
  if (refused !== undefined) throw new Error(`Redis refused a player of the crowd: ${refused}`);
  await redis.configSet('appendfsync', 'everysec');
}

function commandsFor(playerId: number, revision: Revision): string {
  const charges = purchasesOf(playerId, revision);
  const { bought, others } = itemsOf(charges);
  const [inventory, record] = [inventoryKey(playerId), chargesKey(playerId)];
  const items = [...bought].flatMap(([item, have]) => [item, String(have)]);
  return [
    // Also what an earlier round has put there.
    ['UNLINK', inventory],
    ['UNLINK', record],
    ['HSET', inventory, ...items, '#rev', String(BOUGHT.length), ...others.flatMap((item) => [item, '3'])],
    ['HSET', record, ...charges.flatMap((charge) => [charge.id, formatRecord(charge)])],
  ]
    .map((words) => `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`)
    .join('');
}

/** @throws when the quick way and the true one leave a player differently */
export async function requireSameCrowd(redis: Redis, redisUrl: string, revision: Revision): Promise<void> {
  const player = playerAt(0);
  const read = async () =>
    JSON.stringify([
      await redis.hGetAll(chargesKey(player)),
      Object.entries(await redis.hGetAll(inventoryKey(player))).sort(),
    ]);
  await writeCrowd(redis, redisUrl, revision, 1);
  const quick = await read();
  await redis.unlink([chargesKey(player), inventoryKey(player)]);
  await buyForAll(redis, revision, [player]);
  const real = await read();
  if (quick !== real) throw new Error(`a player of the crowd is ${quick}, but the shop leaves ${real}`);
}
