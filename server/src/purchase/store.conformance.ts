import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Charge, countBought } from './charge.ts';
import type { MemoryStore } from './memory.ts';
import { ORDER_LIFE_MS, type Order } from './order.ts';
import { type Ending, MIN_LIFE_LEFT_MS } from './ports.ts';

export type Store = MemoryStore;

const NOW = 1_790_000_000_000;
const LIMITS = { open: 3 };
let nextPlayer = 5_000_000_000;
let nextId = 0;
const id = (name: string): string => `${name}_${String(nextId++).padStart(20, '0')}`;

function orderOf(playerId: number, change: Partial<Order> = {}): Order {
  return {
    id: id('o'),
    playerId,
    sku: 'shield_3',
    quantity: 1,
    priceStars: 15,
    grant: { shield: 3 },
    revision: '0123456789ab',
    createdAtMs: NOW,
    expiresAtMs: NOW + ORDER_LIFE_MS,
    state: 'new',
    ...change,
  };
}

function chargeOf(order: Order, change: Partial<Charge> = {}): Charge {
  const { playerId: payerId, id: orderId, sku, quantity, revision, grant, priceStars: amountStars } = order;
  return {
    id: id('stx'),
    payerId,
    result: 'credit',
    amountStars,
    paidAtMs: NOW + 1_000,
    orderId,
    sku,
    quantity,
    revision,
    grant,
    ...change,
  };
}

/** What every store must do. Each case has a player of its own, so a shared Redis serves. */
export function describeStore(
  name: string,
  open: () => Promise<{ store: Store; close(): Promise<void> }>,
): void {
  describe(`the store: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: Store;
    let player = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());
    const fresh = (): number => {
      player = nextPlayer++;
      return player;
    };
    const place = (order: Order, limits: { open: number; perPlayer?: number } = LIMITS, nowMs = NOW) =>
      store.orders.place(order, limits, nowMs);

    describe('orders', () => {
      test('a placed order reads back whole', async () => {
        const order = orderOf(fresh());
        expect(await place(order)).toEqual({ kind: 'placed', order });
        expect(await store.orders.find(player, order.id)).toEqual(order);
      });

      test('an order belongs to its player: nobody else finds it', async () => {
        const order = orderOf(fresh());
        await place(order);
        expect(await store.orders.find(fresh(), order.id)).toBeUndefined();
      });

      test('the same id again changes nothing', async () => {
        const order = orderOf(fresh());
        await place(order);
        const again = await place({ ...order, sku: 'magnet_3', priceStars: 1 });
        expect(again).toEqual({ kind: 'exists', order });
      });

      test('two taps on one offer share one order', async () => {
        const first = orderOf(fresh());
        await place(first);
        const second = orderOf(player);
        expect(await place(second)).toEqual({ kind: 'exists', order: first });
        expect(await place(second)).toEqual({ kind: 'exists', order: first });
        expect(await store.orders.find(player, second.id)).toEqual(first);
        expect(await store.orders.find(fresh(), second.id)).toBeUndefined();
      });

      test('a twin near its end is replaced, not shared', async () => {
        const first = orderOf(fresh());
        await place(first);
        const later = first.expiresAtMs - MIN_LIFE_LEFT_MS + 1;
        const second = orderOf(player);
        expect(await place(second, LIMITS, later)).toMatchObject({
          kind: 'placed',
          order: { id: second.id },
        });
        expect((await store.orders.find(player, first.id))?.state).toBe('closed');
      });

      test('a new price closes the open order of the old one, but not one Telegram was told yes for', async () => {
        const first = orderOf(fresh());
        await place(first);
        const second = orderOf(player, { revision: 'ba9876543210', priceStars: 20 });
        await place(second);
        expect((await store.orders.find(player, first.id))?.state).toBe('closed');
        await store.orders.markReady(player, second.id);
        await place(orderOf(player, { revision: 'aaaaaaaaaaaa' }));
        expect((await store.orders.find(player, second.id))?.state).toBe('ready');
      });

      test('open orders are counted until they expire', async () => {
        fresh();
        for (const sku of ['a', 'b', 'c'])
          expect((await place(orderOf(player, { sku }))).kind).toBe('placed');
        expect((await place(orderOf(player, { sku: 'd' }))).kind).toBe('too_many_orders');
        expect((await place(orderOf(player, { sku: 'd' }), LIMITS, NOW + ORDER_LIFE_MS)).kind).toBe('placed');
      });

      test('a limit counts what was bought and what is being paid', async () => {
        const limits = { open: 3, perPlayer: 2 };
        const first = orderOf(fresh());
        await place(first, limits);
        await store.ledger.credit(chargeOf(first));
        const second = orderOf(player);
        expect((await place(second, limits)).kind).toBe('placed');
        await store.orders.markReady(player, second.id);
        expect((await place(orderOf(player, { quantity: 2 }), limits)).kind).toBe('limit_reached');
        await store.ledger.credit(chargeOf(second));
        expect((await place(orderOf(player), limits)).kind).toBe('limit_reached');
      });

      test('the first link is kept', async () => {
        const order = orderOf(fresh());
        await place(order);
        expect(await store.orders.keepInvoice(player, order.id, 'https://t.me/$one')).toBe(
          'https://t.me/$one',
        );
        expect(await store.orders.keepInvoice(player, order.id, 'https://t.me/$two')).toBe(
          'https://t.me/$one',
        );
      });

      test('ready is reached from new and repeated; a credited order stays credited', async () => {
        const order = orderOf(fresh());
        expect(await store.orders.markReady(player, order.id)).toBeUndefined();
        await place(order);
        expect(await store.orders.markReady(player, order.id)).toBe('ready');
        expect(await store.orders.markReady(player, order.id)).toBe('ready');
        await store.ledger.credit(chargeOf(order));
        expect(await store.orders.markReady(player, order.id)).toBe('credited');
      });
    });

    describe('credit', () => {
      test('gives the goods, ends the order, keeps the record', async () => {
        const order = orderOf(fresh(), { grant: { shield: 3, magnet: 2 } });
        await place(order);
        const charge = chargeOf(order);
        expect(await store.ledger.credit(charge)).toEqual({ kind: 'credited', rev: 1 });
        expect(await store.inventories.read(player)).toEqual({
          rev: 1,
          items: { shield: 3, magnet: 2 },
          debts: {},
        });
        expect(await store.orders.find(player, order.id)).toMatchObject({
          state: 'credited',
          chargeId: charge.id,
        });
        expect(await store.ledger.charges(player)).toEqual([charge]);
        expect(countBought(await store.ledger.charges(player))).toEqual({ shield_3: 1 });
      });

      test('the same charge ten times at once: one credit', async () => {
        const order = orderOf(fresh());
        await place(order);
        const charge = chargeOf(order);
        const results = await Promise.all(Array.from({ length: 10 }, () => store.ledger.credit(charge)));
        expect(results.filter(({ kind }) => kind === 'credited')).toHaveLength(1);
        expect(results.filter(({ kind }) => kind === 'exists')).toHaveLength(9);
        expect((await store.inventories.read(player)).items).toEqual({ shield: 3 });
      });

      test('two charges for one order at once: one credit, the other is told so and leaves no trace', async () => {
        const order = orderOf(fresh());
        await place(order);
        const results = await Promise.all(
          [chargeOf(order), chargeOf(order)].map((c) => store.ledger.credit(c)),
        );
        expect(results.map(({ kind }) => kind).sort()).toEqual(['credited', 'order_paid']);
        expect(await store.ledger.charges(player)).toHaveLength(1);
      });

      test('an order that was lost is credited once, too', async () => {
        const order = orderOf(fresh());
        const charge = chargeOf(order);
        expect((await store.ledger.credit(charge)).kind).toBe('credited');
        expect((await store.ledger.credit(chargeOf(order))).kind).toBe('order_paid');
        // From then on it is an order like any other: its player may ask for it, and repeat it in vain.
        const found = await store.orders.find(order.playerId, order.id);
        expect(found).toMatchObject({
          sku: 'shield_3',
          priceStars: 15,
          state: 'credited',
          chargeId: charge.id,
        });
        expect(await store.orders.place(order, LIMITS, NOW)).toEqual({ kind: 'exists', order: found });
      });

      test('an expired or closed order is credited all the same', async () => {
        const order = orderOf(fresh(), { createdAtMs: NOW - ORDER_LIFE_MS, expiresAtMs: NOW });
        await place(order);
        expect((await store.ledger.credit(chargeOf(order))).kind).toBe('credited');
      });

      test('the revision rises by one with each change', async () => {
        fresh();
        for (let rev = 1; rev <= 3; rev++)
          expect(await store.ledger.credit(chargeOf(orderOf(player)))).toEqual({ kind: 'credited', rev });
      });
    });

    describe('what is not credited', () => {
      test('is recorded once and owed from then on', async () => {
        const charge = chargeOf(orderOf(fresh()), { result: 'second', grant: {}, owedAtMs: NOW });
        expect(await store.ledger.hold(charge)).toEqual({ kind: 'held' });
        expect(await store.ledger.hold(charge)).toEqual({ kind: 'exists', charge });
        expect(await store.ledger.credit(charge)).toEqual({ kind: 'exists', charge });
        expect(await store.ledger.owed(NOW)).toContainEqual({
          payerId: player,
          chargeId: charge.id,
        });
        expect((await store.inventories.read(player)).rev).toBe(0);
      });

      test('is owed no sooner than its time, and no longer once refunded', async () => {
        const charge = chargeOf(orderOf(fresh()), { result: 'orphan', grant: {}, owedAtMs: NOW });
        await store.ledger.hold(charge);
        const owed = { payerId: player, chargeId: charge.id };
        await store.ledger.postpone(owed, NOW + 60_000);
        expect(await store.ledger.owed(NOW + 59_999)).not.toContainEqual(owed);
        expect(await store.ledger.owed(NOW + 60_000)).toContainEqual(owed);
        expect(await store.ledger.refund(player, charge.id, NOW)).toEqual({
          kind: 'refunded',
          charge: { ...charge, refundedAtMs: NOW },
        });
        expect(await store.ledger.owed(NOW + 60_000)).not.toContainEqual(owed);
        await store.ledger.postpone(owed, NOW);
        expect(await store.ledger.owed(NOW + 60_000)).not.toContainEqual(owed);
      });
    });

    describe('refund', () => {
      test('takes the goods back, once', async () => {
        const order = orderOf(fresh());
        await place(order);
        const charge = chargeOf(order);
        await store.ledger.credit(charge);
        const results = await Promise.all([1, 2, 3].map(() => store.ledger.refund(player, charge.id, NOW)));
        expect(results.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'refunded']);
        expect(await store.inventories.read(player)).toEqual({ rev: 2, items: {}, debts: {} });
        expect((await store.orders.find(player, order.id))?.state).toBe('refunded');
        expect(countBought(await store.ledger.charges(player))).toEqual({});
      });

      test('of goods that were used takes what is left, and the next credit pays the rest first, at most', async () => {
        const charge = chargeOf(orderOf(fresh()));
        await store.ledger.credit(charge);
        await store.inventories.use(player, id('op'), 'shield', 2);
        await store.ledger.refund(player, charge.id, NOW);
        expect(await store.inventories.read(player)).toEqual({ rev: 3, items: {}, debts: { shield: 2 } });
        expect(await store.inventories.use(player, id('op'), 'shield', 1)).toEqual({ kind: 'not_enough' });
        await store.ledger.credit(chargeOf(orderOf(player), { grant: { shield: 1 } }));
        expect(await store.inventories.read(player)).toEqual({ rev: 4, items: {}, debts: { shield: 1 } });
        await store.ledger.credit(chargeOf(orderOf(player)));
        expect(await store.inventories.read(player)).toEqual({ rev: 5, items: { shield: 2 }, debts: {} });
      });

      test('of a credit that paid a debt brings the debt back', async () => {
        const [first, second] = [chargeOf(orderOf(fresh())), chargeOf(orderOf(player))];
        await store.ledger.credit(first);
        await store.inventories.use(player, id('op'), 'shield', 3);
        await store.ledger.refund(player, first.id, NOW);
        await store.ledger.credit(second);
        expect(await store.inventories.read(player)).toMatchObject({ items: {}, debts: {} });
        await store.ledger.refund(player, second.id, NOW);
        expect(await store.inventories.read(player)).toMatchObject({ items: {}, debts: { shield: 3 } });
      });

      test('leaves what other charges gave', async () => {
        const first = chargeOf(orderOf(fresh()));
        await store.ledger.credit(first);
        await store.ledger.credit(chargeOf(orderOf(player)));
        await store.ledger.refund(player, first.id, NOW);
        expect((await store.inventories.read(player)).items).toEqual({ shield: 3 });
      });

      test('of a charge never heard of is unknown', async () => {
        expect(await store.ledger.refund(fresh(), id('stx'), NOW)).toEqual({ kind: 'unknown' });
      });

      test('a refunded charge is not credited again', async () => {
        const charge = chargeOf(orderOf(fresh()));
        await store.ledger.credit(charge);
        await store.ledger.refund(player, charge.id, NOW);
        expect((await store.ledger.credit(charge)).kind).toBe('exists');
        expect((await store.inventories.read(player)).items).toEqual({});
      });
    });

    describe('a refund of ours', () => {
      const credited = async () => {
        const order = orderOf(fresh());
        await place(order);
        const charge = chargeOf(order);
        await store.ledger.credit(charge);
        return { order, charge };
      };
      const stateOf = async (order: Order) => (await store.orders.find(player, order.id))?.state;

      test('takes the goods as it begins, once, and ends when the Stars are back', async () => {
        const { order, charge } = await credited();
        const begun = await Promise.all(
          [1, 2, 3].map((n) => store.ledger.beginRefund(player, charge.id, `admin${n}`, NOW)),
        );
        expect(begun.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'begun']);
        expect(await store.inventories.read(player)).toEqual({ rev: 2, items: {}, debts: {} });
        expect(await stateOf(order)).toBe('refunding');
        const owed = { payerId: player, chargeId: charge.id };
        expect(await store.ledger.owed(NOW)).toContainEqual(owed);
        expect(await store.ledger.find(player, charge.id)).toMatchObject({
          result: 'credit',
          owedAtMs: NOW,
          refundedBy: expect.stringMatching(/^admin[123]$/),
        });

        expect(await store.ledger.refund(player, charge.id, NOW + 5)).toMatchObject({
          kind: 'refunded',
          charge: { refundedAtMs: NOW + 5 },
        });
        expect((await store.ledger.refund(player, charge.id, NOW + 6)).kind).toBe('already');
        expect(await store.inventories.read(player)).toEqual({ rev: 2, items: {}, debts: {} });
        expect(await stateOf(order)).toBe('refunded');
        expect(await store.ledger.owed(NOW)).not.toContainEqual(owed);
      });

      test('that Telegram refuses for good gives the goods again', async () => {
        const { order, charge } = await credited();
        expect(await store.ledger.cancelRefund(player, charge.id)).toBe(false);
        await store.ledger.beginRefund(player, charge.id, 'admin', NOW);
        expect(await store.ledger.cancelRefund(player, charge.id)).toBe(true);
        expect(await store.ledger.cancelRefund(player, charge.id)).toBe(false);
        expect((await store.inventories.read(player)).items).toEqual({ shield: 3 });
        expect(await stateOf(order)).toBe('credited');
        expect(await store.ledger.find(player, charge.id)).toEqual(charge);
        expect(await store.ledger.owed(NOW)).not.toContainEqual({ payerId: player, chargeId: charge.id });
      });

      test('is refused for what is not credited, not known, or back already', async () => {
        const held = chargeOf(orderOf(fresh()), { result: 'second', grant: {}, owedAtMs: NOW });
        await store.ledger.hold(held);
        const begin = (chargeId: string) => store.ledger.beginRefund(player, chargeId, 'admin', NOW);
        expect(await begin(held.id)).toEqual({ kind: 'not_credited', charge: held });
        expect(await begin(id('stx'))).toEqual({ kind: 'unknown' });
        const { charge } = await credited();
        await store.ledger.refund(player, charge.id, NOW);
        expect((await begin(charge.id)).kind).toBe('already');
      });
    });

    describe('limits at the credit', () => {
      test('hold in whatever order the payments come', async () => {
        const limits = { open: 3, perPlayer: 2 };
        fresh();
        const late = orderOf(player, { createdAtMs: NOW - ORDER_LIFE_MS, expiresAtMs: NOW });
        await place(late, limits, NOW - ORDER_LIFE_MS);
        const order = orderOf(player, { quantity: 2 });
        await place(order, limits);
        const credit = (charge: Charge) => store.ledger.credit(charge, { perPlayer: 2 });
        expect((await credit(chargeOf(order))).kind).toBe('credited');
        expect(await credit(chargeOf(late))).toEqual({ kind: 'limit_reached' });
        expect(await store.ledger.charges(player)).toHaveLength(1);
      });

      test('count what was refunded no more', async () => {
        const first = chargeOf(orderOf(fresh()));
        await store.ledger.credit(first, { perPlayer: 1 });
        expect((await store.ledger.credit(chargeOf(orderOf(player)), { perPlayer: 1 })).kind).toBe(
          'limit_reached',
        );
        await store.ledger.refund(player, first.id, NOW);
        expect((await store.ledger.credit(chargeOf(orderOf(player)), { perPlayer: 1 })).kind).toBe(
          'credited',
        );
      });

      test('an order that was for something else is not credited', async () => {
        const order = orderOf(fresh());
        await place(order);
        for (const change of [{ sku: 'magnet_3' }, { quantity: 2 }, { revision: 'ba9876543210' }])
          expect(await store.ledger.credit(chargeOf(order, change))).toEqual({ kind: 'other_order' });
        expect((await store.inventories.read(player)).items).toEqual({});
      });

      test('one that must have its copies is not credited without them, nor after its end', async () => {
        const [open, ended] = [orderOf(fresh()), orderOf(player, { sku: 'magnet_3' })];
        await place(open);
        await place(ended);
        await store.orders.end({ playerId: player, sku: ended.sku, orderId: ended.id }, 'closed', NOW);
        const credit = (order: Order) => store.ledger.credit(chargeOf(order), { heldOnly: true });
        expect(await store.orders.markHeld(player, ended.id)).toBe('closed');
        expect(await store.orders.markHeld(player, id('o'))).toBeUndefined();
        for (const order of [ended, orderOf(player), open])
          expect(await credit(order)).toEqual({ kind: 'not_held' });
        expect(await store.orders.markHeld(player, open.id)).toBe('new');
        expect((await credit(open)).kind).toBe('credited');
      });
    });

    describe('the end of an order', () => {
      const endingOf = (order: Order): Ending => ({ playerId: player, sku: order.sku, orderId: order.id });

      test('comes when its time is over, and is told until it is forgotten', async () => {
        const order = orderOf(fresh());
        await place(order);
        const ending = endingOf(order);
        expect(await store.orders.ending(order.expiresAtMs - 1)).not.toContainEqual(ending);
        expect(await store.orders.end(ending, 'expired', order.expiresAtMs - 1)).toBe('new');
        expect(await store.orders.ending(order.expiresAtMs)).toContainEqual(ending);
        expect(await store.orders.end(ending, 'expired', order.expiresAtMs)).toBe('expired');
        expect(await store.orders.ending(order.expiresAtMs)).toContainEqual(ending);
        expect(await store.orders.markReady(player, order.id)).toBe('expired');
        await store.orders.forget(ending);
        expect(await store.orders.ending(order.expiresAtMs)).not.toContainEqual(ending);
      });

      test('of one that was paid changes nothing, and is not told', async () => {
        const order = orderOf(fresh());
        await place(order);
        await store.ledger.credit(chargeOf(order));
        expect(await store.orders.ending(order.expiresAtMs)).not.toContainEqual(endingOf(order));
        expect(await store.orders.end(endingOf(order), 'expired', order.expiresAtMs)).toBe('credited');
      });

      test('of one that was replaced or closed is told at once', async () => {
        const first = orderOf(fresh());
        await place(first);
        await place(orderOf(player, { quantity: 2 }));
        expect(await store.orders.ending(NOW)).toContainEqual(endingOf(first));
        const other = orderOf(player, { sku: 'magnet_3' });
        await place(other);
        expect(await store.orders.end(endingOf(other), 'closed', NOW)).toBe('closed');
        expect(await store.orders.ending(NOW)).toContainEqual(endingOf(other));
        expect(await store.orders.end(endingOf(orderOf(player)), 'closed', NOW)).toBeUndefined();
      });

      test('a link of an order that is gone is not kept', async () => {
        expect(await store.orders.keepInvoice(fresh(), id('o'), 'https://t.me/$one')).toBeUndefined();
      });
    });

    describe('stock', () => {
      const sku = () => `limited_${nextId++}`;

      test('is never taken beyond its limit, however many ask at once', async () => {
        const offer = sku();
        const asked = Array.from({ length: 12 }, (_, i) => store.stock.take(offer, `holder${i}`, 2, 9));
        expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(4);
        expect(await store.stock.taken(offer)).toBe(8);
      });

      test('is taken and given once for each holder', async () => {
        const offer = sku();
        const take = (holder: string) => store.stock.take(offer, holder, 1, 1);
        expect([await take('a'), await take('a'), await take('b')]).toEqual([true, true, false]);
        await store.stock.give(offer, 'b');
        expect(await take('b')).toBe(false);
        await store.stock.give(offer, 'a');
        await store.stock.give(offer, 'a');
        expect(await store.stock.taken(offer)).toBe(0);
        expect(await take('b')).toBe(true);
      });
    });

    describe('use', () => {
      const give = () => store.ledger.credit(chargeOf(orderOf(fresh())));

      test('takes one away, once for each operation', async () => {
        await give();
        const opId = id('op');
        const inventory = { rev: 2, items: { shield: 2 }, debts: {} };
        expect(await store.inventories.use(player, opId, 'shield', 1)).toEqual({ kind: 'used', inventory });
        expect(await store.inventories.use(player, opId, 'shield', 1)).toEqual({ kind: 'exists', inventory });
      });

      test('the same operation with other words is a conflict', async () => {
        await give();
        const opId = id('op');
        await store.inventories.use(player, opId, 'shield', 1);
        expect(await store.inventories.use(player, opId, 'shield', 2)).toEqual({ kind: 'op_conflict' });
        expect(await store.inventories.use(player, opId, 'magnet', 1)).toEqual({ kind: 'op_conflict' });
      });

      test('ten devices at once never go below zero', async () => {
        await give();
        const uses = Array.from({ length: 10 }, () => store.inventories.use(player, id('op'), 'shield', 1));
        const kinds = (await Promise.all(uses)).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'used')).toHaveLength(3);
        expect(kinds.filter((kind) => kind === 'not_enough')).toHaveLength(7);
        expect((await store.inventories.read(player)).items).toEqual({});
      });

      test('what is not owned is not used, and the operation may be tried again once it is', async () => {
        fresh();
        const opId = id('op');
        expect(await store.inventories.use(player, opId, 'shield', 1)).toEqual({ kind: 'not_enough' });
        await store.ledger.credit(chargeOf(orderOf(player)));
        expect((await store.inventories.use(player, opId, 'shield', 1)).kind).toBe('used');
      });
    });
  });
}
