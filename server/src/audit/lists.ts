import type { OrderList, OutboxBooks, OwedBooks } from './books.ts';
import type { Breach } from './breach.ts';
import { isWaiting, show } from './charge.ts';
import { OPEN, PAID } from './order.ts';

/** The sweeper comes by every few seconds. */
const SWEPT_WITHIN_MS = 2 * 60_000;
const ENDING = /^\d+:[a-z0-9_]{1,32}:[A-Za-z0-9_-]{16,40}$/;
const CAUSES = ['purchase', 'refund', 'use', 'gift', 'sync'];

/** I10: what has ended was ended, and gave its copies back. I8: what was paid is no longer to end. */
export function checkEnding({ name, members }: OrderList, nowMs: number): Breach[] {
  return members.flatMap(({ member, atMs, state }): Breach[] => {
    const where = `key ${name}, ${member}`;
    if (!ENDING.test(member))
      return [
        { rule: 'I7', where, is: 'no order', should: 'player:sku:order', cure: `ZREM ${name} '${member}'` },
      ];
    if (state !== undefined && PAID.includes(state)) {
      const cure = 'a server forgets it when its time comes; see who wrote it';
      return [
        {
          rule: 'I8',
          where,
          is: `an order that is ${state}`,
          should: 'one that is open or just ended',
          cure,
        },
      ];
    }
    if (nowMs - atMs <= SWEPT_WITHIN_MS) return [];
    const is = `an order that was to end at ${show(atMs)}`;
    const cure = 'start a server, or see its log for "ending what was not paid failed"';
    return [{ rule: 'I10', where, is, should: 'ended within 2 minutes', cure }];
  });
}

/** I8: among a player's open orders stand open ones. Those past their time are taken out with the next order. */
export function checkOpen({ name, members }: OrderList, playerId: number, nowMs: number): Breach[] {
  return members
    .filter(({ atMs, state }) => atMs > nowMs && !OPEN.includes(state ?? ''))
    .map(({ member, state }) => ({
      rule: 'I8',
      where: `player ${playerId}, order ${member}`,
      is: `${state ?? 'gone'}, and among the open orders`,
      should: 'an open order',
      cure: `ZREM ${name} ${member}`,
    }));
}

/** I5: what is queued to go back is owed. */
export function checkOwed({ name, members }: OwedBooks): Breach[] {
  return members.flatMap(({ member, charge }): Breach[] => {
    const cure = `ZREM ${name} '${member}', unless the record is what is wrong`;
    const breach = {
      rule: 'I5' as const,
      where: `key ${name}, ${member}`,
      should: 'a charge that is owed',
      cure,
    };
    if (!charge) return [{ ...breach, is: 'queued without a record' }];
    // One that can't be read is told of with its player.
    if (!charge.charge || isWaiting(charge.charge)) return [];
    return [
      {
        ...breach,
        is: `queued, and its record says ${charge.charge.refundedAtMs === undefined ? 'credited' : 'back'}`,
      },
    ];
  });
}

/** I9: the revisions of each player without a gap, up to the one the inventory has. */
export function checkOutbox({ name, isTrimmed, entries, revs }: OutboxBooks): Breach[] {
  if (!isTrimmed) return [untrimmed(name)];
  const breaches: Breach[] = [];
  const last = new Map<number, number>();
  const wrong = (playerId: number, is: string, should: string) =>
    breaches.push({ rule: 'I9', where: `player ${playerId}, key ${name}`, is, should, cure: CURE });
  for (const { id, playerId, rev, cause } of entries) {
    const before = last.get(playerId);
    if (before !== undefined && rev !== before + 1)
      wrong(playerId, `revision ${rev} after ${before} (entry ${id})`, String(before + 1));
    if (!CAUSES.includes(cause)) wrong(playerId, `the cause "${cause}" (entry ${id})`, CAUSES.join(', '));
    last.set(playerId, rev);
  }
  for (const [playerId, rev] of last) {
    const now = revs.get(playerId);
    if (now !== String(rev))
      wrong(playerId, `revision ${rev} in its last entry`, `${now ?? 'an inventory'}, as the inventory says`);
  }
  return breaches;
}

const untrimmed = (name: string): Breach => ({
  rule: 'I9',
  where: `key ${name}`,
  is: 'far longer than what is kept',
  should: 'trimmed with every entry',
  cure: `XTRIM ${name} MAXLEN 1000; see who writes past the scripts`,
});

const CURE = 'nothing is lost, a player reads the state anew when connecting; see who wrote past the scripts';
