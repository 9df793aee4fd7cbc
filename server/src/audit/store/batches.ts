/** With as many lanes as a walk has, this stays below what the connection lets wait. */
const AT_ONCE = 100;

/** Asks about each of many, some at a time. */
export async function inBatches<T, R>(all: readonly T[], ask: (each: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let first = 0; first < all.length; first += AT_ONCE)
    answers.push(...(await Promise.all(all.slice(first, first + AT_ONCE).map(ask))));
  return answers;
}
