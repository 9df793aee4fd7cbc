import type { Cursor, LedgerRow, Stars } from '../purchase/ports.ts';
import type { Books } from './books.ts';
import type { Breach } from './breach.ts';
import { show } from './charge.ts';
import { createFindings, type Findings } from './findings.ts';
import { walkLedger } from './ledger.ts';
import { matchShares } from './match.ts';
import type { Prices } from './prices.ts';
import { createTally, sharesDiffering, type Tally } from './tally.ts';
import { type StoreFigures, walkStore } from './walk.ts';

/** What happened within it may not have come through yet. */
const SETTLED_WITHIN_MS = 60_000;
/** The walk of the ledger begins a minute after the last one ended, and takes its time. */
const WALKED_WITHIN_MS = 2 * 60_000;

export interface AuditPorts {
  books: Books;
  stars: Pick<Stars, 'rows'>;
  cursor: Pick<Cursor, 'read'>;
  /** Where the cursor lies, for whoever wants the ledger walked anew. */
  cursorKey: string;
  prices: Prices;
  /** Found when the catalogues were read. */
  breaches: Breach[];
  clock: { nowMs(): number };
}

export interface Audit {
  findings: Findings;
  store: StoreFigures;
  ledger: { rows: number; starsIn: number; starsBack: number };
  /** How many of the 1,024 shares of the players were compared row by row. */
  compared: number;
}

/**
 * Holds the store and Telegram's ledger against each other and against the rules, while the shop goes on. Its memory
 * does not grow with either: each side is read once into a fingerprint, and only where the two differ row by row.
 */
export async function audit(ports: AuditPorts): Promise<Audit> {
  const { books, stars, cursor, prices, clock } = ports;
  const findings = createFindings();
  findings.add(ports.breaches);
  const startMs = clock.nowMs();
  const untilMs = startMs - SETTLED_WITHIN_MS;
  const inStore = createTally(untilMs);
  const inLedger = createTally(untilMs);

  const before = await cursor.read();
  const [store, walked] = await Promise.all([
    walkStore({ books, prices, nowMs: clock.nowMs, findings, tally: inStore }),
    readLedger(stars, inLedger, startMs - WALKED_WITHIN_MS),
  ]);
  findings.add(checkCursor(ports.cursorKey, walked, before, await cursor.read()));
  await checkScripts(books, findings);

  const shares = sharesDiffering(inStore, inLedger);
  const cure =
    'a server walks the latest rows each minute; for older ones: npm run recover (the shop is shut meanwhile)';
  await matchShares({ books, stars, findings, untilMs, cure }, shares, inStore.payments.count);
  return {
    findings,
    store,
    ledger: { rows: walked.rows, starsIn: inLedger.stars.in, starsBack: inLedger.stars.back },
    compared: shares.length,
  };
}

interface Walked {
  rows: number;
  /** How many rows, at the least, should have been walked by the servers. */
  due: number;
  lastDueMs: number;
}

async function readLedger(stars: AuditPorts['stars'], tally: Tally, dueMs: number): Promise<Walked> {
  let due = 0;
  let lastDueMs = 0;
  const rows = await walkLedger(stars, (page: LedgerRow[], offset) => {
    for (const [index, row] of page.entries()) {
      tally.addRow(row);
      if (row.payment.paidAtMs > dueMs || offset + index < due) continue;
      due = offset + index + 1;
      lastDueMs = row.payment.paidAtMs;
    }
  });
  return { rows, due, lastDueMs };
}

/** I12: what is older than two minutes has been walked; and it was this ledger. */
function checkCursor(
  key: string,
  { rows, due, lastDueMs }: Walked,
  before: number | undefined,
  now: number | undefined,
): Breach[] {
  const wrong = (is: string, should: string, cure: string): Breach[] => [
    { rule: 'I12', where: `key ${key}`, is, should, cure },
  ];
  if (now === undefined)
    return wrong(
      'absent: the shop is shut',
      'the rows walked',
      "start a server; it opens once Telegram's ledger has been walked",
    );
  if (!Number.isSafeInteger(now) || now < 0)
    return wrong(String(now), 'a whole number', `DEL ${key}: the ledger is walked anew`);
  if (before !== undefined && before > rows)
    return wrong(
      `${before} rows walked`,
      `at most ${rows}, the length of the ledger`,
      'is it the ledger of this bot? Check BOT_TOKEN and TELEGRAM_ENV',
    );
  if (now < due)
    return wrong(
      `${now} rows walked`,
      `${due} or more: row ${due} is of ${show(lastDueMs)}`,
      'see the log of the servers for "walking Telegram\'s ledger failed"',
    );
  return [];
}

/** I11: a node without some scripts is given them at their next use; scripts of others mean that others were at work. */
async function checkScripts(books: Books, findings: Findings): Promise<void> {
  const nodes = await books.nodes();
  if (!nodes) {
    findings.note('Redis does not tell which scripts it has: I11 was not checked');
    return;
  }
  for (const { address, missing, strange } of nodes) {
    if (missing > 0) findings.note(`${address} has not used ${missing} of the scripts since it started`);
    if (strange === 0) continue;
    const is = `${strange} scripts that are none of this build's`;
    const cure =
      'SCRIPT FLUSH there (harmless) and audit again: if they are back, stop the server of the other version';
    findings.add([{ rule: 'I11', where: `node ${address}`, is, should: 'one version in use', cure }]);
  }
}
