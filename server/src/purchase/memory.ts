import { type Charge, countBought, orderOfCharge } from './charge.ts';
import { type Order, stateAt } from './order.ts';
import {
  type Credited,
  type CreditLimits,
  type Ending,
  type Inventories,
  type Inventory,
  type Ledger,
  MIN_LIFE_LEFT_MS,
  type Orders,
  type OwedRefund,
  type Placed,
  type Stock,
} from './ports.ts';

export interface MemoryStore {
  orders: Orders;
  ledger: Ledger;
  inventories: Inventories;
  stock: Stock;
}

/** The store in memory: the specification the Redis one is held to, and what the tests of the story run on. */
export function createMemoryStore(): MemoryStore {
  const orders = new Map<string, Order>();
  /** Ids that stand for an open order of the same player. */
  const twins = new Map<string, Order['id']>();
  /** Open orders that have their copies. */
  const held = new Set<string>();
  const endings = new Map<string, Ending & { atMs: number }>();
  const charges = new Map<string, Charge>();
  /** What each player has, below zero what is owed; and the changes so far. */
  const inventories = new Map<number, { rev: number; counts: Map<string, number> }>();
  const operations = new Map<string, string>();
  const owed = new Map<string, OwedRefund & { dueAtMs: number }>();
  const stock = new Map<string, Map<string, number>>();

  const key = (playerId: number, id: string): string => `${playerId}:${id}`;
  const inventoryOf = (playerId: number) => inventories.get(playerId) ?? { rev: 0, counts: new Map() };
  const chargesOf = (playerId: number): Charge[] =>
    [...charges.values()].filter(({ payerId }) => payerId === playerId);

  function view(playerId: number): Inventory {
    const { rev, counts } = inventoryOf(playerId);
    const all = [...counts];
    return {
      rev,
      items: Object.fromEntries(all.filter(([, count]) => count > 0)),
      debts: Object.fromEntries(all.filter(([, count]) => count < 0).map(([id, count]) => [id, -count])),
    };
  }

  function change(playerId: number, deltas: Record<string, number>, sign: 1 | -1): number {
    const { rev, counts } = inventoryOf(playerId);
    const next = new Map<string, number>(counts);
    for (const [id, delta] of Object.entries(deltas)) next.set(id, (next.get(id) ?? 0) + sign * delta);
    inventories.set(playerId, { rev: rev + 1, counts: next });
    return rev + 1;
  }

  function setState(playerId: number, orderId: string, state: Order['state']): void {
    const order = orders.get(key(playerId, orderId));
    if (order) orders.set(key(playerId, orderId), { ...order, state });
  }

  const find = (playerId: number, orderId: string): Order | undefined =>
    orders.get(key(playerId, twins.get(key(playerId, orderId)) ?? orderId));

  const endingOf = ({ playerId, sku, id: orderId }: Order): Ending => ({ playerId, sku, orderId });

  function place(order: Order, limits: Parameters<Orders['place']>[1], nowMs: number): Placed {
    const { playerId } = order;
    const existing = find(playerId, order.id);
    if (existing) return { kind: 'exists', order: existing };
    const paid = chargesOf(playerId);
    if (paid.some(({ orderId, result }) => orderId === order.id && result === 'credit'))
      return { kind: 'order_paid' };
    const open = [...orders.values()].filter(
      (other) => other.playerId === playerId && ['new', 'ready'].includes(stateAt(other, nowMs)),
    );
    const rivals = open.filter(({ sku }) => sku === order.sku);
    const twin = rivals.find(
      (other) =>
        other.quantity === order.quantity &&
        other.revision === order.revision &&
        other.expiresAtMs - nowMs >= MIN_LIFE_LEFT_MS,
    );
    if (twin) {
      twins.set(key(playerId, order.id), twin.id);
      return { kind: 'exists', order: twin };
    }

    const replaced = rivals.filter(({ state }) => state === 'new');
    const reserved = rivals
      .filter(({ state }) => state === 'ready')
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (open.length - replaced.length >= limits.open) return { kind: 'too_many_orders' };
    const count = countBought(paid)[order.sku] ?? 0;
    if (limits.perPlayer !== undefined && count + reserved + order.quantity > limits.perPlayer)
      return { kind: 'limit_reached' };

    for (const other of replaced) {
      setState(playerId, other.id, 'closed');
      endings.set(key(playerId, other.id), { ...endingOf(other), atMs: nowMs });
    }
    orders.set(key(playerId, order.id), order);
    endings.set(key(playerId, order.id), { ...endingOf(order), atMs: order.expiresAtMs });
    return { kind: 'placed', order };
  }

  function credit(charge: Charge, { perPlayer, heldOnly = false }: CreditLimits = {}): Credited {
    const { payerId, orderId } = charge;
    const known = charges.get(key(payerId, charge.id));
    if (known) return { kind: 'exists', charge: known };
    const order = orders.get(key(payerId, orderId));
    if (order?.chargeId !== undefined && order.chargeId !== charge.id) return { kind: 'order_paid' };
    const isOther =
      order &&
      (order.sku !== charge.sku || order.quantity !== charge.quantity || order.revision !== charge.revision);
    if (isOther) return { kind: 'other_order' };
    const before = chargesOf(payerId);
    if (!order && before.some((other) => other.orderId === orderId && other.result === 'credit'))
      return { kind: 'order_paid' };
    if (perPlayer !== undefined && (countBought(before)[charge.sku] ?? 0) + charge.quantity > perPlayer)
      return { kind: 'limit_reached' };
    const isHeld = isOpen(order) && held.has(key(payerId, orderId));
    if (heldOnly && !isHeld) return { kind: 'not_held' };

    charges.set(key(payerId, charge.id), charge);
    orders.set(key(payerId, orderId), {
      ...(order ?? orderOfCharge(charge)),
      state: 'credited',
      chargeId: charge.id,
    });
    endings.delete(key(payerId, orderId));
    return { kind: 'credited', rev: change(payerId, charge.grant, 1) };
  }

  return {
    orders: {
      place: async (...args) => place(...args),
      find: async (playerId, orderId) => find(playerId, orderId),
      async keepInvoice(playerId, orderId, url) {
        const order = orders.get(key(playerId, orderId));
        if (order && order.invoiceUrl === undefined)
          orders.set(key(playerId, orderId), { ...order, invoiceUrl: url });
        return order && (order.invoiceUrl ?? url);
      },
      async markReady(playerId, orderId) {
        const order = orders.get(key(playerId, orderId));
        if (order?.state !== 'new') return order?.state;
        setState(playerId, orderId, 'ready');
        return 'ready';
      },
      async markHeld(playerId, orderId) {
        const order = orders.get(key(playerId, orderId));
        if (isOpen(order)) held.add(key(playerId, orderId));
        return order?.state;
      },
      async end(ending, as, nowMs) {
        const { playerId, orderId } = ending;
        const order = orders.get(key(playerId, orderId));
        if (!order || !isOpen(order)) return order?.state;
        if (as === 'expired' && order.expiresAtMs > nowMs) return order.state;
        setState(playerId, orderId, as);
        endings.set(key(playerId, orderId), { ...ending, atMs: nowMs });
        return as;
      },
      ending: async (nowMs) =>
        [...endings.values()].filter(({ atMs }) => atMs <= nowMs).map(({ atMs: _, ...ending }) => ending),
      async forget({ playerId, orderId }) {
        endings.delete(key(playerId, orderId));
      },
    },

    ledger: {
      credit: async (...args) => credit(...args),
      async hold(charge) {
        const { payerId, id: chargeId, owedAtMs: dueAtMs = 0 } = charge;
        const known = charges.get(key(payerId, chargeId));
        if (known) return { kind: 'exists', charge: known };
        charges.set(key(payerId, chargeId), charge);
        owed.set(key(payerId, chargeId), { payerId, chargeId, dueAtMs });
        return { kind: 'held' };
      },
      async beginRefund(payerId, chargeId, refundedBy, nowMs) {
        const known = charges.get(key(payerId, chargeId));
        if (!known) return { kind: 'unknown' };
        if (known.result !== 'credit') return { kind: 'not_credited', charge: known };
        if (known.owedAtMs !== undefined || known.refundedAtMs !== undefined)
          return { kind: 'already', charge: known };
        const charge = { ...known, owedAtMs: nowMs, refundedBy };
        charges.set(key(payerId, chargeId), charge);
        owed.set(key(payerId, chargeId), { payerId, chargeId, dueAtMs: nowMs });
        setState(payerId, charge.orderId, 'refunding');
        return { kind: 'begun', charge, rev: change(payerId, charge.grant, -1) };
      },
      async cancelRefund(payerId, chargeId) {
        const known = charges.get(key(payerId, chargeId));
        if (known?.result !== 'credit' || known.owedAtMs === undefined || known.refundedAtMs !== undefined)
          return false;
        const { owedAtMs: _, refundedBy: __, ...charge } = known;
        charges.set(key(payerId, chargeId), charge);
        owed.delete(key(payerId, chargeId));
        setState(payerId, charge.orderId, 'credited');
        change(payerId, charge.grant, 1);
        return true;
      },
      async refund(payerId, chargeId, atMs) {
        const known = charges.get(key(payerId, chargeId));
        if (!known) return { kind: 'unknown' };
        if (known.refundedAtMs !== undefined) return { kind: 'already', charge: known };
        const charge = { ...known, refundedAtMs: atMs };
        charges.set(key(payerId, chargeId), charge);
        owed.delete(key(payerId, chargeId));
        if (charge.result !== 'credit') return { kind: 'refunded', charge };
        setState(payerId, charge.orderId, 'refunded');
        if (known.owedAtMs !== undefined) return { kind: 'refunded', charge };
        return { kind: 'refunded', charge, rev: change(payerId, charge.grant, -1) };
      },
      find: async (payerId, chargeId) => charges.get(key(payerId, chargeId)),
      charges: async (playerId) => chargesOf(playerId),
      owed: async (nowMs, most) =>
        [...owed.values()]
          .filter(({ dueAtMs }) => dueAtMs <= nowMs)
          .sort((a, b) => a.dueAtMs - b.dueAtMs)
          .slice(0, most)
          .map(({ payerId, chargeId }) => ({ payerId, chargeId })),
      async postpone({ payerId, chargeId }, nextAtMs) {
        const entry = owed.get(key(payerId, chargeId));
        if (entry) owed.set(key(payerId, chargeId), { ...entry, dueAtMs: nextAtMs });
      },
    },

    stock: {
      async take(sku, holder, copies, limit) {
        const holders = stock.get(sku) ?? new Map<string, number>();
        if (holders.has(holder)) return true;
        if (sum(holders) + copies > limit) return false;
        stock.set(sku, holders.set(holder, copies));
        return true;
      },
      async give(sku, holder) {
        stock.get(sku)?.delete(holder);
      },
      taken: async (sku) => sum(stock.get(sku) ?? new Map()),
    },

    inventories: {
      read: async (playerId) => view(playerId),
      async use(playerId, opId, itemId, count) {
        const what = `${itemId} ${count}`;
        const done = operations.get(key(playerId, opId));
        if (done === what) return { kind: 'exists', inventory: view(playerId) };
        if (done !== undefined) return { kind: 'op_conflict' };
        if ((inventoryOf(playerId).counts.get(itemId) ?? 0) < count) return { kind: 'not_enough' };
        operations.set(key(playerId, opId), what);
        change(playerId, { [itemId]: count }, -1);
        return { kind: 'used', inventory: view(playerId) };
      },
    },
  };
}

const isOpen = (order: Order | undefined): boolean => order?.state === 'new' || order?.state === 'ready';

const sum = (counts: Map<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);
