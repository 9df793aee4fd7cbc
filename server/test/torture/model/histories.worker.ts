import { type HistoriesOptions, playHistories } from './histories.ts';
import { openModelStore } from './redis.ts';
import { serve } from './worker.ts';

/** One part of the histories, on a Redis of its own. */
export interface HistoriesTask extends Pick<HistoriesOptions, 'seed' | 'amount' | 'part' | 'of'> {
  untilMs: number;
}

serve<HistoriesTask>(async ({ untilMs, ...options }, log) => {
  const { redis, close } = await openModelStore();
  const found = await playHistories(redis, { ...options, log, isOver: () => Date.now() > untilMs });
  await close();
  return found;
});
