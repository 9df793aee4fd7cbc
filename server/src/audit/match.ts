import type { Charge, Payment } from '../purchase/charge.ts';
import type { LedgerRow, Stars } from '../purchase/ports.ts';
import { type Books, type StoredCharge, WrongType } from './books.ts';
import type { Breach } from './breach.ts';
import { isBack, show, whereIs } from './charge.ts';
import type { Findings } from './findings.ts';
import { shareOf } from './fingerprint.ts';
import { inLanes } from './lanes.ts';
import { walkLedger } from './ledger.ts';
import { isBackBy, termsOfCharge, termsOfPayment } from './terms.ts';

/** Records kept in memory at a time, about 300 bytes each. */
const MOST_RECORDS = 50_000;
const LANES = 64;

export interface MatchParts {
  books: Books;
  stars: Pick<Stars, 'rows'>;
  findings: Findings;
  /** What is younger has not had its time. */
  untilMs: number;
  /** What to do about a payment that nobody knows of. */
  cure: string;
}

/**
 * Compares shares of the players row by row, both ways. First the records are read, then the rows: every record must
 * find its row. Whatever does not agree is read from the store again before it is told.
 */
export async function matchShares(
  parts: MatchParts,
  shares: number[],
  recordsIn: (share: number) => number,
): Promise<void> {
  for (const some of portions(shares, recordsIn)) await matchSome(parts, new Set(some));
}

function portions(shares: number[], recordsIn: (share: number) => number): number[][] {
  const all: number[][] = [];
  let room = 0;
  for (const share of shares) {
    room -= recordsIn(share);
    if (all.length === 0 || room < 0) {
      all.push([]);
      room = MOST_RECORDS - recordsIn(share);
    }
    all.at(-1)?.push(share);
  }
  return all;
}

/** A record, and what the ledger was found to say of it. */
interface Entry {
  payerId: number;
  chargeId: string;
  amountStars: number;
  terms: string;
  isBack: boolean;
  rows: number;
  refundedAtMs: number | undefined;
}

async function matchSome(parts: MatchParts, shares: ReadonlySet<number>): Promise<void> {
  const entries = await readEntries(parts.books, shares);
  const isMeant = ({ payment }: LedgerRow): boolean => shares.has(shareOf(payment.payerId));
  await walkLedger(parts.stars, async (rows) => {
    await inLanes(rows.filter(isMeant), LANES, (row) =>
      matchRow(parts, entries.get(keyOf(row.payment)), row),
    );
  });
  await inLanes(entries.values(), LANES, (entry) => matchEntry(parts, entry));
}

const keyOf = ({ payerId, chargeId }: { payerId: number; chargeId: string }): string =>
  `${payerId}:${chargeId}`;

async function readEntries(books: Books, shares: ReadonlySet<number>): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const keys of books.keys())
    await inLanes(keys, LANES, async (key) => {
      if (key.kind !== 'charges' || !shares.has(shareOf(key.playerId))) return;
      for (const { charge } of await unlessOfAnotherType(books.charges(key.playerId), []))
        if (charge) addEntry(entries, charge);
    });
  return entries;
}

/** A key of another type is told of when the store is walked. */
async function unlessOfAnotherType<T>(reading: Promise<T>, instead: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WrongType) return instead;
    throw error;
  }
}

function addEntry(entries: Map<string, Entry>, charge: Charge): void {
  const { payerId, id: chargeId, amountStars } = charge;
  const entry = { payerId, chargeId, amountStars, terms: termsOfCharge(charge), isBack: isBack(charge) };
  entries.set(keyOf(entry), { ...entry, rows: 0, refundedAtMs: undefined });
}

async function matchRow(
  parts: MatchParts,
  entry: Entry | undefined,
  { kind, payment }: LedgerRow,
): Promise<void> {
  if (kind === 'refund') {
    if (entry) entry.refundedAtMs = payment.paidAtMs;
    return;
  }
  if (entry) entry.rows++;
  if (entry?.rows === 2) parts.findings.add([doubled(payment)]);
  if (entry && entry.amountStars === payment.amountStars && isSameTerms(entry.terms, payment)) return;
  const stored = await unlessOfAnotherType(parts.books.charge(payment.payerId, payment.chargeId), undefined);
  parts.findings.add(checkRow(payment, stored, parts));
}

/** A row need not carry the payload. */
const isSameTerms = (terms: string, payment: Payment): boolean =>
  payment.payload === '' || terms === termsOfPayment(payment);

function checkRow(
  payment: Payment,
  stored: StoredCharge | undefined,
  { untilMs, cure }: MatchParts,
): Breach[] {
  const { payerId, chargeId: id, amountStars, paidAtMs } = payment;
  const where = whereIs({ payerId, id });
  if (!stored) {
    if (paidAtMs > untilMs) return [];
    const is = `${amountStars} Stars paid at ${show(paidAtMs)}, no record`;
    return [{ rule: 'I1', where, is, should: 'a record: goods, or Stars on their way back', cure }];
  }
  // One that can't be read is told of with its player.
  if (!stored.charge) return [];
  const breaches: Breach[] = [];
  const said = termsOfCharge(stored.charge);
  const mend = 'see who wrote the record, mend it after the ledger';
  if (stored.charge.amountStars !== amountStars) {
    const is = `${stored.charge.amountStars} Stars in its record`;
    breaches.push({ rule: 'I5', where, is, should: `${amountStars}, as Telegram's ledger says`, cure: mend });
  }
  if (!isSameTerms(said, payment)) {
    const should = `for ${termsOfPayment(payment)}, as Telegram's ledger says`;
    breaches.push({ rule: 'I6', where, is: `for ${said} in its record`, should, cure: mend });
  }
  return breaches;
}

const doubled = ({ payerId, chargeId: id }: Payment): Breach => ({
  rule: 'I1',
  where: whereIs({ payerId, id }),
  is: "several payments in Telegram's ledger",
  should: 'one payment for each charge id',
  cure: 'ask Telegram: two payments under one id can not be told apart',
});

async function matchEntry(parts: MatchParts, entry: Entry): Promise<void> {
  const agrees = entry.rows > 0 && entry.isBack === (entry.refundedAtMs !== undefined);
  if (agrees) return;
  const charge = (await unlessOfAnotherType(parts.books.charge(entry.payerId, entry.chargeId), undefined))
    ?.charge;
  if (charge) parts.findings.add(checkEntry(charge, entry, parts.untilMs));
}

function checkEntry(charge: Charge, { rows, refundedAtMs }: Entry, untilMs: number): Breach[] {
  const where = whereIs(charge);
  const { amountStars, payerId, id } = charge;
  if (rows === 0) {
    if (charge.paidAtMs > untilMs) return [];
    const cure =
      'is this the ledger that filled the store? A sandbox begins anew with each start. If it is, nobody paid: take the record and its goods out';
    const is = `a record (${charge.result}, ${amountStars} Stars) without a payment`;
    return [{ rule: 'I2', where, is, should: "a row in Telegram's ledger", cure }];
  }
  if (isBackBy(charge, untilMs) && refundedAtMs === undefined) {
    const cure = `the payer waits for these Stars: take " back=…" off the record and queue it again`;
    const is = `${amountStars} Stars that are back by the record, and still here by Telegram's ledger`;
    return [{ rule: 'I5', where, is, should: 'the same in both', cure }];
  }
  if (!isBack(charge) && refundedAtMs !== undefined && refundedAtMs <= untilMs) {
    const cure = `send /reconcile to the bot; an old one: walk the ledger anew (player ${payerId}, ${id})`;
    const is = `${amountStars} Stars that went back at ${show(refundedAtMs)}, and are still here by the record`;
    return [{ rule: 'I5', where, is, should: 'the same in both', cure }];
  }
  return [];
}
