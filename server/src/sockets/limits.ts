import type { Clock } from '../purchase/ports.ts';

/** Requests one player may have under way at once: all together must leave the store's queue free for the money. */
const MOST_UNDER_WAY = 100;
/** Orders one player may ask for at once: a card that opens asks for one, so it lies above the number of offers. */
const ORDERS_AT_ONCE = 15;
/** After that, one in this time: each may cost a call of Telegram's, which counts them for the whole shop. */
const ORDER_EVERY_MS = 2_000;
/** Players remembered before the rested ones are forgotten. */
const MOST_REMEMBERED = 10_000;

/** What keeps one player from using up what all players share. */
export function createLimits(clock: Clock) {
  const underWay = new Map<number, number>();
  /** Player → when nothing of the past orders will count any more. */
  const restedAtMs = new Map<number, number>();

  function mayOrder(playerId: number): boolean {
    const nowMs = clock.nowMs();
    const rested = Math.max(restedAtMs.get(playerId) ?? 0, nowMs);
    if (rested - nowMs > (ORDERS_AT_ONCE - 1) * ORDER_EVERY_MS) return false;
    restedAtMs.set(playerId, rested + ORDER_EVERY_MS);
    if (restedAtMs.size > MOST_REMEMBERED)
      for (const [id, atMs] of restedAtMs) if (atMs <= nowMs) restedAtMs.delete(id);
    return true;
  }

  return {
    /** Whether the request may begin. One that began has to end. */
    begin(playerId: number, name: string): boolean {
      const count = underWay.get(playerId) ?? 0;
      if (count >= MOST_UNDER_WAY || (name === 'order' && !mayOrder(playerId))) return false;
      underWay.set(playerId, count + 1);
      return true;
    },
    end(playerId: number): void {
      const left = (underWay.get(playerId) ?? 0) - 1;
      if (left > 0) underWay.set(playerId, left);
      else underWay.delete(playerId);
    },
  };
}
