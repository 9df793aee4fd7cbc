import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { capture, tail } from '../../../../tools/program.ts';
import { ROOT } from '../../../../tools/root.ts';
import { delegate } from '../model/worker.ts';
import type { HuntTask } from './hunt.worker.ts';
import type { Verdict } from './judge.ts';
import type { Mutant } from './mutant.ts';
import { plant } from './tree.ts';

/** As many processes as the machine of the reference has cores. */
const SIDE_BY_SIDE = 2;
/** No history takes so long: a mistake that keeps the shop from ever coming to an end is seen by that. */
const HANGS_AFTER_MS = 45_000;

export interface HuntOptions {
  seed: number;
  isOver(): boolean;
  log(line: string): void;
}

/** What is changed to nothing else: checks that see a mistake in it would see one in everything. */
const NO_MISTAKE: Mutant = {
  file: 'lua/shared.lua',
  find: '-- Stands at the head of every script',
  put: '-- It stands at the head of every script',
  breaks: 'nothing at all',
};

/**
 * @returns the verdict on each mutant, in the order of the list; none on those there was no time for
 * @throws when the checks see a mistake where there is none
 */
export async function hunt(mutants: Mutant[], options: HuntOptions): Promise<(Verdict | undefined)[]> {
  let sound: Verdict | undefined;
  const sane: HuntTask = { mutants: [[0, NO_MISTAKE]], seed: options.seed };
  await delegate('../mutants/hunt.worker.ts', sane, (text) => {
    sound = (JSON.parse(text) as [number, Verdict?])[1];
  });
  if (sound?.killedBy !== undefined || !sound)
    throw new Error(`${sound?.killedBy} see a mistake where there is none: ${sound?.said}`);
  const verdicts: (Verdict | undefined)[] = [];
  const numbered = [...mutants.entries()];
  const parts = Array.from({ length: SIDE_BY_SIDE }, (_, part) =>
    numbered.filter(([number]) => number % SIDE_BY_SIDE === part),
  );
  await Promise.all(parts.map((part) => huntPart(part, verdicts, options)));
  return verdicts;
}

/** Some mutants at a time, so that the time can run out; what nothing of ours saw is shown to the other tests. */
async function huntPart(
  mutants: [number, Mutant][],
  verdicts: (Verdict | undefined)[],
  { seed, isOver, log }: HuntOptions,
): Promise<void> {
  let left = mutants;
  while (left.length > 0 && !isOver()) {
    let current = -1;
    const judged = (number: number, verdict: Verdict): void => {
      verdicts[number] = verdict;
      const mutant = mutants.find(([each]) => each === number)?.[1];
      if (mutant && verdict.killedBy !== undefined) log(line(mutant, verdict));
    };
    const task: HuntTask = { mutants: left.slice(0, 8), seed };
    const hear = (text: string): void => {
      const [number, verdict] = JSON.parse(text) as [number, Verdict?];
      current = number;
      if (verdict) judged(number, verdict);
    };
    const isDone = await delegate<boolean>('../mutants/hunt.worker.ts', task, hear, HANGS_AFTER_MS);
    if (!isDone) judged(current, { killedBy: 'its hanging' });
    left = left.filter(([number]) => verdicts[number] === undefined);
  }
  for (const [number, mutant] of mutants) {
    if (!verdicts[number] || verdicts[number].killedBy !== undefined || isOver()) continue;
    verdicts[number] = await askOtherTests(mutant, number);
    log(line(mutant, verdicts[number]));
  }
}

const line = ({ file, breaks }: Mutant, { killedBy, said = '' }: Verdict): string =>
  `${file}, ${breaks}: ${killedBy === undefined ? 'NOT SEEN' : `seen by ${killedBy}, ${said.slice(0, 200)}`}`;

/** The tests beside the sources, on the copy with the mistake. */
async function askOtherTests(mutant: Mutant, number: number): Promise<Verdict> {
  const tree = plant(mutant, String(number));
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', tree.dir, '--bail', '1'];
  const { code, output } = await capture(process.execPath, [
    ...args,
    'src/purchase',
    'src/redis',
    'src/telegram',
  ]);
  tree.remove();
  return code === 0 ? {} : { killedBy: 'tests', said: failedTest(output) };
}

const failedTest = (output: string): string =>
  /FAIL .*/.exec(stripVTControlCharacters(output))?.[0] ?? tail(output, 3);
