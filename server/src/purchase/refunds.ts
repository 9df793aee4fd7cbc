import type { Charge } from './charge.ts';
import { type Clock, type Ledger, type OwedRefund, RefundRefused, type Stars } from './ports.ts';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** A refund that waits longer is a person's matter. */
export const OVERDUE_MS = 10 * 60_000;

export interface RefundEvents {
  /** The Stars are back. */
  onRefunded(charge: Charge): void;
  onFailed(owed: OwedRefund, error: unknown, nextAtMs: number): void;
  /** Telegram will not give the Stars of a credited charge back: its player has the goods again. */
  onCancelled(charge: Charge): void;
  /** Told once for each refund that could not be finished in time. */
  onOverdue(charge: Charge, error: unknown): void;
}

/**
 * Gives back what was paid and not credited, and what support refunds. The queue and its pauses are in the store, so a
 * restart forgets nothing.
 * @returns a turn of the queue, which answers how many refunds are overdue
 */
export function createRefunds(
  ports: { ledger: Ledger; stars: Stars; clock: Clock; giveBack(charge: Charge): Promise<void> },
  events: RefundEvents,
): () => Promise<number> {
  const { ledger, stars, clock, giveBack } = ports;
  const overdue = new Set<string>();

  async function pay(owed: OwedRefund): Promise<void> {
    try {
      await stars.refund(owed.payerId, owed.chargeId);
      const ended = await ledger.refund(owed.payerId, owed.chargeId, clock.nowMs());
      overdue.delete(owed.chargeId);
      if (ended.kind === 'unknown') return;
      await giveBack(ended.charge);
      if (ended.kind === 'refunded') events.onRefunded(ended.charge);
    } catch (error) {
      await put(owed, error);
    }
  }

  /** Puts off what failed; what was credited and can never be refunded is credited again. */
  async function put(owed: OwedRefund, error: unknown): Promise<void> {
    const charge = await ledger.find(owed.payerId, owed.chargeId);
    if (error instanceof RefundRefused && (await ledger.cancelRefund(owed.payerId, owed.chargeId))) {
      if (charge) events.onCancelled(charge);
      return;
    }
    const nowMs = clock.nowMs();
    const sinceMs = charge?.owedAtMs ?? nowMs;
    const nextAtMs = nextTry(sinceMs, nowMs);
    await ledger.postpone(owed, nextAtMs);
    events.onFailed(owed, error, nextAtMs);
    if (!charge || nowMs < sinceMs + OVERDUE_MS || overdue.has(charge.id)) return;
    overdue.add(charge.id);
    events.onOverdue(charge, error);
  }

  return async () => {
    for (const owed of await ledger.owed(clock.nowMs())) await pay(owed);
    return overdue.size;
  };
}

/** As long again as it has waited so far, which doubles the pauses; one try comes the moment it is overdue. */
function nextTry(sinceMs: number, nowMs: number): number {
  const pauseMs = Math.min(Math.max(nowMs - sinceMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
  const overdueAtMs = sinceMs + OVERDUE_MS;
  return nowMs < overdueAtMs ? Math.min(nowMs + pauseMs, overdueAtMs) : nowMs + pauseMs;
}
