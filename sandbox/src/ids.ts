import { randomBytes } from 'node:crypto';

const EPOCH_MS = Date.UTC(2026, 0, 1);

/**
 * Where a counter starts: a number that grows by `perSecond` each second, so that a sandbox that was started again
 * does not hand out the numbers of its former life.
 */
export function counterStart(perSecond: number, base = 1): number {
  return base + Math.floor(((Date.now() - EPOCH_MS) / 1000) * perSecond);
}

/** Counts up from `start`. */
export function counter(start: number): () => number {
  let next = start;
  return () => next++;
}

/** A charge id as Telegram makes them for Stars: opaque, never repeated. */
export function chargeId(): string {
  return `stx${randomBytes(33).toString('base64url')}`;
}

/** The part of an invoice link after `$`. */
export function invoiceSlug(): string {
  return randomBytes(24).toString('base64url');
}

/** The id of a query as Telegram writes it: a positive int64 in decimal. */
export function queryId(): string {
  return String(randomBytes(8).readBigUInt64BE() >> 1n);
}
