import { goodsOf, type Paid } from './checker.ts';
import type { Operation } from './record.ts';
import type { Sight } from './shopper.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** When Telegram's news of a charge were first taken: nothing may show the state before them any more. */
export interface Taken {
  payments: Map<string, number>;
  refunds: Map<string, number>;
}

/** What one player did and saw, on all their devices. */
export class Onlooker {
  readonly #seen: Operation[] = [];
  readonly #paidAt = new Map<string, number>();
  readonly #refundedAt = new Map<string, number>();

  get size(): number {
    return this.#seen.length + this.#paidAt.size + this.#refundedAt.size;
  }

  /** @returns what to call with the answer; not called when none came */
  use(itemId: string, count: number): (outcome: 'done' | 'refused') => void {
    const operation: Operation = {
      kind: 'use',
      goods: { [itemId]: count },
      startMs: performance.now(),
      endMs: NEVER,
      isOptional: true,
    };
    this.#seen.push(operation);
    return (outcome) => {
      operation.endMs = performance.now();
      operation.isOptional = false;
      if (outcome === 'refused') operation.kind = 'refused use';
    };
  }

  /** @returns what to call with the answer */
  read(): (sight: Sight) => void {
    const startMs = performance.now();
    return ({ rev, items: goods }) => {
      this.#seen.push({ kind: 'read', goods, rev, startMs, endMs: performance.now() });
    };
  }

  /** A charge came of what was begun at this moment. */
  paid(chargeId: string, startMs: number): void {
    this.#paidAt.set(chargeId, startMs);
  }

  /** Telegram itself gives a charge back from this moment on. */
  refunding(chargeId: string): void {
    this.#refundedAt.set(chargeId, performance.now());
  }

  /** All of it, with what must have happened to the goods by what Telegram's ledger says in the end. */
  operations(paid: readonly Paid[], taken: Taken): Operation[] {
    const all = [...this.#seen];
    for (const charges of ordersOf(paid)) {
      const [{ payload }] = charges;
      const goods = goodsOf(payload);
      const ids = charges.map(({ chargeId }) => chargeId);
      all.push({
        kind: 'credit',
        goods,
        startMs: Math.min(...ids.map((id) => this.#paidAt.get(id) ?? 0)),
        endMs: Math.min(...ids.map((id) => taken.payments.get(id) ?? NEVER)),
      });
      const back = ids.find((id) => this.#refundedAt.has(id));
      // Where one payment of the order was kept, the one that went back had brought nothing.
      if (back === undefined || charges.some(({ refunded }) => !refunded)) continue;
      const startMs = this.#refundedAt.get(back) ?? 0;
      const endMs = taken.refunds.get(back) ?? NEVER;
      all.push({ kind: 'debit', goods, startMs, endMs, after: all.length - 1 });
    }
    return all;
  }
}

/** The charges of each order: of several, one was credited. */
function ordersOf(paid: readonly Paid[]): [Paid, ...Paid[]][] {
  const orders = new Map<string, [Paid, ...Paid[]]>();
  for (const charge of paid) {
    const known = orders.get(charge.payload);
    if (known) known.push(charge);
    else orders.set(charge.payload, [charge]);
  }
  return [...orders.values()];
}
