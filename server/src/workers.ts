import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Bookkeeping } from './bookkeeping.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Clock, Cursor, Ledger, Stars } from './purchase/ports.ts';
import type { Purchase } from './purchase/purchase.ts';
import type { Recent } from './purchase/recent.ts';
import { reconcile, settleRows } from './purchase/reconcile.ts';
import { createRefunds } from './purchase/refunds.ts';
import { type Repeated, repeat } from './repeat.ts';
import { introduce, register } from './telegram/introduce.ts';
import { startPolling } from './telegram/polling.ts';

/** Milliseconds between turns. */
export interface Pauses {
  registerMs: number;
  introduceMs: number;
  refundMs: number;
  reconcileMs: number;
  sweepMs: number;
  watchMs: number;
}
export const PAUSES: Pauses = {
  registerMs: 2_000,
  introduceMs: 60_000,
  refundMs: 5_000,
  reconcileMs: 60_000,
  sweepMs: 10_000,
  watchMs: 1_000,
};

interface WorkerParts {
  bot: Bot;
  stars: Stars;
  ledger: Ledger;
  cursor: Cursor;
  purchase: Purchase;
  recent: Recent;
  clock: Clock;
  books: Bookkeeping;
  metrics: Metrics;
  log: Log;
  handle(update: Update): Promise<void>;
  /** Tells every player who is here what they have. */
  resync(): Promise<void>;
}

/** What goes on behind the requests: the walk of Telegram's ledger, the refunds owed, the end of orders, the polling. */
export interface Workers {
  isReached(): boolean;
  /** A refund has just become due. */
  refund(): void;
  /** Walks Telegram's ledger now. */
  walk(): void;
  /** The store was away, and may have lost its last moments. */
  suspectLoss(): void;
  stop(): Promise<void>;
}

/** Telegram may be away for now, so nothing waits for it: each work is begun at once and tried until it succeeds. */
export function startWorkers(config: Config, parts: WorkerParts, pauses: Pauses): Workers {
  const { bot, log, purchase, metrics } = parts;
  const failed = (what: string) => (err: unknown) => log.error({ err }, `${what} failed; it is tried again`);
  let reached = false;
  let polling: { stop(): Promise<void> } | undefined;

  let stopping = false;
  const refunds = repeat(
    pauses.refundMs,
    refundTurn(parts, () => stopping),
    failed('a round of refunds'),
  );
  const walk = repeat(pauses.reconcileMs, walkTurn(parts), failed("walking Telegram's ledger"));
  const sweep = repeat(
    pauses.sweepMs,
    async () => metrics.ended.inc(await purchase.sweep()),
    failed('ending what was not paid'),
  );
  const watch = watchStore(parts, pauses.watchMs, walk, failed('looking after the store'));
  const registration = repeat(
    pauses.registerMs,
    async () => {
      await register(bot, config);
      registration.end();
      reached = true;
      walk.soon();
      if (config.updates.kind === 'polling') polling = startPolling(config, parts.handle, log);
      log.info({ bot: bot.botInfo.username, updates: config.updates.kind }, 'Telegram is reached');
    },
    failed(`reaching Telegram at ${config.telegram.apiRoot}`),
  );
  const introduction = repeat(
    pauses.introduceMs,
    async () => {
      await introduce(bot, config);
      introduction.end();
    },
    failed('telling Telegram the commands and words of the bot'),
  );

  return {
    isReached: () => reached,
    refund: () => refunds.soon(),
    walk: () => walk.soon(),
    suspectLoss: watch.suspectLoss,
    async stop() {
      stopping = true;
      const works = [registration, introduction, refunds, sweep, watch.work, walk];
      // First what may start the polling, then the polling.
      await Promise.all(works.map((work) => work.stop()));
      await polling?.stop();
    },
  };
}

function refundTurn(
  { ledger, stars, clock, purchase, books, metrics }: WorkerParts,
  isOver: () => boolean,
): () => Promise<void> {
  const giveBack = purchase.giveBackRefunded;
  const turn = createRefunds({ ledger, stars, clock, giveBack }, books.queue);
  return async () => metrics.refundsOverdue.set(await turn(isOver));
}

function walkTurn({ stars, cursor, purchase, clock, books, metrics }: WorkerParts): () => Promise<void> {
  return async () => {
    const { rows, fresh, isKept } = await reconcile({ stars, cursor, purchase }, books.found('ledger'));
    if (!isKept) return;
    metrics.ledgerRows.set(rows);
    metrics.ledgerFresh.set(fresh);
    metrics.reconciledAt.set(clock.nowMs() / 1_000);
  };
}

/** Looks at a closed shop, about a second apart, between two walks. */
const LOOKS_PER_WALK = 5;

/**
 * Sees when the store has forgotten something, and has it repaired: at once, not at the next walk. Players who are here
 * all the while are then told anew what they have, for their games know it from before.
 */
function watchStore(
  { cursor, recent, purchase, books, metrics, log, resync }: WorkerParts,
  pauseMs: number,
  walk: Repeated,
  onError: (error: unknown) => void,
): { work: Repeated; suspectLoss(): void } {
  let seen: number | undefined;
  let store: string | undefined;
  let suspected = false;
  let closedLooks = 0;

  async function tellDoor(rows: number | undefined): Promise<void> {
    metrics.shopOpen.set(rows === undefined ? 0 : 1);
    // A new store begins like that; one that was open has lost what it knew.
    const level = seen === undefined ? 'info' : 'warn';
    if (rows === undefined && closedLooks === 0)
      log[level]("the shop is closed until Telegram's ledger has been walked from its start");
    if (rows === undefined || closedLooks === 0) return;
    log.info({ rows }, 'the shop is open');
    await resync();
  }

  async function look(): Promise<void> {
    const { rows: now, store: name } = await cursor.look();
    await tellDoor(now);
    // Only a store that lost what it had goes back, having failed over to a replica that lagged behind; one that was
    // emptied is another, even if it was filled again between two looks.
    if (seen !== undefined && (now === undefined || now < seen || name !== store)) suspected = true;
    seen = now;
    store = name;
    // While the shop is closed a walk that failed is not left to its usual pause.
    closedLooks = now === undefined ? closedLooks + 1 : 0;
    if (closedLooks % LOOKS_PER_WALK === LOOKS_PER_WALK - 1) walk.soon();
    if (!suspected) return;
    const rows = recent.rows();
    await settleRows(purchase, rows, books.found('replay'));
    suspected = false;
    log.warn({ payments: rows.length }, 'the store was away: what was settled lately is settled again');
    await resync();
    walk.soon();
  }

  const work = repeat(pauseMs, look, onError);
  return {
    work,
    suspectLoss() {
      suspected = true;
      work.soon();
    },
  };
}
