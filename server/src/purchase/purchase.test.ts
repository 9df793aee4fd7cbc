import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Charge, Payment } from './charge.ts';
import { createMemoryStore } from './memory.ts';
import { ORDER_LIFE_MS } from './order.ts';
import { type LedgerRow, type Player, RefundRefused } from './ports.ts';
import { NOW_MS, withOffer } from './purchase.sample.ts';
import { createPurchase } from './purchase.ts';
import { reconcile } from './reconcile.ts';
import { createRefunds } from './refunds.ts';
import { heldByOrder } from './stock.ts';

/** A Telegram that keeps its ledger straight: what was paid, what went back. */
function createTelegram() {
  const rows: LedgerRow[] = [];
  const links = new Map<string, string>();
  return {
    rows,
    links,
    invoices: {
      async link(order: { id: string; playerId: number; sku: string; quantity: number; revision: string }) {
        const { playerId, id, sku, quantity, revision } = order;
        const url = `https://t.me/$${links.size}`;
        links.set(url, `sd1:${playerId}:${id}:${sku}:${quantity}:${revision}`);
        return url;
      },
    },
    stars: {
      async refund(payerId: number, chargeId: string): Promise<boolean> {
        const paid = rows.find(({ kind, payment }) => kind === 'payment' && payment.chargeId === chargeId);
        if (paid?.payment.payerId !== payerId) throw new Error('CHARGE_NOT_FOUND');
        const known = rows.some(({ kind, payment }) => kind === 'refund' && payment.chargeId === chargeId);
        if (!known) rows.push({ kind: 'refund', payment: paid.payment });
        return !known;
      },
      async rows(offset: number, limit: number) {
        const page = rows.slice(offset, offset + limit);
        return { rows: page, count: page.length };
      },
    },
  };
}

/** @param change what is different about the offer of shields */
function createShop(change: Parameters<typeof withOffer>[0] = {}) {
  const revision = withOffer(change);
  const store = createMemoryStore();
  const telegram = createTelegram();
  const time = { nowMs: NOW_MS };
  const clock = { nowMs: () => time.nowMs };
  const revisions = {
    current: () => revision,
    find: async (id: string) => (id === revision.id ? revision : undefined),
  };
  const position: { offset: number | undefined } = { offset: 0 };
  const cursor = {
    read: async () => position.offset,
    look: async () => ({ rows: position.offset, store: 'one' }),
    begin: async () => ({ from: position.offset, token: String(position.offset) }),
    end: async (token: string, offset: number) => {
      if (token !== String(position.offset)) return false;
      position.offset = offset;
      return true;
    },
    clear: async () => {
      position.offset = undefined;
    },
  };
  const purchase = createPurchase({ ...store, revisions, invoices: telegram.invoices, cursor, clock });
  const refunds = createRefunds(
    { ledger: store.ledger, stars: telegram.stars, clock, giveBack: purchase.giveBackRefunded },
    {
      onRefunded: () => {},
      onCancelled: () => expect.unreachable('a refund was refused'),
      onOverdue: () => expect.unreachable('a refund is late'),
      onFailed: (_owed, error) => expect.unreachable(String(error)),
    },
  );
  return {
    store,
    telegram,
    time,
    purchase,
    refunds,
    cursor,
    walk: () => reconcile({ stars: telegram.stars, cursor, purchase }, () => {}),
  };
}

const PLAYER: Player = { id: 42, language: 'en', name: 'Mira' };
const ID = 'order_000000000000001';

describe('an order', () => {
  test('is offered again by the same link for its life, and refused after', async () => {
    const { purchase, time } = createShop();
    const first = await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' });
    time.nowMs += ORDER_LIFE_MS - 1;
    expect(await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' })).toEqual(first);
    time.nowMs += 1;
    expect(await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' })).toEqual({
      refused: 'order_ended',
    });
  });

  test('whose link could not be made is finished by the repeat', async () => {
    const { purchase, telegram } = createShop();
    const { link } = telegram.invoices;
    telegram.invoices.link = async () => Promise.reject(new Error('Telegram is away'));
    await expect(purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' })).rejects.toThrow('away');
    telegram.invoices.link = link;
    expect(await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' })).toMatchObject({
      id: ID,
      state: 'new',
    });
  });
});

describe('a payment that comes late', () => {
  const late = async (shop: ReturnType<typeof createShop>, sku: string, orderId: string) => {
    const placed = await shop.purchase.order(PLAYER, { orderId, sku });
    if ('refused' in placed) throw new Error(placed.refused);
    return { placed, payment: paymentFor(shop, placed.invoiceUrl, placed.priceStars, orderId) };
  };
  const paymentFor = (
    { telegram, time }: ReturnType<typeof createShop>,
    url: string,
    amountStars: number,
    chargeId: string,
  ): Payment => ({
    chargeId,
    payerId: 42,
    currency: 'XTR',
    amountStars,
    payload: telegram.links.get(url) ?? '',
    paidAtMs: time.nowMs,
  });

  test('is honoured after its order expired, unless the limit of the player is used up', async () => {
    const shop = createShop();
    const { payment } = await late(shop, 'starter', 'order_000000000000001');
    shop.time.nowMs += ORDER_LIFE_MS;
    await shop.purchase.sweep();
    expect((await shop.purchase.status(42, 'order_000000000000001'))?.state).toBe('expired');
    const second = await late(shop, 'starter', 'order_000000000000002');
    expect((await shop.purchase.settle(payment)).kind).toBe('credited');
    const held = await shop.purchase.settle(second.payment);
    expect(held).toMatchObject({ kind: 'held', charge: { result: 'limit', grant: {} } });
    expect((await shop.store.inventories.read(42)).items).toEqual({ shield: 1, trail_ember: 1 });
  });

  test('of a limited offer finds a copy of its own, or goes back', async () => {
    const shop = createShop({ stock: 2 });
    const first = await late(shop, 'shield_3', 'order_000000000000001');
    shop.time.nowMs += ORDER_LIFE_MS;
    expect(await shop.store.stock.taken('shield_3')).toBe(1);
    await shop.purchase.sweep();
    expect(await shop.store.stock.taken('shield_3')).toBe(0);
    const second = await late(shop, 'shield_3', 'order_000000000000002');
    expect((await shop.purchase.settle(first.payment)).kind).toBe('credited');
    expect(await shop.store.stock.taken('shield_3')).toBe(2);

    // Both copies are held now: a payment of a third order, lost long ago, finds none.
    const lost = {
      ...first.payment,
      chargeId: 'stx_lost',
      payload: first.payment.payload.replace('1:sh', '9:sh'),
    };
    expect(await shop.purchase.settle(lost)).toMatchObject({ kind: 'held', charge: { result: 'stock' } });
    expect((await shop.purchase.settle(second.payment)).kind).toBe('credited');
    expect(await shop.store.stock.taken('shield_3')).toBe(2);
    await shop.purchase.refunded(first.payment);
    expect(await shop.store.stock.taken('shield_3')).toBe(1);
  });
});

describe('a store that failed over', () => {
  test('and forgot the copies of an order takes them again before it is paid, or refuses', async () => {
    const shop = createShop({ stock: 1 });
    const placed = await shop.purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' });
    const payload = shop.telegram.links.get('refused' in placed ? '' : placed.invoiceUrl) ?? '';
    const query = { payerId: 42, currency: 'XTR', amountStars: 15 };
    const { stock } = shop.store;
    const forget = () => stock.give('shield_3', heldByOrder({ playerId: 42, sku: 'shield_3', orderId: ID }));

    await forget();
    expect(await shop.purchase.review(query, payload)).toEqual({ approved: true });
    expect(await stock.taken('shield_3')).toBe(1);

    await forget();
    await stock.take('shield_3', 'somebody else', 1, 1);
    expect(await shop.purchase.review(query, payload)).toEqual({ approved: false, reason: 'sold_out' });
  });
});

describe('a refund that can not be finished', () => {
  test('is tried ever more seldom, and is a person’s matter after ten minutes, once', async () => {
    const { store, telegram, time } = createShop();
    const owed = { id: 'stx1', payerId: 42, result: 'orphan', owedAtMs: NOW_MS } as Charge;
    await store.ledger.hold({ ...owed, grant: {} });
    const tries: number[] = [];
    const overdue: number[] = [];
    let isPoor = true;
    let trouble = new Error('BALANCE_TOO_LOW');
    const stars = {
      ...telegram.stars,
      refund: async () => {
        tries.push(time.nowMs - NOW_MS);
        if (isPoor) throw trouble;
        return true;
      },
    };
    const turn = createRefunds(
      {
        ledger: store.ledger,
        stars,
        clock: { nowMs: () => time.nowMs },
        giveBack: async () => {},
      },
      {
        onRefunded: () => {},
        onFailed: () => {},
        onCancelled: () => expect.unreachable(),
        onOverdue: () => overdue.push(time.nowMs - NOW_MS),
      },
    );
    for (let second = 0; second <= 3_600; second += 5) {
      time.nowMs = NOW_MS + second * 1_000;
      await turn();
    }
    const seconds = tries.map((ms) => ms / 1_000);
    expect(seconds.slice(0, 10)).toEqual([0, 5, 10, 20, 40, 80, 160, 320, 600, 1_200]);
    expect(Math.max(...seconds.slice(1).map((at, i) => at - (seconds[i] ?? 0)))).toBe(600);
    expect(overdue).toEqual([600_000]);

    // One that Telegram refuses for good is asked for once a day when it is overdue.
    trouble = new RefundRefused('CHARGE_NOT_FOUND');
    await store.ledger.postpone({ payerId: 42, chargeId: 'stx1' }, NOW_MS + 48 * 3_600_000);
    await store.ledger.hold({ ...owed, id: 'stx2', owedAtMs: time.nowMs, grant: {} });
    tries.length = 0;
    for (let minute = 0; minute < 24 * 60; minute++) {
      await turn();
      time.nowMs += 60_000;
    }
    expect(overdue).toEqual([600_000, 3_600_000 + 600_000]);
    expect(tries.filter((ms) => ms > 3_600_000 + 600_000)).toEqual([]);

    isPoor = false;
    time.nowMs += 24 * 3_600_000;
    expect(await turn()).toBe(0);
    expect(await store.ledger.owed(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});

describe('an emptied store', () => {
  test('is filled so that the payment which was credited is credited again, not the one that went back', async () => {
    const first = createShop();
    const order = await first.purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' });
    const payload = first.telegram.links.get('refused' in order ? '' : order.invoiceUrl) ?? '';
    const paid = { payerId: 42, currency: 'XTR', amountStars: 15, payload, paidAtMs: NOW_MS };
    const { telegram, purchase, store, refunds, walk } = createShop();
    for (const chargeId of ['refunded', 'credited'])
      telegram.rows.push({ kind: 'payment', payment: { ...paid, chargeId } });
    telegram.rows.push({ kind: 'refund', payment: { ...paid, chargeId: 'refunded' } });
    await walk();
    await refunds();
    expect((await store.inventories.read(42)).items).toEqual({ shield: 3 });
    expect(telegram.rows).toHaveLength(3);
    expect((await purchase.settle({ ...paid, chargeId: 'refunded' })).kind).toBe('exists');
  });
});

describe('a row of the ledger that can not be settled', () => {
  test('keeps no other row from it, and is walked again', async () => {
    const { purchase, telegram, store, cursor } = createShop();
    const order = await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' });
    const payload = telegram.links.get('refused' in order ? '' : order.invoiceUrl) ?? '';
    const payment = { payerId: 42, currency: 'XTR', amountStars: 15, paidAtMs: NOW_MS };
    telegram.rows.push(
      { kind: 'payment', payment: { ...payment, chargeId: 'bad', payload: 'foreign' } },
      { kind: 'payment', payment: { ...payment, chargeId: 'good', payload } },
    );
    const settle: typeof purchase.settle = async (paid) =>
      paid.chargeId === 'bad' ? Promise.reject(new Error('a corrupt value')) : purchase.settle(paid);
    const { stars } = telegram;

    const walk = reconcile({ stars, cursor, purchase: { ...purchase, settle } }, () => {});
    await expect(walk).rejects.toThrow('a row of Telegram');
    expect((await store.inventories.read(42)).items).toEqual({ shield: 3 });
    expect(await cursor.read()).toBe(0);
    expect(await reconcile({ stars, cursor, purchase }, () => {})).toMatchObject({ rows: 2, fresh: 2 });
    expect(await cursor.read()).toBe(2);
  });
});

describe('a ledger that is shorter than what was walked', () => {
  test('is another ledger, and is walked from its start', async () => {
    const { purchase, telegram, store, walk } = createShop();
    for (let i = 0; i < 450; i++) {
      const payment = {
        chargeId: `a${i}`,
        payerId: 42,
        currency: 'XTR',
        amountStars: 1,
        payload: 'x',
        paidAtMs: NOW_MS,
      };
      telegram.rows.push({ kind: 'payment', payment });
    }
    expect(await walk()).toMatchObject({ rows: 450, fresh: 450 });
    telegram.rows.length = 0;
    const order = await purchase.order(PLAYER, { orderId: ID, sku: 'shield_3' });
    const payload = telegram.links.get('refused' in order ? '' : order.invoiceUrl) ?? '';
    const payment = {
      chargeId: 'b',
      payerId: 42,
      currency: 'XTR',
      amountStars: 15,
      payload,
      paidAtMs: NOW_MS,
    };
    telegram.rows.push({ kind: 'payment', payment });
    expect((await walk()).rows).toBe(1);
    expect((await store.inventories.read(42)).items).toEqual({ shield: 3 });
  });
});

/** Any mix of what players, Telegram and the network may do; each number picks one of what there is. */
type Step =
  | { kind: 'order'; player: number; sku: string }
  | { kind: 'pay'; order: number; payer: number; amount: number; foreign: boolean }
  | { kind: 'tell'; row: number; times: number }
  | { kind: 'refund'; row: number }
  | { kind: 'use'; player: number }
  | { kind: 'wait'; ms: number }
  | { kind: 'refunds' }
  | { kind: 'walk' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('order' as const),
      player: fc.nat(2),
      sku: fc.constantFrom('shield_3', 'trail_ember', 'starter'),
    }),
    fc.record({
      kind: fc.constant('pay' as const),
      order: fc.nat(9),
      payer: fc.constantFrom(-1, -1, -1, 0, 1, 2),
      amount: fc.constantFrom(0, 0, 0, -1, 5),
      foreign: fc.constantFrom(false, false, false, true),
    }),
    fc.record({ kind: fc.constant('tell' as const), row: fc.nat(9), times: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('refund' as const), row: fc.nat(9) }),
    fc.record({ kind: fc.constant('use' as const), player: fc.nat(2) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1_000, ORDER_LIFE_MS) }),
    fc.constant({ kind: 'refunds' as const }),
    fc.constant({ kind: 'walk' as const }),
  ),
  { minLength: 5, maxLength: 40 },
);

/** How often each kind of end was reached over all histories: a check that never saw one has checked nothing. */
const seen = new Map<string, number>();
const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

async function play(history: Step[]) {
  const shop = createShop();
  const { purchase, telegram, time, store } = shop;
  const orders: { id: number; url: string; price: number }[] = [];
  const used = new Map<number, number>();
  let charge = 0;
  const tell = ({ kind, payment }: LedgerRow) =>
    kind === 'payment' ? purchase.settle(payment) : purchase.refunded(payment);

  for (const step of history) {
    if (step.kind === 'order') {
      const player = { id: 100 + step.player, language: 'en' as const, name: '' };
      const order = await purchase.order(player, {
        orderId: `order_${String(orders.length).padStart(16, '0')}`,
        sku: step.sku,
      });
      if (!('refused' in order))
        orders.push({ id: player.id, url: order.invoiceUrl, price: order.priceStars });
    } else if (step.kind === 'pay' && orders.length > 0) {
      const order = orders[step.order % orders.length] as (typeof orders)[number];
      const payment: Payment = {
        chargeId: `stx${charge++}`,
        payerId: step.payer < 0 ? order.id : 100 + step.payer,
        currency: 'XTR',
        amountStars: Math.max(1, order.price + step.amount),
        payload: step.foreign ? 'another bot' : (telegram.links.get(order.url) ?? ''),
        paidAtMs: time.nowMs,
      };
      telegram.rows.push({ kind: 'payment', payment });
    } else if (step.kind === 'tell' && telegram.rows.length > 0) {
      const row = telegram.rows[step.row % telegram.rows.length] as LedgerRow;
      await Promise.all(Array.from({ length: step.times }, () => tell(row)));
    } else if (step.kind === 'refund' && telegram.rows.length > 0) {
      const { payment } = telegram.rows[step.row % telegram.rows.length] as LedgerRow;
      await telegram.stars.refund(payment.payerId, payment.chargeId);
    } else if (step.kind === 'use') {
      const id = 100 + step.player;
      const result = await store.inventories.use(id, `op${charge}${id}`, 'shield', 1);
      if (result.kind === 'used') used.set(id, (used.get(id) ?? 0) + 1);
    } else if (step.kind === 'wait') time.nowMs += step.ms;
    else if (step.kind === 'refunds') await shop.refunds();
    else if (step.kind === 'walk') await shop.walk();
  }
  await shop.walk();
  time.nowMs += 1;
  await shop.refunds();
  await shop.walk();
  return { ...shop, used };
}

test('however it goes, every payment ends as goods credited once or as Stars given back', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  console.log(`histories from seed ${seed}; FC_SEED=${seed} repeats them`);
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { store, telegram, used } = await play(history);
      const paid = telegram.rows.filter(({ kind }) => kind === 'payment').map(({ payment }) => payment);
      const back = new Set(
        telegram.rows.filter(({ kind }) => kind === 'refund').map(({ payment }) => payment.chargeId),
      );
      const players = [100, 101, 102];
      const charges = (await Promise.all(players.map((id) => store.ledger.charges(id)))).flat();

      expect(charges.map(({ id }) => id).sort()).toEqual(paid.map(({ chargeId }) => chargeId).sort());
      const credited = charges.filter(({ result }) => result === 'credit');
      expect(new Set(credited.map(({ payerId, orderId }) => `${payerId} ${orderId}`)).size).toBe(
        credited.length,
      );
      for (const { id, result, refundedAtMs } of charges) {
        count(result);
        expect(refundedAtMs !== undefined).toBe(back.has(id));
        if (result !== 'credit') expect(back.has(id)).toBe(true);
        else if (back.has(id)) count('credit refunded');
      }
      expect(await store.ledger.owed(Number.MAX_SAFE_INTEGER)).toEqual([]);

      for (const id of players) {
        const kept = credited.filter(
          ({ payerId, refundedAtMs }) => payerId === id && refundedAtMs === undefined,
        );
        const shields = kept.reduce((sum, { grant }) => sum + (grant.shield ?? 0), 0);
        const { items, debts } = await store.inventories.read(id);
        // What was used is gone, or owed once its Stars went back: nothing is forgiven and nothing is given twice.
        expect((items.shield ?? 0) - (debts.shield ?? 0)).toBe(shields - (used.get(id) ?? 0));
        if (debts.shield) count('debt');
      }
    }),
    { seed, numRuns: 2_000 },
  );
  for (const what of ['credit', 'second', 'payer', 'amount', 'orphan', 'credit refunded', 'debt'])
    expect(seen.get(what) ?? 0, `histories that end in: ${what}`).toBeGreaterThan(0);
}, 60_000);
