import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../../tools/root.ts';
import { freshSeed } from './random.ts';
import { figures, replay, writeReport } from './report.ts';
import type { Stage, StageResult } from './stage.ts';
import { STAGES } from './stages.ts';

const FULL_MINUTES = 60;

const USAGE = `npm run torture -- [--minutes 60] [--seed N] [--stage name] [--amount N] [--report file]
  --minutes  about how long it takes in all; every stage does its share of its full amount, never less than the quick tier
  --seed     the chance of every stage; without it a fresh one, which is printed
  --stage    one stage alone: ${STAGES.flat()
    .map(({ name }) => name)
    .join(', ')}
  --amount   how much of that stage, in its own unit
  --report   where the report is written`;

interface Wish {
  minutes: number;
  seed: number;
  stage: string | undefined;
  amount: number | undefined;
  report: string | undefined;
}

function readWish(args: string[]): Wish {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: String(FULL_MINUTES) },
      seed: { type: 'string', default: String(freshSeed()) },
      stage: { type: 'string' },
      amount: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const { stage, report } = values;
  if (stage !== undefined && !STAGES.flat().some(({ name }) => name === stage))
    throw new Error(`there is no stage ${JSON.stringify(stage)}.`);
  return {
    minutes: numberIn('minutes', values.minutes),
    seed: numberIn('seed', values.seed),
    stage,
    amount: values.amount === undefined ? undefined : numberIn('amount', values.amount),
    report,
  };
}

function numberIn(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new Error(`--${name} takes a number, not ${JSON.stringify(text)}.`);
  return number;
}

/** The stage's share; 0 leaves it out, as a soak of a few seconds would prove nothing. */
function amountOf({ quick, full }: Stage, { minutes, amount }: Wish): number {
  if (amount !== undefined) return amount;
  const share = Math.round((full * minutes) / FULL_MINUTES);
  if (quick === 0) return share >= full / 4 ? share : 0;
  return Math.max(quick, share);
}

async function runStage(stage: Stage, wish: Wish): Promise<StageResult> {
  const log = (line: string): void => console.log(`  ${stage.name}: ${line}`);
  const result = await stage.run({ seed: wish.seed, amount: amountOf(stage, wish), log });
  const { name, counts, failures, ms } = result;
  const verdict = failures.length === 0 ? 'held' : 'FAILED';
  console.log(
    `${name.padEnd(14)}${verdict.padEnd(8)}${(ms / 1_000).toFixed(1).padStart(7)} s  ${figures(counts)}`,
  );
  for (const failure of failures) console.log(`  ${failure}`);
  if (failures.length > 0) console.log(`  again: ${replay(result)}`);
  return result;
}

async function main(): Promise<number> {
  let wish: Wish;
  try {
    wish = readWish(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 1;
  }
  console.log(`Seed ${wish.seed}, ${wish.minutes} minutes.`);
  const results: StageResult[] = [];
  for (const together of STAGES) {
    const wanted = together.filter(
      (stage) => (wish.stage ?? stage.name) === stage.name && amountOf(stage, wish) > 0,
    );
    results.push(...(await Promise.all(wanted.map((stage) => runStage(stage, wish)))));
    // After each, so that a run which is cut short has told what it found.
    if (wish.report !== undefined)
      writeFileSync(resolve(ROOT, wish.report), await writeReport(results, wish.minutes));
  }
  const failed = results.filter(({ failures }) => failures.length > 0);
  console.log(
    failed.length === 0 ? 'Everything held.' : `${failed.length} of ${results.length} stages failed.`,
  );
  return failed.length === 0 ? 0 : 1;
}

// Whatever a stage has left open, such as a timer of a player who gave up, must not keep the run from ending.
process.exit(await main());
