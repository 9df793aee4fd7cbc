import type { Charge } from './charge.ts';
import type { Cursor, LedgerRow, Stars } from './ports.ts';
import type { Purchase, Settled } from './purchase.ts';

const PAGE = 100;
/** Rows walked again each time, in case one appeared behind the cursor. */
const OVERLAP = 200;
/** Rows settled side by side: a walk of a long ledger is mostly waiting. */
const SIDE_BY_SIDE = 32;
/** So many failures are no matter of single rows: the store is away. */
const MOST_FAILURES = 100;

export type Finding =
  | Settled
  /** `isOld` when it was found on a walk from the start, which tells of all that ever happened. */
  | { kind: 'refunded'; charge: Charge; isOld: boolean };

export interface Walk {
  /** How many rows the ledger has. */
  rows: number;
  /** How many of them lay beyond the cursor. */
  fresh: number;
  /** False when the store was emptied meanwhile, or another walk was faster: the cursor stays as it is. */
  isKept: boolean;
}

export interface WalkPorts {
  stars: Stars;
  cursor: Cursor;
  purchase: Pick<Purchase, 'settle' | 'refunded'>;
}

/**
 * Walks Telegram's ledger from the cursor to its end, through the same settlement as the updates; from the start, in a
 * store that has never seen the end of it. Its memory grows with the refunds, not with the ledger.
 * @param onFinding told of each payment or refund that no update had brought
 * @param onProgress told of the rows walked so far
 */
export async function reconcile(
  { stars, cursor, purchase }: WalkPorts,
  onFinding: (finding: Finding) => void,
  onProgress: (rows: number) => void = () => {},
): Promise<Walk> {
  const { from: known, token } = await cursor.begin();
  const start = Math.max(0, (known ?? 0) - OVERLAP);
  let { end, gone } = await lookAhead(stars, start);
  const isOther = end === start && start > 0;
  // A ledger shorter than what was walked is another ledger, such as a bot's new test environment.
  if (isOther) ({ end, gone } = await lookAhead(stars, 0));

  const failures: unknown[] = [];
  const isOld = known === undefined;
  const settle = (row: LedgerRow) =>
    settleRow(purchase, row, isOld, onFinding).catch((error: unknown) => {
      // One player's row must not keep the others from theirs; the cursor waits for it.
      failures.push(error);
      if (failures.length >= MOST_FAILURES) throw couldNot(failures);
    });
  // Payments that went back come last. Of two for one order the first to come is credited, and that must not be the
  // one whose Stars are gone: the other would then be refunded as well.
  const late: LedgerRow[] = [];
  for await (const { rows, offset } of pages(stars, isOther ? 0 : start, end)) {
    const lasting: LedgerRow[] = [];
    for (const row of rows) (gone.has(row.payment.chargeId) ? late : lasting).push(row);
    await sideBySide(lasting, settle);
    onProgress(offset);
  }
  // First the payments, then their refunds: a refund of what was not settled yet would take its own date for the payment's.
  await sideBySide(
    late.filter(({ kind }) => kind === 'payment'),
    settle,
  );
  await sideBySide(
    late.filter(({ kind }) => kind === 'refund'),
    settle,
  );
  if (failures.length > 0) throw couldNot(failures);
  const isKept = await cursor.end(token, end);
  return { rows: end, fresh: Math.max(0, end - (known ?? 0)), isKept };
}

/** Settles rows that were settled before and may have been lost since. */
export async function settleRows(
  purchase: WalkPorts['purchase'],
  rows: LedgerRow[],
  onFinding: (finding: Finding) => void,
): Promise<void> {
  await sideBySide(rows, (row) => settleRow(purchase, row, false, onFinding));
}

async function settleRow(
  purchase: WalkPorts['purchase'],
  { kind, payment }: LedgerRow,
  isOld: boolean,
  onFinding: (finding: Finding) => void,
): Promise<void> {
  if (kind === 'payment') {
    const settled = await purchase.settle(payment);
    if (settled.kind !== 'exists') onFinding(settled);
    return;
  }
  const charge = await purchase.refunded(payment);
  if (charge) onFinding({ kind: 'refunded', charge, isOld });
}

function couldNot(failures: unknown[]): Error {
  const what = failures.length === 1 ? 'a row' : `${failures.length} rows`;
  return new Error(`${what} of Telegram's ledger could not be settled`, { cause: failures[0] });
}

/** Where the ledger ends, and the charges that went back. */
async function lookAhead(stars: Stars, start: number): Promise<{ end: number; gone: Set<string> }> {
  const gone = new Set<string>();
  for (let end = start; ; ) {
    const { rows, count } = await stars.rows(end, PAGE);
    for (const { kind, payment } of rows) if (kind === 'refund') gone.add(payment.chargeId);
    end += count;
    if (count < PAGE) return { end, gone };
  }
}

async function* pages(stars: Stars, start: number, end: number) {
  for (let offset = start; offset < end; ) {
    const { rows, count } = await stars.rows(offset, Math.min(PAGE, end - offset));
    if (count === 0) return;
    offset += count;
    yield { rows, offset };
  }
}

/** One after the other within a player, whose order of events matters; players side by side. */
async function sideBySide(rows: LedgerRow[], settle: (row: LedgerRow) => Promise<void>): Promise<void> {
  const players = new Map<number, LedgerRow[]>();
  for (const row of rows) {
    const own = players.get(row.payment.payerId);
    if (own) own.push(row);
    else players.set(row.payment.payerId, [row]);
  }
  const waiting = [...players.values()];
  const work = async () => {
    for (let own = waiting.pop(); own; own = waiting.pop()) for (const row of own) await settle(row);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}
