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
/** How Redis refuses a script that is none. */
const NO_LUA = 'Error compiling script';

serve<HuntTask>(async ({ mutants, seed }, say) => {
  const server = await startTestRedis();
  for (const [number, mutant] of mutants) {
    say(JSON.stringify([number]));
    const tree = plant(mutant, String(number));
    const verdict = await examine(tree.dir, server.url, seed, () => say(JSON.stringify([number]))).catch(
      (cause: unknown) => {
        // What does not even load proves nothing of the checks.
        throw new Error(`server/${mutant.file}, ${mutant.breaks}: does not load. Mend the mutant.`, {
          cause,
        });
      },
    );
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
  const file = pathToFileURL(join(dir, 'server/test/torture/mutants/judge.ts')).href;
  const own = (await import(file)) as { judge: typeof judge };
  const verdict = await own
    .judge(url, seed, onProgress)
    .catch((error: unknown): Verdict => ({ killedBy: 'an error', said: String(error) }));
  if (verdict.said?.includes(NO_LUA)) throw new Error(verdict.said);
  return verdict;
}
