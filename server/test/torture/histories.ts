import { availableParallelism } from 'node:os';
import { addUp, coverageOf, type HistoriesFound, playHistories } from './model/histories.ts';
import type { HistoriesTask } from './model/histories.worker.ts';
import { openModelStore } from './model/redis.ts';
import { delegate } from './model/worker.ts';
import { type Stage, type StageOptions, stage } from './stage.ts';

/** As many as are worth the start of more processes. */
const FEW = 20_000;

/** T1: whatever players, Telegram, support and the machines do, in whatever order, the promises hold. */
export const histories: Stage = stage(
  { name: 'histories', title: 'model histories on a real Redis', quick: 12_000, full: 400_000 },
  async (options, tally) => {
    const startedMs = performance.now();
    const found = options.amount > FEW ? await playApart(options) : await playHere(options, tally.isOver);
    const seconds = (performance.now() - startedMs) / 1_000;
    tally.failures.push(...found.failures);
    Object.assign(tally.covered, coverageOf(found.heard));
    Object.assign(tally.counts, {
      histories: found.played,
      'histories a second': Math.round(found.played / seconds),
    });
    for (const what of ['credit', 'second', 'payer', 'amount', 'orphan', 'limit', 'stock'])
      tally.counts[`payments ended as ${what}`] = found.heard[`ended ${what}`] ?? 0;
  },
);

async function playHere({ seed, amount, log }: StageOptions, isOver: () => boolean): Promise<HistoriesFound> {
  const { redis, close } = await openModelStore();
  try {
    return await playHistories(redis, { seed, amount, part: 0, of: 1, isOver, log });
  } finally {
    await close();
  }
}

/** In processes of their own, each with its Redis. */
async function playApart({ seed, amount, deadlineMs, log }: StageOptions): Promise<HistoriesFound> {
  const of = Math.max(2, Math.floor(availableParallelism() / 2));
  const untilMs = deadlineMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + deadlineMs;
  const parts = await Promise.all(
    Array.from({ length: of }, (_, part) => {
      const task: HistoriesTask = { seed, amount, part, of, untilMs };
      return delegate<HistoriesFound>('histories.worker.ts', task, log);
    }),
  );
  const whole: HistoriesFound = { played: 0, heard: {}, failures: [] };
  for (const part of parts) if (part) addUp(whole, part);
  return whole;
}
