/** Does the work for each, so many at a time: what is asked of the store in one go is sent in one go. */
export async function inLanes<T>(
  all: Iterable<T>,
  lanes: number,
  work: (each: T) => Promise<void>,
): Promise<void> {
  const rest = all[Symbol.iterator]();
  async function lane(): Promise<void> {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  }
  await Promise.all(Array.from({ length: lanes }, lane));
}
