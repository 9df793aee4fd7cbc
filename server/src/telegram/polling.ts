import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { ALLOWED_UPDATES } from './deliver.ts';

const LONG_POLL_SECONDS = 25;
const LONGEST_PAUSE_MS = 30_000;

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
  let failures = 0;

  async function turn(): Promise<void> {
    // After a failure Telegram holds the update ready, so there is nothing to wait for there.
    const timeout = failures > 0 ? 0 : LONG_POLL_SECONDS;
    const signal = stopping.signal as Parameters<typeof api.getUpdates>[1];
    const updates = await api.getUpdates({ offset, timeout, allowed_updates: ALLOWED_UPDATES }, signal);
    const failed = (await Promise.all(inQueues(updates).map(handleQueue))).flat();
    offset = Math.min(...failed, (updates.at(-1)?.update_id ?? offset - 1) + 1);
    for (const id of handled) if (id < offset) handled.delete(id);
    if (failed.length > 0) throw new Error(`${failed.length} payment updates failed; they are fetched again`);
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
    while (!stopping.signal.aborted) {
      try {
        await turn();
        failures = 0;
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

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
