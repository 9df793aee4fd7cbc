import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startTestRedis } from '@stardrift/tools/redis';
import { serve } from '../model/worker.ts';
import type { judge, Verdict } from './judge.ts';
import type { Mutant } from './mutant.ts';
import { plant } from './tree.ts';

/** Mutants one after the other, each with its place in the list. */
export interface HuntTask {
  mutants: [number, Mutant][];
  seed: number;
}

const SAY_EVERY_MS = 1_000;

serve<HuntTask>(async ({ mutants, seed }, say) => {
  const server = await startTestRedis();
  for (const [number, mutant] of mutants) {
    say(JSON.stringify([number]));
    const tree = plant(mutant, String(number));
    const verdict = await examine(tree.dir, server.url, seed, () => say(JSON.stringify([number])));
    say(JSON.stringify([number, verdict]));
    tree.remove();
  }
  await server.close();
  return true;
});

async function examine(dir: string, url: string, seed: number, say: () => void): Promise<Verdict> {
  let saidMs = 0;
  const onProgress = (): void => {
    if (performance.now() < saidMs + SAY_EVERY_MS) return;
    saidMs = performance.now();
    say();
  };
  try {
    const file = pathToFileURL(join(dir, 'server/test/torture/mutants/judge.ts')).href;
    const own = (await import(file)) as { judge: typeof judge };
    return await own.judge(url, seed, onProgress);
  } catch (error) {
    return { killedBy: 'an error', said: String(error) };
  }
}
