import type { Update } from '@grammyjs/types';
import type { Timings } from '../timings.ts';
import type { Outlet, Updates } from './updates.ts';

export type PollResult = { updates: Update[] } | { conflict: string };

interface OpenPoll {
  limit: number;
  timer: NodeJS.Timeout;
  answer(result: PollResult): void;
}

const OTHER_POLL =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

/** The getUpdates side of a bot: at most one call waits at a time, and it ends with the first update. */
export class Poll implements Outlet {
  readonly #updates: Updates;
  readonly #timings: Timings;
  #open: OpenPoll | undefined;
  #lastOffset: number | undefined;
  #lastStartMs = 0;
  #lastFinishMs = 0;

  constructor(updates: Updates, timings: Timings) {
    this.#updates = updates;
    this.#timings = timings;
  }

  /** Whether a bot is asking for updates, or has just taken some and is at work on them. */
  get isAlive(): boolean {
    return this.#open !== undefined || Date.now() - this.#lastFinishMs < 5_000;
  }

  /**
   * Confirms what came before `offset`, then answers with updates or, after `timeoutMs` without any, with
   * none.
   */
  take(offset: number, limit: number, timeoutMs: number): Promise<PollResult> {
    const now = Date.now();
    const repeatedAfterMs = offset === this.#lastOffset ? now - this.#lastStartMs : Number.POSITIVE_INFINITY;
    const { pollSlowdownMs, pollLimitMs } = this.#timings;
    const waitMs = repeatedAfterMs < pollSlowdownMs ? Math.max(timeoutMs, pollSlowdownMs) : timeoutMs;
    const most = repeatedAfterMs < pollLimitMs ? 1 : limit;
    this.#lastOffset = offset;
    this.#lastStartMs = now;
    this.#lastFinishMs = now;

    this.#updates.confirm(offset);
    const updates = this.#batch(most);
    if (updates.length > 0 || waitMs === 0) return Promise.resolve({ updates });
    this.abort(OTHER_POLL);
    return new Promise((answer) => {
      const timer = setTimeout(() => this.#finish({ updates: [] }), waitMs);
      this.#open = { limit: most, timer, answer };
    });
  }

  /** Ends the waiting call, if there is one, with a conflict. */
  abort(conflict: string): void {
    this.#finish({ conflict });
  }

  push(): void {
    if (this.#open) this.#finish({ updates: this.#batch(this.#open.limit) });
  }

  close(): void {
    this.#finish({ updates: [] });
  }

  #batch(limit: number): Update[] {
    return this.#updates.oldest(limit).flatMap(({ update, copies }) => Array<Update>(copies).fill(update));
  }

  #finish(result: PollResult): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    this.#lastFinishMs = Date.now();
    clearTimeout(open.timer);
    open.answer(result);
  }
}
