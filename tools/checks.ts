import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditDependencies } from './advisories.ts';
import { type Counts, countsLine, countsOf, type Report, sum } from './counts.ts';
import { Failure } from './failure.mjs';
import { bin, show } from './program.ts';
import { CACHE } from './root.ts';
import { verdictOn, weigh } from './weight.ts';

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

/** One stage of `npm test` and `npm run check`. */
export interface Check {
  name: string;
  /** What to do when it fails. */
  advice: string;
  /** @returns what it counted and whether it is content */
  run(): Promise<{ ok: boolean; counts: Counts }>;
}

/** A stage that is a program whose exit code decides. */
const program = (name: string, advice: string, command: string, args: string[]): Check => ({
  name,
  advice,
  run: async () => ({ ok: (await show(bin(command), args)) === 0, counts: NOTHING }),
});

export const TYPES = program('Types', 'Mend the lines that tsc names.', 'tsc', ['-b']);

export const LINT = program(
  'Lint',
  'Mend the lines that Biome names; "npx biome check --write" mends what can be mended by itself.',
  'biome',
  ['check'],
);

export const LINT_TYPES = program('Lint with types', 'Mend the lines that oxlint names.', 'oxlint', [
  '--type-aware',
]);

/** What the registry knows of holes in the packages that production runs. */
export const AUDIT: Check = {
  name: 'Dependency audit',
  advice: 'Take a release without the hole: "npm audit --omit=dev" tells which, "npm update" takes it.',
  async run() {
    const { ok, line } = await auditDependencies();
    console.log(line);
    return { ok, counts: NOTHING };
  },
};

/** What the built client costs a player before the first run. */
export const weight = (dir: string): Check => ({
  name: 'Download',
  advice: 'See what the last change brought with it; MOST_BYTES in tools/weight.ts is the budget.',
  async run() {
    const { ok, line } = verdictOn(weigh(dir));
    console.log(line);
    return { ok, counts: NOTHING };
  },
});

/** A stage that only has to be done, such as a build. */
export const preparation = (name: string, work: () => Promise<void>): Check => ({
  name,
  advice: 'Do what it says above.',
  run: async () => {
    await work();
    return { ok: true, counts: NOTHING };
  },
});

/** The tests of one project of `vitest.config.ts`. */
export const tests = (project: string, env: () => NodeJS.ProcessEnv = () => process.env): Check => ({
  name: `Tests: ${project}`,
  advice: `Alone: npx vitest run --project ${project}`,
  async run() {
    const reportFile = join(CACHE, `tests-${project}.json`);
    rmSync(reportFile, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const code = await show(bin('vitest'), ['run', '--project', project, ...reporters], { env: env() });
    if (!existsSync(reportFile)) return { ok: false, counts: NOTHING };
    const report: Report = JSON.parse(readFileSync(reportFile, 'utf8'));
    return { ok: code === 0, counts: countsOf(report) };
  },
});

/** A failed stage counts as a failure, also when no single test of it failed. */
async function outcome(check: Check): Promise<Counts> {
  try {
    const { ok, counts } = await check.run();
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return { ...NOTHING, failed: 1 };
  }
}

/**
 * Runs all checks, a failed one keeping no other from running, and ends with the counts as the last line.
 * @returns the exit code
 */
export async function runChecks(checks: Check[]): Promise<number> {
  const all: Counts[] = [];
  const summary: string[] = [];
  for (const check of checks) {
    console.log(`\n── ${check.name} ──`);
    const startedMs = performance.now();
    const counts = await outcome(check);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    all.push(counts);
    const failed = counts.failed > 0 ? `  FAILED. ${check.advice}` : '';
    summary.push(`${check.name.padEnd(28)}${seconds.padStart(7)} s${failed}`);
  }
  const total = sum(all);
  console.log(`\n${summary.join('\n')}\n${countsLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}
