import { type Charge, orderOfCharge } from './charge.ts';
import { type Order, stateAt } from './order.ts';
import {
  type Inventories,
  type Inventory,
  type Ledger,
  MIN_LIFE_LEFT_MS,
  type Orders,
  type OwedRefund,
  type Placed,
} from './ports.ts';

/** The store in memory: the specification the Redis one is held to, and what the tests of the story run on. */
export function createMemoryStore(): { orders: Orders; ledger: Ledger; inventories: Inventories } {
  const orders = new Map<string, Order>();
  /** Ids that stand for an open order of the same player. */
  const twins = new Map<string, Order['id']>();
  const charges = new Map<string, Charge>();
  const inventories = new Map<number, Inventory>();
  const bought = new Map<number, Map<string, number>>();
  const operations = new Map<string, string>();
  const owed = new Map<string, OwedRefund & { dueAtMs: number }>();

  const key = (playerId: number, id: string): string => `${playerId}:${id}`;
  const inventoryOf = (playerId: number): Inventory => inventories.get(playerId) ?? { rev: 0, items: {} };

  function change(playerId: number, deltas: Record<string, number>): number {
    const { rev, items } = inventoryOf(playerId);
    const next = new Map(Object.entries(items));
    for (const [id, delta] of Object.entries(deltas)) next.set(id, Math.max(0, (next.get(id) ?? 0) + delta));
    const left = [...next].filter(([, count]) => count > 0);
    inventories.set(playerId, { rev: rev + 1, items: Object.fromEntries(left) });
    return rev + 1;
  }

  function countBought(playerId: number, sku: string, delta: number): void {
    const counts = bought.get(playerId) ?? new Map<string, number>();
    bought.set(playerId, counts.set(sku, Math.max(0, (counts.get(sku) ?? 0) + delta)));
  }

  const find = (playerId: number, orderId: string): Order | undefined =>
    orders.get(key(playerId, twins.get(key(playerId, orderId)) ?? orderId));

  function place(order: Order, limits: Parameters<Orders['place']>[1], nowMs: number): Placed {
    const existing = find(order.playerId, order.id);
    if (existing) return { kind: 'exists', order: existing };
    const open = [...orders.values()].filter(
      (other) => other.playerId === order.playerId && ['new', 'ready'].includes(stateAt(other, nowMs)),
    );
    const rivals = open.filter(({ sku }) => sku === order.sku);
    const twin = rivals.find(
      (other) =>
        other.quantity === order.quantity &&
        other.revision === order.revision &&
        other.expiresAtMs - nowMs >= MIN_LIFE_LEFT_MS,
    );
    if (twin) {
      twins.set(key(order.playerId, order.id), twin.id);
      return { kind: 'exists', order: twin };
    }

    const replaced = rivals.filter(({ state }) => state === 'new');
    const reserved = rivals
      .filter(({ state }) => state === 'ready')
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (open.length - replaced.length >= limits.open) return { kind: 'too_many_orders' };
    const count = bought.get(order.playerId)?.get(order.sku) ?? 0;
    if (limits.perPlayer !== undefined && count + reserved + order.quantity > limits.perPlayer)
      return { kind: 'limit_reached' };

    for (const other of replaced) orders.set(key(other.playerId, other.id), { ...other, state: 'closed' });
    orders.set(key(order.playerId, order.id), order);
    return { kind: 'placed', order };
  }

  return {
    orders: {
      place: async (...args) => place(...args),
      find: async (playerId, orderId) => find(playerId, orderId),
      async keepInvoice(playerId, orderId, url) {
        const order = orders.get(key(playerId, orderId));
        if (order && order.invoiceUrl === undefined)
          orders.set(key(playerId, orderId), { ...order, invoiceUrl: url });
        return order?.invoiceUrl ?? url;
      },
      async markReady(playerId, orderId) {
        const order = orders.get(key(playerId, orderId));
        if (order?.state !== 'new') return order?.state;
        orders.set(key(playerId, orderId), { ...order, state: 'ready' });
        return 'ready';
      },
    },

    ledger: {
      async credit(charge) {
        const known = charges.get(key(charge.payerId, charge.id));
        if (known) return { kind: 'exists', charge: known };
        const orderKey = key(charge.payerId, charge.orderId);
        const order = orders.get(orderKey);
        if (order?.chargeId !== undefined) return { kind: 'order_paid' };

        charges.set(key(charge.payerId, charge.id), charge);
        orders.set(orderKey, { ...(order ?? orderOfCharge(charge)), state: 'credited', chargeId: charge.id });
        countBought(charge.payerId, charge.sku, charge.quantity);
        return { kind: 'credited', rev: change(charge.payerId, charge.grant) };
      },
      async hold(charge) {
        const known = charges.get(key(charge.payerId, charge.id));
        if (known) return { kind: 'exists', charge: known };
        charges.set(key(charge.payerId, charge.id), charge);
        owed.set(key(charge.payerId, charge.id), {
          payerId: charge.payerId,
          chargeId: charge.id,
          dueAtMs: charge.paidAtMs,
        });
        return { kind: 'held' };
      },
      async refund(payerId, chargeId, nowMs) {
        const chargeKey = key(payerId, chargeId);
        const known = charges.get(chargeKey);
        if (!known) return { kind: 'unknown' };
        if (known.refundedAtMs !== undefined) return { kind: 'already' };
        const charge = { ...known, refundedAtMs: nowMs };
        charges.set(chargeKey, charge);
        owed.delete(chargeKey);
        if (charge.result !== 'credit') return { kind: 'refunded', charge };

        const orderKey = key(payerId, charge.orderId);
        const order = orders.get(orderKey);
        if (order) orders.set(orderKey, { ...order, state: 'refunded' });
        countBought(payerId, charge.sku, -charge.quantity);
        const taken = Object.entries(charge.grant).map(([id, count]) => [id, -count]);
        return { kind: 'refunded', charge, rev: change(payerId, Object.fromEntries(taken)) };
      },
      charges: async (playerId) => [...charges.values()].filter(({ payerId }) => payerId === playerId),
      bought: async (playerId) => Object.fromEntries(bought.get(playerId) ?? []),
      owed: async (nowMs) =>
        [...owed.values()]
          .filter(({ dueAtMs }) => dueAtMs <= nowMs)
          .map(({ payerId, chargeId }) => ({ payerId, chargeId })),
      async postpone({ payerId, chargeId }, nextAtMs) {
        const entry = owed.get(key(payerId, chargeId));
        if (entry) owed.set(key(payerId, chargeId), { ...entry, dueAtMs: nextAtMs });
      },
    },

    inventories: {
      read: async (playerId) => inventoryOf(playerId),
      async use(playerId, opId, itemId, count) {
        const what = `${itemId} ${count}`;
        const done = operations.get(key(playerId, opId));
        if (done === what) return { kind: 'exists', inventory: inventoryOf(playerId) };
        if (done !== undefined) return { kind: 'op_conflict' };
        if ((inventoryOf(playerId).items[itemId] ?? 0) < count) return { kind: 'not_enough' };
        operations.set(key(playerId, opId), what);
        change(playerId, { [itemId]: -count });
        return { kind: 'used', inventory: inventoryOf(playerId) };
      },
    },
  };
}
