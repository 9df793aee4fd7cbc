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
  mustSeeNothing(sound);
  const verdicts: (Verdict | undefined)[] = [];
  await sideBySide([...mutants.entries()], (part) => judgeAll(part, verdicts, options));

  const unseen = [...mutants.entries()].filter(
    ([number]) => verdicts[number] && verdicts[number].killedBy === undefined,
  );
  if (unseen.length > 0 && !options.isOver()) mustSeeNothing(await askOtherTests(NO_MISTAKE, 'sound'));
  await sideBySide(unseen, async (part) => {
    for (const [number, mutant] of part) {
      if (options.isOver()) return;
      const verdict = await askOtherTests(mutant, String(number));
      verdicts[number] = verdict;
      options.log(line(mutant, verdict));
    }
  });
  return verdicts;
}

function mustSeeNothing(verdict: Verdict | undefined): void {
  if (verdict?.killedBy !== undefined || !verdict)
    throw new Error(`${verdict?.killedBy} see a mistake where there is none: ${verdict?.said}`);
}

type Numbered = [number, Mutant][];

async function sideBySide(mutants: Numbered, work: (part: Numbered) => Promise<void>): Promise<void> {
  const parts = Array.from({ length: SIDE_BY_SIDE }, (_, part) =>
    mutants.filter((_mutant, at) => at % SIDE_BY_SIDE === part),
  );
  await Promise.all(parts.map(work));
}

/** Some mutants at a time, so that the time can run out. */
async function judgeAll(
  mutants: Numbered,
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
}

const line = ({ file, breaks }: Mutant, { killedBy, said = '' }: Verdict): string =>
  `${file}, ${breaks}: ${killedBy === undefined ? 'NOT SEEN' : `seen by ${killedBy}, ${said.slice(0, 300)}`}`;

/** What nothing of ours saw is shown to the tests beside the sources. */
async function askOtherTests(mutant: Mutant, name: string): Promise<Verdict> {
  const tree = plant(mutant, name);
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

/** Its name and what it says. */
const failedTest = (output: string): string =>
  /FAIL .*\n.*/.exec(stripVTControlCharacters(output))?.[0].replace('\n', ': ') ?? tail(output, 3);
