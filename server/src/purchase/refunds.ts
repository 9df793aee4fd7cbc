import type { Charge } from './charge.ts';
import { type Clock, type Ledger, type OwedRefund, RefundRefused, type Stars } from './ports.ts';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** A refund that waits longer is a person's matter. */
export const OVERDUE_MS = 10 * 60_000;
/** What Telegram still refuses for good when it is overdue is asked once a day: a person may settle it meanwhile. */
const REFUSED_PAUSE_MS = 24 * 3_600_000;
/** Refunds of one turn: the queue is asked anew for what has become due before them. */
const MOST_A_TURN = 1_000;
const SIDE_BY_SIDE = 8;

export interface RefundEvents {
  /** The Stars are back; `isNews` is false when they had gone back before, and only our books did not know it. */
  onRefunded(charge: Charge, isNews: boolean): void;
  onFailed(owed: OwedRefund, error: unknown, nextAtMs: number): void;
  /** Telegram will not give the Stars of a credited charge back: its player has the goods again. */
  onCancelled(charge: Charge): void;
  /** The refunds of a turn that could not be finished in time, each told once, and why the last of them was not. */
  onOverdue(charges: Charge[], error: unknown): void;
}

/**
 * Gives back what was paid and not credited, and what support refunds. The queue and its pauses are in the store, so a
 * restart forgets nothing.
 * @returns a turn of the queue, which answers how many refunds are overdue; it begins no other once `isOver`
 */
export function createRefunds(
  ports: { ledger: Ledger; stars: Stars; clock: Clock; giveBack(charge: Charge): Promise<void> },
  events: RefundEvents,
): (isOver?: () => boolean) => Promise<number> {
  const { ledger, stars, clock, giveBack } = ports;
  const overdue = new Set<string>();

  async function pay(owed: OwedRefund): Promise<Late | undefined> {
    try {
      const isNews = await stars.refund(owed.payerId, owed.chargeId);
      const ended = await ledger.refund(owed.payerId, owed.chargeId, clock.nowMs());
      overdue.delete(owed.chargeId);
      if (ended.kind === 'unknown') return undefined;
      await giveBack(ended.charge);
      if (ended.kind === 'refunded') events.onRefunded(ended.charge, isNews);
      return undefined;
    } catch (error) {
      return putOff(owed, error);
    }
  }

  /** Puts off what failed; what was credited and can never be refunded is credited again. */
  async function putOff(owed: OwedRefund, error: unknown): Promise<Late | undefined> {
    const charge = await ledger.find(owed.payerId, owed.chargeId);
    const isRefused = error instanceof RefundRefused;
    if (isRefused && (await ledger.cancelRefund(owed.payerId, owed.chargeId))) {
      if (charge) events.onCancelled(charge);
      return undefined;
    }
    const nowMs = clock.nowMs();
    const sinceMs = charge?.owedAtMs ?? nowMs;
    const isLate = nowMs >= sinceMs + OVERDUE_MS;
    const nextAtMs = isLate && isRefused ? nowMs + REFUSED_PAUSE_MS : nextTry(sinceMs, nowMs);
    await ledger.postpone(owed, nextAtMs);
    events.onFailed(owed, error, nextAtMs);
    if (!charge || !isLate || overdue.has(charge.id)) return undefined;
    overdue.add(charge.id);
    return { charge, error };
  }

  return async (isOver = () => false) => {
    const waiting = await ledger.owed(clock.nowMs(), MOST_A_TURN);
    const late: Late[] = [];
    const work = async (): Promise<void> => {
      for (let owed = waiting.shift(); owed && !isOver(); owed = waiting.shift()) {
        const told = await pay(owed);
        if (told) late.push(told);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    if (late.length > 0) {
      const charges = late.map(({ charge }) => charge);
      events.onOverdue(charges, late.at(-1)?.error);
    }
    return overdue.size;
  };
}

/** A refund that has just become a person's matter. */
interface Late {
  charge: Charge;
  error: unknown;
}

/** As long again as it has waited so far, which doubles the pauses; one try comes the moment it is overdue. */
function nextTry(sinceMs: number, nowMs: number): number {
  const pauseMs = Math.min(Math.max(nowMs - sinceMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
  const overdueAtMs = sinceMs + OVERDUE_MS;
  return nowMs < overdueAtMs ? Math.min(nowMs + pauseMs, overdueAtMs) : nowMs + pauseMs;
}
