import { setTimeout as delay } from 'node:timers/promises';
import type { Stars } from '../purchase/ports.ts';

const ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 60;

/** Telegram's ledger can't be read. */
export class LedgerUnreachable extends Error {}

/**
 * Asks again when Telegram is busy, down for a moment, or wants to be asked more slowly: a walk of thousands of pages
 * must not end at the first of them. What it refuses for good is told at once.
 */
export function patiently(stars: Pick<Stars, 'rows'>, apiRoot: string): Pick<Stars, 'rows'> {
  return {
    async rows(offset, limit) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await stars.rows(offset, limit);
        } catch (error) {
          const waitSeconds = waitAfter(error, attempt);
          if (waitSeconds === undefined || attempt === ATTEMPTS) throw unreachable(error, apiRoot);
          await delay(waitSeconds * 1_000);
        }
      }
    },
  };
}

/** grammY's errors, by what they carry: a refusal has a code, what never arrived has none. */
interface Refusal {
  error_code?: number;
  parameters?: { retry_after?: number };
}

function waitAfter(error: unknown, attempt: number): number | undefined {
  const { error_code: code, parameters } = error as Refusal;
  if (code === 429) return Math.min(parameters?.retry_after ?? attempt, LONGEST_WAIT_SECONDS);
  return code === undefined || code >= 500 ? attempt / 2 : undefined;
}

function unreachable(error: unknown, apiRoot: string): LedgerUnreachable {
  const { error_code: code } = error as Refusal;
  const cause = { cause: error };
  if (code === 401 || code === 404)
    return new LedgerUnreachable(
      `Telegram at ${apiRoot} does not know this BOT_TOKEN (${code}). Ask BotFather for the right one, or set TELEGRAM_ENV.`,
      cause,
    );
  const why = error instanceof Error ? error.message : String(error);
  return new LedgerUnreachable(
    `Telegram's ledger at ${apiRoot} can't be read: ${why} See that it is reached from here, or set TELEGRAM_API_ROOT.`,
    cause,
  );
}
