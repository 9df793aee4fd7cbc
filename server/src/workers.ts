import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Clock, Cursor, Ledger, Stars } from './purchase/ports.ts';
import type { Purchase } from './purchase/purchase.ts';
import { reconcile } from './purchase/reconcile.ts';
import { createRefunds } from './purchase/refunds.ts';
import { repeat } from './repeat.ts';
import { introduce, register } from './telegram/introduce.ts';
import { startPolling } from './telegram/polling.ts';

/** Milliseconds between turns. */
export interface Pauses {
  registerMs: number;
  introduceMs: number;
  refundMs: number;
  reconcileMs: number;
}
export const PAUSES: Pauses = {
  registerMs: 2_000,
  introduceMs: 60_000,
  refundMs: 5_000,
  reconcileMs: 60_000,
};

interface WorkerParts {
  bot: Bot;
  stars: Stars;
  ledger: Ledger;
  cursor: Cursor;
  purchase: Purchase;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  handle(update: Update): Promise<void>;
}

/** What goes on behind the requests: the walk of Telegram's ledger, the refunds owed, the polling. */
export interface Workers {
  isReached(): boolean;
  /** A refund has just become due. */
  refund(): void;
  stop(): Promise<void>;
}

/** Telegram may be away for now, so nothing waits for it: each work is begun at once and tried until it succeeds. */
export function startWorkers(config: Config, parts: WorkerParts, pauses: Pauses): Workers {
  const { bot, log } = parts;
  const failed = (what: string) => (err: unknown) => log.error({ err }, `${what} failed; it is tried again`);
  let reached = false;
  let polling: { stop(): Promise<void> } | undefined;

  const refunds = repeat(pauses.refundMs, refundTurn(parts), failed('a round of refunds'));
  const walk = repeat(
    pauses.reconcileMs,
    reconcileTurn(parts, () => refunds.soon()),
    failed("walking Telegram's ledger"),
  );
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
    async stop() {
      // First what may start the polling, then the polling.
      await Promise.all([registration, introduction, refunds, walk].map((work) => work.stop()));
      await polling?.stop();
    },
  };
}

function refundTurn({ ledger, stars, clock, metrics, log }: WorkerParts): () => Promise<void> {
  return createRefunds(
    { ledger, stars, clock },
    {
      onRefunded: ({ payerId: playerId, chargeId }) => {
        metrics.refunds.inc({ result: 'refunded' });
        log.info({ playerId, chargeId }, 'a payment that was not credited is refunded');
      },
      onFailed: ({ payerId: playerId, chargeId }, err, nextAtMs) => {
        metrics.refunds.inc({ result: 'failed' });
        log.error({ err, playerId, chargeId, nextAtMs }, 'a refund failed; it is tried again');
      },
    },
  );
}

function reconcileTurn({ stars, cursor, purchase, clock, metrics, log }: WorkerParts, onHeld: () => void) {
  return async (): Promise<void> => {
    const rows = await reconcile({ stars, cursor, purchase }, ({ kind, chargeId }) => {
      metrics.settled.inc({ result: kind, source: 'ledger' });
      log.warn(
        { chargeId, became: kind },
        "Telegram's ledger told of a payment or a refund before any update did",
      );
      if (kind === 'held') onHeld();
    });
    metrics.ledgerRows.set(rows);
    metrics.reconciledAt.set(clock.nowMs() / 1_000);
  };
}
