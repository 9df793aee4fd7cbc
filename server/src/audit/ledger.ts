import type { LedgerRow, Stars } from '../purchase/ports.ts';

const PAGE = 100;
/** Pages asked for at once: a walk is mostly waiting. */
const AT_ONCE = 8;

/**
 * Hands on every row of Telegram's ledger, pages in any order. Its end is the page that is empty, for a page that is
 * short may have grown meanwhile.
 * @returns how many rows there are
 */
export async function walkLedger(
  stars: Pick<Stars, 'rows'>,
  onPage: (rows: LedgerRow[], offset: number) => void | Promise<void>,
): Promise<number> {
  let next = 0;
  let isOver = false;
  let end = 0;
  async function lane(): Promise<void> {
    while (!isOver) {
      const offset = next;
      next += PAGE;
      const { rows, count } = await stars.rows(offset, PAGE);
      if (count === 0) isOver = true;
      else end = Math.max(end, offset + count);
      await onPage(rows, offset);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return end;
}
