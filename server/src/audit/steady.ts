import { isDeepStrictEqual } from 'node:util';
import type { Breach } from './breach.ts';

const MOST_READINGS = 20;

/**
 * What is wrong with something that may change between two of its keys being read: told only once two readings in a
 * row were the same, for then they are what was there at one moment.
 */
export async function checkSteady<T>(
  read: () => Promise<T>,
  check: (books: T) => Breach[],
  onUnsteady: () => void,
): Promise<{ books: T; breaches: Breach[] }> {
  let books = await read();
  let breaches = check(books);
  for (let reading = 1; breaches.length > 0; reading++) {
    const again = await read();
    if (isDeepStrictEqual(books, again)) return { books, breaches };
    if (reading === MOST_READINGS) {
      onUnsteady();
      return { books, breaches: [] };
    }
    books = again;
    breaches = check(books);
  }
  return { books, breaches };
}
