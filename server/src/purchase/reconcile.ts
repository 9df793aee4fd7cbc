import type { Cursor, LedgerRow, Stars } from './ports.ts';
import type { Purchase, Settled } from './purchase.ts';

const PAGE = 100;
/** Rows walked again each time, in case one appeared behind the cursor. */
const OVERLAP = 200;

export interface Finding {
  kind: Settled['kind'] | 'refunded';
  chargeId: string;
}

/** So many failures are no matter of single rows: the store is away. */
const MOST_FAILURES = 100;

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
  const start = Math.max(0, (await cursor.read()) - OVERLAP);
  let { rows, end } = await readFrom(stars, start);
  // A ledger shorter than what was walked is another ledger, such as a bot's new test environment.
  if (end === start && start > 0) ({ rows, end } = await readFrom(stars, 0));

  const failures: unknown[] = [];
  for (const { kind, payment } of lastingFirst(rows)) {
    try {
      const result =
        kind === 'payment' ? (await purchase.settle(payment)).kind : await purchase.refunded(payment);
      if (result !== 'exists' && result !== 'already')
        onFinding({ kind: result, chargeId: payment.chargeId });
    } catch (error) {
      // One player's row must not keep the others from theirs; the cursor waits for it.
      failures.push(error);
      if (failures.length === MOST_FAILURES) break;
    }
  }
  if (failures.length > 0) {
    const what = failures.length === 1 ? 'a row' : `${failures.length} rows`;
    throw new Error(`${what} of Telegram's ledger could not be settled`, { cause: failures[0] });
  }
  await cursor.write(end);
  return end;
}

async function readFrom(stars: Stars, start: number): Promise<{ rows: LedgerRow[]; end: number }> {
  const rows: LedgerRow[] = [];
  for (let end = start; ; ) {
    const page = await stars.rows(end, PAGE);
    rows.push(...page.rows);
    end += page.count;
    if (page.count < PAGE) return { rows, end };
  }
}

/**
 * Payments that went back come last. Of two for one order the first to come is credited, and that must not be the one
 * whose Stars are gone: the other would then be refunded as well.
 */
function lastingFirst(rows: LedgerRow[]): LedgerRow[] {
  const gone = new Set(rows.filter(({ kind }) => kind === 'refund').map(({ payment }) => payment.chargeId));
  const went = ({ payment }: LedgerRow): boolean => gone.has(payment.chargeId);
  return [...rows.filter((row) => !went(row)), ...rows.filter(went)];
}
