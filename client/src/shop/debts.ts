import type { Grant } from '@stardrift/shared/catalog';

/**
 * Items that were used before their Stars went back are owed: the next ones that come go to them. This is the
 * arithmetic of it; who owes what is the server's word.
 */

/** What of `grant` goes to `debts`. */
export function toDebts(grant: Grant, debts: Grant): Grant {
  return counted(grant, (id, count) => Math.min(count, debts[id] ?? 0));
}

/** What of `grant` comes into the hand when `paid` of it went to debts. */
export function inHand(grant: Grant, paid: Grant): Grant {
  return counted(grant, (id, count) => count - (paid[id] ?? 0));
}

/**
 * What of a delivered order went to debts, judged by those when its payment began and those known now; `undefined` when
 * something else changed them meanwhile, for then nobody here can tell.
 */
export function paidOf(grant: Grant, before: Grant, now: Grant): Grant | undefined {
  const paid = toDebts(grant, before);
  const explained = Object.keys(grant).every((id) => {
    const owed = before[id] ?? 0;
    // Before or after the push that brought the goods: the answer about an order may overtake it.
    return now[id] === before[id] || (now[id] ?? 0) === owed - (paid[id] ?? 0);
  });
  return explained ? paid : undefined;
}

function counted(grant: Grant, count: (id: string, count: number) => number): Grant {
  const entries = Object.entries(grant).map(([id, all]) => [id, count(id, all)] as const);
  return Object.fromEntries(entries.filter(([, some]) => some > 0));
}
