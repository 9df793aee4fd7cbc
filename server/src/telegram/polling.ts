import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { ALLOWED_UPDATES } from './deliver.ts';

const LONG_POLL_SECONDS = 25;
const LONGEST_PAUSE_MS = 30_000;
/** Short, for the pre-checkout queries of others wait too, and have ten seconds. */
const RETRY_MS = 1_000;

/**
 * Fetches updates, for development. grammY's own loop confirms an update before its handler has ended, and so loses a
 * payment whose handler fails; this one confirms nothing beyond the first that failed, and fetches it again.
 */
export function startPolling(
  { telegram }: Config,
  handle: (update: Update) => Promise<void>,
  log: Log,
): { stop(): Promise<void> } {
  const { token, apiRoot, env: environment } = telegram;
  const api = new Api(token, { apiRoot, environment, timeoutSeconds: LONG_POLL_SECONDS + 10 });
  const stopping = new AbortController();
  const handled = new Set<number>();
  let offset = 0;
  /** Updates that failed and are to be fetched again. */
  let held = 0;

  async function turn(): Promise<void> {
    // Telegram holds what failed ready, so there is nothing to wait for there.
    const timeout = held > 0 ? 0 : LONG_POLL_SECONDS;
    const signal = stopping.signal as Parameters<typeof api.getUpdates>[1];
    const updates = await api.getUpdates({ offset, timeout, allowed_updates: ALLOWED_UPDATES }, signal);
    const failed = (await Promise.all(inQueues(updates).map(handleQueue))).flat();
    offset = Math.min(...failed, (updates.at(-1)?.update_id ?? offset - 1) + 1);
    for (const id of handled) if (id < offset) handled.delete(id);
    held = failed.length;
  }

  /** In order, up to the first that fails: what follows it in its queue has to wait, as with a webhook. */
  async function handleQueue(queue: Update[]): Promise<number[]> {
    for (const update of queue) {
      if (handled.has(update.update_id)) continue;
      try {
        await handle(update);
        handled.add(update.update_id);
      } catch {
        return [update.update_id];
      }
    }
    return [];
  }

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await turn();
        failures = 0;
        if (held > 0) await pause(RETRY_MS, stopping.signal);
      } catch (err) {
        if (stopping.signal.aborted) return;
        const pauseMs = Math.min(1_000 * 2 ** failures++, LONGEST_PAUSE_MS);
        log.warn({ err, pauseMs }, 'polling pauses');
        await pause(pauseMs, stopping.signal);
      }
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Telegram's own queues: one for each chat, and one for each payer's pre-checkout queries. */
function inQueues(updates: Update[]): Update[][] {
  const queues = new Map<string, Update[]>();
  for (const update of updates) {
    const { message, pre_checkout_query: query } = update;
    const name = query ? `checkout ${query.from.id}` : `chat ${message?.chat.id}`;
    queues.set(name, [...(queues.get(name) ?? []), update]);
  }
  return [...queues.values()];
}

/** Ends early, without a word, when the polling stops. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
