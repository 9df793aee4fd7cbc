import type { Cursor, Stars } from './ports.ts';
import type { Purchase, Settled } from './purchase.ts';

const PAGE = 100;
/** Rows walked again each time, in case one appeared behind the cursor. */
const OVERLAP = 200;

export interface Finding {
  kind: Settled['kind'] | 'refunded';
  chargeId: string;
}

/**
 * Walks Telegram's ledger from the cursor to its end, through the same settlement as the updates.
 * @param onFinding told of each payment or refund that no update had brought
 * @returns how many rows the ledger has
 */
export async function reconcile(
  ports: { stars: Stars; cursor: Cursor; purchase: Purchase },
  onFinding: (finding: Finding) => void,
): Promise<number> {
  const { stars, cursor, purchase } = ports;
  let offset = Math.max(0, (await cursor.read()) - OVERLAP);
  let page = await stars.rows(offset, PAGE);
  if (page.count === 0 && offset > 0) {
    // A ledger shorter than what was walked is another ledger, such as a bot's new test environment.
    offset = 0;
    page = await stars.rows(offset, PAGE);
  }
  for (;;) {
    for (const { kind, payment } of page.rows) {
      const result =
        kind === 'payment' ? (await purchase.settle(payment)).kind : await purchase.refunded(payment);
      if (result !== 'exists' && result !== 'already')
        onFinding({ kind: result, chargeId: payment.chargeId });
    }
    offset += page.count;
    await cursor.write(offset);
    if (page.count < PAGE) return offset;
    page = await stars.rows(offset, PAGE);
  }
}
