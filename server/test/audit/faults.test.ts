import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Breach, formatBreach, RULES, type Rule } from '../../src/audit/breach.ts';
import { isBack, isCredit, isKept, isWaiting } from '../../src/audit/charge.ts';
import type { Charge } from '../../src/purchase/charge.ts';
import {
  bucketOf,
  chargesKey,
  cursorKey,
  endingKey,
  inventoryKey,
  openOrdersKey,
  orderKey,
  outboxKey,
  owedKey,
  REVISIONS_KEY,
  stockKey,
} from '../../src/redis/keys.ts';
import { formatRecord } from '../../src/redis/record.ts';
import { chargeAt, openOrderOf, playerAt, rowOf } from '../fixtures/crowd.ts';
import { type Ground, openGround } from './ground.ts';

const SIZE = { players: 200, purchases: 3, items: 20 };
const MINUTE_MS = 60_000;

let ground: Ground;
/** One purchase of each kind there is. */
let kept: Charge;
let refunded: Charge;
let waiting: Charge;
let rare: Charge;
/** Kept, of a player who used nothing up. */
let unused: Charge;
beforeAll(async () => {
  ground = await openGround(SIZE);
  kept = find((charge) => isKept(charge) && charge.sku !== 'rare');
  refunded = find((charge) => isCredit(charge) && isBack(charge));
  waiting = find(isWaiting);
  rare = find(({ sku }) => sku === 'rare');
  unused = find((charge) => isKept(charge) && charge.sku !== 'rare' && charge.payerId % 2 === 1);
});
afterAll(() => ground.close());

function find(isMeant: (charge: Charge) => boolean): Charge {
  for (let player = 0; player < SIZE.players; player++)
    for (let purchase = 0; purchase < SIZE.purchases; purchase++) {
      const charge = chargeAt(ground.crowd, player, purchase);
      if (isMeant(charge)) return charge;
    }
  throw new Error('the crowd has no such purchase: make it larger');
}

const open = () => openOrderOf(ground.crowd, 0);
const listed = (): string => `${open().playerId}:${open().sku}:${open().id}`;
const first = (): number => playerAt(0);
const record = (charge: Charge, change: Partial<Charge>): Promise<unknown> =>
  ground.redis.hSet(chargesKey(charge.payerId), charge.id, formatRecord({ ...charge, ...change }));
const itemOf = (charge: Charge): string => Object.keys(charge.grant)[0] ?? '';

interface Fault {
  rule: Rule;
  what: string;
  /** The keys it changes; they are put back after it. */
  keys(): string[];
  plant(): unknown;
  /** Takes back what is no key. */
  undo?(): unknown;
  /** What the line must name. */
  names(): string;
  /** Rules that the same fault breaks as well. */
  also?: Rule[];
}

/** A row planted at the head of the ledger, with the cursor past it: the servers have seen it. */
const inLedger = (row: () => Ground['ledger'][number]) => ({
  keys: () => [cursorKey(ground.botId)],
  async plant() {
    ground.ledger.unshift(row());
    await ground.redis.incr(cursorKey(ground.botId));
  },
  undo: () => ground.ledger.shift(),
});
const stranger = (): Charge => ({ ...kept, id: 'stxSTRANGER', orderId: 'no-order-of-that-name' });

const FAULTS: Fault[] = [
  {
    rule: 'I1',
    what: 'a payment without a record',
    ...inLedger(() => rowOf(stranger(), 'source')),
    names: () => `player ${kept.payerId}, charge stxSTRANGER`,
  },
  {
    rule: 'I1',
    what: 'a record that was lost',
    keys: () => [chargesKey(kept.payerId)],
    plant: () => ground.redis.hDel(chargesKey(kept.payerId), kept.id),
    names: () => kept.id,
    also: ['I3', 'I4'],
  },
  {
    rule: 'I1',
    what: 'one charge id with two payments',
    ...inLedger(() => rowOf(kept, 'source')),
    names: () => kept.id,
  },
  {
    rule: 'I2',
    what: 'a record that nobody paid for',
    keys: () => [chargesKey(kept.payerId)],
    plant: () =>
      record(stranger(), {
        result: 'second',
        grant: {},
        owedAtMs: 1,
        refundedAtMs: kept.paidAtMs,
        paidAtMs: 1_000,
      }),
    names: () => `player ${kept.payerId}, charge stxSTRANGER`,
  },
  {
    rule: 'I2',
    what: 'goods that nobody paid for',
    keys: () => [chargesKey(unused.payerId), inventoryKey(unused.payerId)],
    async plant() {
      await record({ ...unused, id: 'stxPHANTOM', orderId: 'no-order-of-that-name' }, {});
      for (const [item, count] of Object.entries(unused.grant))
        await ground.redis.hIncrBy(inventoryKey(unused.payerId), item, count);
    },
    names: () => `player ${unused.payerId}, charge stxPHANTOM`,
  },
  {
    rule: 'I3',
    what: 'an order credited twice',
    keys: () => [chargesKey(unused.payerId), inventoryKey(unused.payerId)],
    async plant() {
      await record({ ...unused, id: 'stxAGAIN' }, {});
      for (const [item, count] of Object.entries(unused.grant))
        await ground.redis.hIncrBy(inventoryKey(unused.payerId), item, count);
    },
    names: () => `player ${unused.payerId}, order ${unused.orderId}`,
    also: ['I2'],
  },
  {
    rule: 'I3',
    what: 'an order that says refunded of a purchase that is kept',
    keys: () => [orderKey(kept.payerId, kept.orderId)],
    plant: () => ground.redis.hSet(orderKey(kept.payerId, kept.orderId), 's', 'refunded'),
    names: () => `player ${kept.payerId}, order ${kept.orderId}`,
  },
  {
    rule: 'I3',
    what: 'an order paid by a charge that has no record',
    keys: () => [orderKey(kept.payerId, kept.orderId)],
    plant: () => ground.redis.hSet(orderKey(kept.payerId, kept.orderId), 'c', 'stxNOBODY'),
    names: () => `player ${kept.payerId}, order ${kept.orderId}`,
  },
  {
    rule: 'I3',
    what: 'an open order that names a charge',
    keys: () => [orderKey(first(), open().id)],
    plant: () => ground.redis.hSet(orderKey(first(), open().id), 'c', kept.id),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I4',
    what: 'one item too many',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.hIncrBy(inventoryKey(unused.payerId), itemOf(unused), 1),
    names: () => `player ${unused.payerId}, item ${itemOf(unused)}`,
  },
  {
    rule: 'I4',
    what: 'an item that was never sold',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.hSet(inventoryKey(unused.payerId), 'gold', '5/2'),
    names: () => `player ${unused.payerId}, item gold`,
  },
  {
    rule: 'I4',
    what: 'a lost inventory',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.del(inventoryKey(unused.payerId)),
    names: () => `player ${unused.payerId}, item ${itemOf(unused)}`,
    also: ['I9'],
  },
  {
    rule: 'I5',
    what: 'a refund that nobody will send',
    keys: () => [owedKey(bucketOf(waiting.payerId))],
    plant: () => ground.redis.zRem(owedKey(bucketOf(waiting.payerId)), `${waiting.payerId}:${waiting.id}`),
    names: () => waiting.id,
  },
  {
    rule: 'I5',
    what: 'a refund queued for what is kept',
    keys: () => [owedKey(bucketOf(kept.payerId))],
    plant: () =>
      ground.redis.zAdd(owedKey(bucketOf(kept.payerId)), { score: 1, value: `${kept.payerId}:${kept.id}` }),
    names: () => kept.id,
  },
  {
    rule: 'I5',
    what: 'a refund queued without a record',
    keys: () => [owedKey(bucketOf(kept.payerId))],
    plant: () =>
      ground.redis.zAdd(owedKey(bucketOf(kept.payerId)), { score: 1, value: `${kept.payerId}:stxNOBODY` }),
    names: () => 'stxNOBODY',
  },
  {
    rule: 'I5',
    what: 'Stars that are back by the record alone',
    keys: () => [
      chargesKey(waiting.payerId),
      owedKey(bucketOf(waiting.payerId)),
      orderKey(waiting.payerId, waiting.orderId),
    ],
    async plant() {
      await record(waiting, { refundedAtMs: ground.crowd.nowMs - 2 * MINUTE_MS });
      await ground.redis.zRem(owedKey(bucketOf(waiting.payerId)), `${waiting.payerId}:${waiting.id}`);
      await ground.redis.hSet(orderKey(waiting.payerId, waiting.orderId), 's', 'refunded');
    },
    names: () => waiting.id,
  },
  {
    rule: 'I5',
    what: 'Stars that are back by the ledger alone',
    ...inLedger(() => rowOf({ ...kept, refundedAtMs: kept.paidAtMs + 1_000 }, 'receiver')),
    names: () => kept.id,
  },
  {
    rule: 'I5',
    what: 'a sum that is not what was paid',
    keys: () => [chargesKey(kept.payerId)],
    plant: () => record(kept, { amountStars: kept.amountStars + 1 }),
    names: () => kept.id,
    also: ['I6'],
  },
  {
    rule: 'I6',
    what: 'a price that is not that of the catalogue',
    keys: () => [chargesKey(kept.payerId)],
    async plant() {
      await record(kept, { amountStars: 1 });
      rowFor(kept).amount = 1;
    },
    undo: () => {
      rowFor(kept).amount = kept.amountStars;
    },
    names: () => kept.id,
  },
  {
    rule: 'I6',
    what: 'goods that are not those of the offer',
    keys: () => [chargesKey(unused.payerId), inventoryKey(unused.payerId)],
    async plant() {
      const item = itemOf(unused);
      await record(unused, { grant: { [item]: (unused.grant[item] ?? 0) + 1 } });
      await ground.redis.hIncrBy(inventoryKey(unused.payerId), item, 1);
    },
    names: () => unused.id,
  },
  {
    rule: 'I6',
    what: 'an offer that is not the one that was paid for',
    keys: () => [chargesKey(kept.payerId)],
    plant: () => record(kept, { orderId: 'an-order-of-another-kind' }),
    names: () => kept.id,
    also: ['I3'],
  },
  {
    rule: 'I6',
    what: 'a cheaper open order',
    keys: () => [orderKey(first(), open().id)],
    plant: () =>
      ground.redis.hSet(orderKey(first(), open().id), 'j', JSON.stringify({ ...open(), priceStars: 1 })),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I6',
    what: 'a catalogue that nobody has any more',
    keys: () => [REVISIONS_KEY],
    async plant() {
      await ground.redis.del(REVISIONS_KEY);
      writeFileSync(ground.env.CATALOG, '{}');
    },
    undo: () => writeFileSync(ground.env.CATALOG, ground.crowd.catalogText),
    names: () => `catalogue ${ground.crowd.revision.id}`,
    also: ['stock'],
  },
  {
    rule: 'I6',
    what: 'a catalogue that was changed under its name',
    keys: () => [REVISIONS_KEY],
    plant: () =>
      ground.redis.hSet(
        REVISIONS_KEY,
        ground.crowd.revision.id,
        ground.crowd.catalogText.replace('"priceStars":5', '"priceStars":1'),
      ),
    names: () => `${REVISIONS_KEY}, field ${ground.crowd.revision.id}`,
  },
  {
    rule: 'I6',
    what: 'an archive that was changed under its name',
    keys: () => [],
    plant: () => {
      mkdirSync(join(ground.dir, 'revisions'));
      writeFileSync(join(ground.dir, 'revisions', `${ground.crowd.revision.id}.json`), '{"offers":[]}');
    },
    undo: () => rmSync(join(ground.dir, 'revisions'), { recursive: true }),
    names: () => `revisions/${ground.crowd.revision.id}.json`,
  },
  {
    rule: 'I6',
    what: 'charges in the bucket of others',
    keys: () => ['{b0001}:c:5'],
    plant: () => ground.redis.hSet('{b0001}:c:5', kept.id, formatRecord(kept)),
    names: () => 'key {b0001}:c:5',
  },
  ...['abc', '1.5', '1e9', '07', '5/', '1000000001', '-'].map(
    (value): Fault => ({
      rule: 'I7',
      what: `the amount ${JSON.stringify(value)}`,
      keys: () => [inventoryKey(unused.payerId)],
      plant: () => ground.redis.hSet(inventoryKey(unused.payerId), 'gold', value),
      names: () => `player ${unused.payerId}, item gold`,
    }),
  ),
  {
    rule: 'I7',
    what: 'a revision that is no number',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.hSet(inventoryKey(unused.payerId), '#rev', 'one'),
    names: () => `player ${unused.payerId}, revision`,
    also: ['I9'],
  },
  {
    rule: 'I7',
    what: 'a debt without a refund',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.hSet(inventoryKey(unused.payerId), 'gold', '-2/2'),
    names: () => `player ${unused.payerId}, item gold`,
  },
  ...['', 'credit', 'gift 1 2 - - 0 - -'].map(
    (text): Fault => ({
      rule: 'I7',
      what: `the record ${JSON.stringify(text)}`,
      keys: () => [chargesKey(kept.payerId)],
      plant: () => ground.redis.hSet(chargesKey(kept.payerId), kept.id, text),
      names: () => kept.id,
      also: ['I3', 'I4'],
    }),
  ),
  {
    rule: 'I7',
    what: 'a record with a word of no server',
    keys: () => [chargesKey(kept.payerId)],
    plant: () => ground.redis.hSet(chargesKey(kept.payerId), kept.id, `${formatRecord(kept)} gone=1`),
    names: () => kept.id,
    also: ['I3', 'I4'],
  },
  {
    rule: 'I7',
    what: 'a promise that can not be read',
    keys: () => [orderKey(first(), open().id)],
    plant: () => ground.redis.hSet(orderKey(first(), open().id), 'j', '{'),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I7',
    what: 'a list instead of charges',
    keys: () => [chargesKey(kept.payerId)],
    async plant() {
      await ground.redis.del(chargesKey(kept.payerId));
      await ground.redis.rPush(chargesKey(kept.payerId), 'x');
    },
    names: () => `key ${chargesKey(kept.payerId)}`,
    also: ['I1'],
  },
  {
    rule: 'I8',
    what: 'a state of no machine',
    keys: () => [orderKey(first(), open().id)],
    plant: () => ground.redis.hSet(orderKey(first(), open().id), 's', 'paid'),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I8',
    what: 'a link without an order',
    keys: () => [orderKey(first(), open().id)],
    plant: () => ground.redis.hDel(orderKey(first(), open().id), ['s', 'p', 'j']),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I8',
    what: 'an open order that would never end',
    keys: () => [endingKey(bucketOf(first()))],
    plant: () => ground.redis.zRem(endingKey(bucketOf(first())), listed()),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I8',
    what: 'an open order outside its player’s list',
    keys: () => [openOrdersKey(first())],
    plant: () => ground.redis.del(openOrdersKey(first())),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I8',
    what: 'an ended order among the open',
    keys: () => [orderKey(first(), open().id)],
    plant: () => ground.redis.hSet(orderKey(first(), open().id), 's', 'expired'),
    names: () => `player ${first()}, order ${open().id}`,
  },
  {
    rule: 'I8',
    what: 'a refund before the payment',
    keys: () => [chargesKey(refunded.payerId)],
    async plant() {
      await record(refunded, { refundedAtMs: refunded.paidAtMs - 2 * MINUTE_MS });
    },
    names: () => refunded.id,
  },
  {
    rule: 'I8',
    what: 'a payment of tomorrow',
    keys: () => [chargesKey(kept.payerId)],
    plant: () => record(kept, { paidAtMs: ground.crowd.nowMs + 24 * 60 * MINUTE_MS }),
    names: () => kept.id,
  },
  {
    rule: 'I9',
    what: 'a push that was lost',
    keys: () => [inventoryKey(unused.payerId)],
    plant: () => ground.redis.hIncrBy(inventoryKey(unused.payerId), '#rev', 1),
    names: () => `player ${unused.payerId}`,
  },
  {
    rule: 'I9',
    what: 'a gap in the outbox',
    keys: () => [outboxKey(bucketOf(unused.payerId))],
    async plant() {
      const key = outboxKey(bucketOf(unused.payerId));
      const own = ((await ground.redis.xRange(key, '-', '+')) ?? []).filter(
        ({ message }) => message.player === String(unused.payerId),
      );
      await ground.redis.xDel(key, own[1]?.id ?? '');
    },
    names: () => `player ${unused.payerId}`,
  },
  {
    rule: 'I9',
    what: 'an outbox that nobody trims',
    keys: () => [outboxKey(bucketOf(kept.payerId))],
    async plant() {
      const entry = { player: String(kept.payerId), rev: '1', cause: 'use' };
      const entries = Array.from({ length: 10_000 }, () =>
        ground.redis.xAdd(outboxKey(bucketOf(kept.payerId)), '*', entry),
      );
      await Promise.all(entries);
    },
    names: () => `key ${outboxKey(bucketOf(kept.payerId))}`,
  },
  {
    rule: 'I10',
    what: 'an order that nobody ended',
    keys: () => [endingKey(bucketOf(first())), orderKey(first(), open().id)],
    async plant() {
      const expiresAtMs = Date.now() - 3 * MINUTE_MS;
      await ground.redis.zAdd(endingKey(bucketOf(first())), { score: expiresAtMs, value: listed() });
      await ground.redis.hSet(orderKey(first(), open().id), 'j', JSON.stringify({ ...open(), expiresAtMs }));
    },
    names: () => listed(),
  },
  {
    rule: 'I10',
    what: 'a refund that takes too long',
    keys: () => [chargesKey(waiting.payerId)],
    plant: () => record(waiting, { owedAtMs: Date.now() - 11 * MINUTE_MS }),
    names: () => waiting.id,
  },
  {
    rule: 'I11',
    what: 'scripts of another version',
    keys: () => [],
    plant: () => ground.redis.eval('return 1 -- of another version'),
    undo: () => ground.redis.scriptFlush(),
    names: () => 'node Redis',
  },
  {
    rule: 'I12',
    what: 'a ledger that was never walked to its end',
    keys: () => [cursorKey(ground.botId)],
    plant: () => ground.redis.del(cursorKey(ground.botId)),
    names: () => cursorKey(ground.botId),
  },
  {
    rule: 'I12',
    what: 'a ledger that is walked no more',
    keys: () => [cursorKey(ground.botId)],
    plant: () => ground.redis.decr(cursorKey(ground.botId)),
    names: () => cursorKey(ground.botId),
  },
  {
    rule: 'I12',
    what: 'the ledger of another bot',
    keys: () => [cursorKey(ground.botId)],
    plant: () => ground.redis.incr(cursorKey(ground.botId)),
    names: () => cursorKey(ground.botId),
  },
  {
    rule: 'stock',
    what: 'copies held for nothing',
    keys: () => [stockKey('rare')],
    async plant() {
      await ground.redis.hSet(stockKey('rare'), '5:no-order-of-that-name', '1');
      await ground.redis.hIncrBy(stockKey('rare'), '#taken', 1);
    },
    names: () => 'holder 5:no-order-of-that-name',
  },
  {
    rule: 'stock',
    what: 'a purchase that holds no copies',
    keys: () => [stockKey('rare')],
    async plant() {
      await ground.redis.hDel(stockKey('rare'), `${rare.payerId}:${rare.orderId}`);
      await ground.redis.hIncrBy(stockKey('rare'), '#taken', -1);
    },
    names: () => rare.id,
  },
  {
    rule: 'stock',
    what: 'a sum that is not that of the holders',
    keys: () => [stockKey('rare')],
    plant: () => ground.redis.hIncrBy(stockKey('rare'), '#taken', 1),
    names: () => 'key stock:rare',
  },
  {
    rule: 'keys',
    what: 'a key of no known form',
    keys: () => ['{b0001}:zzz:1'],
    plant: () => ground.redis.set('{b0001}:zzz:1', 'x'),
    names: () => 'key {b0001}:zzz:1',
  },
];

function rowFor(charge: Charge): { amount: number } {
  const row = ground.ledger.find(({ id }) => id === charge.id);
  if (!row) throw new Error('every charge of the crowd has a row');
  return row;
}

const lines = (breaches: Breach[]): string[] => breaches.map(formatBreach);

/** Out of the way of the shop's names, where an audit only counts them. */
const aside = (key: string): string => `aside ${key}`;

/** Lets something happen to keys, and puts them back as they were. */
async function withKeys<T>(keys: string[], work: () => Promise<T>): Promise<T> {
  const { redis } = ground;
  for (const key of keys) await redis.copy(key, aside(key));
  try {
    return await work();
  } finally {
    for (const key of keys) {
      await redis.del(key);
      if (await redis.exists(aside(key))) await redis.rename(aside(key), key);
    }
  }
}

describe('a shop that has been busy', () => {
  test('is clean', async () => {
    const { findings, store, ledger, compared } = await ground.audit();
    expect(lines(findings.breaches())).toEqual([]);
    expect(store).toMatchObject({ players: SIZE.players, charges: SIZE.players * SIZE.purchases });
    expect(ledger.rows).toBe(ground.ledger.length);
    expect(store.keptStars + store.owedStars).toBe(ledger.starsIn - ledger.starsBack);
    expect(compared).toBe(0);
  });

  test.each(FAULTS.map((fault) => [fault.rule, fault.what, fault] as const))(
    '%s: %s',
    async (rule, _, fault) => {
      const { keys, plant, undo, names, also = [] } = fault;
      const found = await withKeys(keys(), async () => {
        await plant();
        try {
          return (await ground.audit()).findings.breaches();
        } finally {
          await undo?.();
        }
      });
      const named = lines(found.filter((breach) => breach.rule === rule));
      expect(named).toContainEqual(expect.stringContaining(names()));
      const others = new Set(found.map((breach) => breach.rule).filter((each) => each !== rule));
      expect([...others].sort()).toEqual([...also].sort());
    },
  );

  test('is clean where Telegram leaves the payloads out of its ledger', async () => {
    const partners = ground.ledger.flatMap(
      ({ source }) => (source as { invoice_payload?: string } | undefined) ?? [],
    );
    const payloads = partners.map(({ invoice_payload }) => invoice_payload ?? '');
    for (const partner of partners) delete partner.invoice_payload;
    const { findings, compared } = await ground.audit();
    for (const [index, partner] of partners.entries()) partner.invoice_payload = payloads[index] ?? '';
    expect(lines(findings.breaches())).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });

  test('is told of by a Telegram that is slow and stumbles', async () => {
    const method = 'getStarTransactions';
    ground.sandbox.control.faults({
      too_many_requests: { method, retryAfter: 1, count: 3 },
      server_error: { method, count: 2 },
    });
    const { findings, ledger } = await ground.audit();
    expect(findings.isClean()).toBe(true);
    expect(ledger.rows).toBe(ground.ledger.length);
    expect(Object.keys(ground.sandbox.control.faults({}).faults)).toEqual([]);
  });

  test('has every rule broken by some fault of the table', () => {
    expect(new Set(FAULTS.map(({ rule }) => rule))).toEqual(new Set(Object.keys(RULES)));
  });

  test('is clean again when the faults are gone', async () => {
    expect(lines((await ground.audit()).findings.breaches())).toEqual([]);
    expect(existsSync(join(ground.dir, 'revisions'))).toBe(false);
  });
});
