import type { Grant } from '@stardrift/shared/catalog';
import { startTestRedis } from '@stardrift/tools/redis';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Charge } from '../purchase/charge.ts';
import { createMemoryStore } from '../purchase/memory.ts';
import { ORDER_LIFE_MS, type Order } from '../purchase/order.ts';
import type { Ending } from '../purchase/ports.ts';
import type { Store } from '../purchase/store.conformance.ts';
import { connectRedis } from './client.ts';
import { createInventories } from './inventories.ts';
import { createLedger } from './ledger.ts';
import { createOrders } from './orders.ts';
import { createStock } from './stock.ts';

const NOW = 1_790_000_000_000;
const SKUS = ['shield_3', 'trail_ember'];
const GRANTS: Grant[] = [{ shield: 3 }, { shield: 1, trail_ember: 1 }];
/** The largest id Telegram promises, the longest a number may grow in a store: 52 bits. */
const LARGEST_PLAYER = 2 ** 52 - 1;

interface Terms {
  order: number;
  sku: number;
  quantity: number;
  revision: number;
}
type Operation =
  | ({ kind: 'place'; open: number; perPlayer: number } & Terms)
  | ({ kind: 'credit' | 'hold'; charge: number; perPlayer: number; heldOnly: boolean } & Terms)
  | { kind: 'refund' | 'postpone' | 'begin' | 'cancel'; charge: number }
  | { kind: 'end' | 'forget'; order: number; sku: number; closed: boolean }
  | { kind: 'take' | 'give'; sku: number; holder: number; copies: number }
  | { kind: 'invoice' | 'ready' | 'held'; order: number }
  | { kind: 'use'; operation: number; item: number; count: number }
  | { kind: 'wait'; ms: number };

const few = (max: number) => fc.nat({ max });
const terms = { order: few(4), sku: few(1), quantity: fc.integer({ min: 1, max: 3 }), revision: few(1) };
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      open: fc.integer({ min: 1, max: 3 }),
      perPlayer: few(4),
      ...terms,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('credit' as const, 'hold' as const),
      charge: few(3),
      perPlayer: few(4),
      heldOnly: fc.boolean(),
      ...terms,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('refund' as const, 'postpone' as const),
      charge: few(2),
    }),
  },
  {
    weight: 6,
    // One charge: a refund that is taken back needs a credit, a beginning and nothing in between.
    arbitrary: fc.record({
      kind: fc.constantFrom('begin' as const, 'cancel' as const),
      charge: few(1),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('end' as const, 'end' as const, 'forget' as const),
      order: few(4),
      sku: few(1),
      closed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('take' as const, 'take' as const, 'give' as const),
      sku: few(1),
      holder: few(2),
      copies: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('invoice' as const, 'ready' as const, 'held' as const),
      order: few(4),
    }),
  },
  {
    weight: 4,
    // Few ids and few counts: a repeat of the same use has to be common, not a stroke of luck.
    arbitrary: fc.record({
      kind: fc.constant('use' as const),
      operation: few(1),
      item: few(1),
      count: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 2,
    // The borders matter most: the last moment of an order, the first after it, and those of its last five minutes.
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(
        1,
        299_999,
        300_000,
        600_000,
        600_001,
        ORDER_LIFE_MS - 1,
        ORDER_LIFE_MS,
        ORDER_LIFE_MS,
      ),
    }),
  },
);

/** What the two stores are told, for one player and at one time. */
function tell(store: Store, playerId: number, operation: Operation, nowMs: number): Promise<unknown> {
  const name = (kind: string, index: number) => `${kind}_${playerId}_${index}_${'0'.repeat(16)}`;
  function chargeOf(
    result: Charge['result'],
    { charge, order, sku, quantity, revision }: Terms & { charge: number },
  ): Charge {
    return {
      id: name('stx', charge),
      payerId: playerId,
      result,
      amountStars: 15 * quantity,
      // Telegram's clock has no finer grain.
      paidAtMs: Math.floor(nowMs / 1_000) * 1_000,
      orderId: name('order', order),
      sku: SKUS[sku] ?? '',
      quantity,
      revision: `0123456789a${revision}`,
      ...(result !== 'credit' && { owedAtMs: nowMs }),
      grant: result === 'credit' ? (GRANTS[sku] ?? {}) : {},
    };
  }
  switch (operation.kind) {
    case 'place': {
      const { sku, quantity, revision, open, perPlayer } = operation;
      const order: Order = {
        id: name('order', operation.order),
        playerId,
        sku: SKUS[sku] ?? '',
        quantity,
        priceStars: 15 * quantity,
        grant: GRANTS[sku] ?? {},
        revision: `0123456789a${revision}`,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + ORDER_LIFE_MS,
        state: 'new',
      };
      const limits = { open, perPlayer: perPlayer === 0 ? undefined : perPlayer };
      return store.orders.place(order, limits, nowMs);
    }
    case 'credit': {
      const { perPlayer, heldOnly } = operation;
      const limits = { perPlayer: perPlayer === 0 ? undefined : perPlayer, heldOnly };
      return store.ledger.credit(chargeOf('credit', operation), limits);
    }
    case 'hold':
      return store.ledger.hold(chargeOf('second', operation));
    case 'refund':
      return store.ledger.refund(playerId, name('stx', operation.charge), nowMs);
    case 'postpone':
      return store.ledger.postpone(
        { payerId: playerId, chargeId: name('stx', operation.charge) },
        nowMs + 1_000,
      );
    case 'begin':
      return store.ledger.beginRefund(playerId, name('stx', operation.charge), 'support', nowMs);
    case 'cancel':
      return store.ledger.cancelRefund(playerId, name('stx', operation.charge));
    case 'end':
    case 'forget':
      return endOrder(store, playerId, name('order', operation.order), operation, nowMs);
    case 'take':
    case 'give': {
      const { sku, holder, copies, kind } = operation;
      const offer = `${SKUS[sku]}_${playerId}`;
      return kind === 'take'
        ? store.stock.take(offer, name('holder', holder), copies, 3)
        : store.stock.give(offer, name('holder', holder));
    }
    case 'invoice':
      return store.orders
        .find(playerId, name('order', operation.order))
        .then((order) => order && store.orders.keepInvoice(playerId, order.id, `https://t.me/$${nowMs}`));
    case 'ready':
      return store.orders.markReady(playerId, name('order', operation.order));
    case 'held':
      return store.orders.markHeld(playerId, name('order', operation.order));
    case 'use': {
      const item = ['shield', 'trail_ember'][operation.item] ?? '';
      return store.inventories.use(playerId, name('op', operation.operation), item, operation.count);
    }
    case 'wait':
      return Promise.resolve();
  }
}

/** The ending names the offer of its order, which only the order knows. */
async function endOrder(
  store: Store,
  playerId: number,
  orderId: string,
  { kind, closed }: { kind: 'end' | 'forget'; closed: boolean },
  nowMs: number,
): Promise<unknown> {
  const order = await store.orders.find(playerId, orderId);
  if (!order) return undefined;
  const ending = { playerId, sku: order.sku, orderId: order.id };
  if (kind === 'end') return store.orders.end(ending, closed ? 'closed' : 'expired', nowMs);
  return order.state === 'new' || order.state === 'ready' ? undefined : store.orders.forget(ending);
}

/** All that can be seen of the player. */
async function look({ orders, ledger, inventories, stock }: Store, playerId: number): Promise<unknown> {
  const ids = [0, 1, 2, 3, 4].map((index) => `order_${playerId}_${index}_${'0'.repeat(16)}`);
  const charges = await ledger.charges(playerId);
  return {
    orders: await Promise.all(ids.map((id) => orders.find(playerId, id))),
    charges: charges.sort((a, b) => (a.id < b.id ? -1 : 1)),
    taken: await Promise.all(SKUS.map((sku) => stock.taken(`${sku}_${playerId}`))),
    inventory: await inventories.read(playerId),
  };
}

test('the store in Redis does what the one in memory does, whatever it is told', async () => {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, 'money', (error) => {
    throw error;
  });
  const real: Store = {
    orders: createOrders(redis),
    ledger: createLedger(redis),
    inventories: createInventories(redis),
    stock: createStock(redis),
  };
  const model = createMemoryStore();
  const seen = new Map<string, number>();
  let player = LARGEST_PLAYER;
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  console.log(`stores from seed ${seed}; FC_SEED=${seed} repeats them`);

  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 15, maxLength: 50 }), async (operations) => {
      const playerId = player--;
      let nowMs = NOW;
      for (const each of operations) {
        if (each.kind === 'wait') nowMs += each.ms;
        const expected = await tell(model, playerId, each, nowMs);
        expect(await tell(real, playerId, each, nowMs)).toEqual(expected);
        const isObject = typeof expected === 'object' && expected !== null;
        const became = isObject ? ('kind' in expected ? expected.kind : 'done') : String(expected);
        const what = `${each.kind} ${became}`;
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
      expect(await look(real, playerId)).toEqual(await look(model, playerId));
    }),
    { seed, numRuns: 600 },
  );

  const far = NOW * 2;
  const text = (owed: { chargeId: string }[]) => owed.map(({ chargeId }) => chargeId).sort();
  expect(text(await real.ledger.owed(far))).toEqual(text(await model.ledger.owed(far)));
  const ends = (endings: Ending[]) =>
    endings.map((each) => JSON.stringify(Object.entries(each).sort())).sort();
  expect(ends(await real.orders.ending(far))).toEqual(ends(await model.orders.ending(far)));
  // A comparison that never came to some answer would say nothing about it.
  const answers = ['placed', 'exists', 'too_many_orders', 'limit_reached'].map((answer) => `place ${answer}`);
  answers.push('credit credited', 'credit exists', 'credit order_paid', 'hold held', 'hold exists');
  answers.push('refund refunded', 'refund already', 'refund unknown');
  answers.push('credit other_order', 'credit not_held', 'credit limit_reached');
  answers.push('begin begun', 'begin already', 'begin not_credited', 'begin unknown');
  answers.push('cancel true', 'cancel false', 'end expired', 'end closed', 'end credited');
  answers.push('take true', 'take false');
  answers.push('use used', 'use exists', 'use not_enough', 'use op_conflict');
  expect(answers.filter((answer) => !seen.has(answer))).toEqual([]);
  await redis.close();
  await server.close();
});
