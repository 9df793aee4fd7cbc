import type { Clock, Ledger, OwedRefund, Stars } from './ports.ts';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

export interface RefundEvents {
  onRefunded(owed: OwedRefund): void;
  onFailed(owed: OwedRefund, error: unknown, nextAtMs: number): void;
}

/** Gives back what was paid and not credited. The queue is in the store, so a restart forgets nothing but the pauses. */
export function createRefunds(
  ports: { ledger: Ledger; stars: Stars; clock: Clock },
  events: RefundEvents,
): () => Promise<void> {
  const { ledger, stars, clock } = ports;
  const failures = new Map<string, number>();

  async function pay(owed: OwedRefund): Promise<void> {
    try {
      await stars.refund(owed.payerId, owed.chargeId);
      await ledger.refund(owed.payerId, owed.chargeId, clock.nowMs());
      failures.delete(owed.chargeId);
      events.onRefunded(owed);
    } catch (error) {
      const count = failures.get(owed.chargeId) ?? 0;
      failures.set(owed.chargeId, count + 1);
      const nextAtMs = clock.nowMs() + Math.min(FIRST_PAUSE_MS * 2 ** count, LONGEST_PAUSE_MS);
      events.onFailed(owed, error, nextAtMs);
      await ledger.postpone(owed, nextAtMs);
    }
  }

  return async () => {
    for (const owed of await ledger.owed(clock.nowMs())) await pay(owed);
  };
}
