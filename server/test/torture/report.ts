import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { capture } from '../../../tools/program.ts';
import { ensureRedis } from '../../../tools/redis/binary.ts';
import { ROOT } from '../../../tools/root.ts';
import { reached } from './bars.ts';
import type { StageResult } from './stage.ts';

const PACKAGES = [
  'grammy',
  'redis',
  'socket.io',
  'socket.io-parser',
  'engine.io',
  'ws',
  'express',
  'fast-check',
];

/** Figures as people read them: `kills 700, payments 1,204`. */
export const figures = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count.toLocaleString('en')}`)
    .join(', ');

/** How much of what had to come up did. */
function came(covered: Record<string, number>): string {
  const all = Object.entries(covered);
  const missing = all.filter(([, times]) => times === 0).map(([what]) => what);
  return missing.length === 0 ? `all ${all.length}` : `not: ${missing.join(', ')}`;
}

/** The command that does the same again. */
export const replay = ({ name, seed, amount }: StageResult): string =>
  `npm run torture -- --stage ${name} --seed ${seed} --amount ${amount}`;

/** The commit that was tortured; with a plus when files differ from it. */
async function commit(): Promise<string> {
  const head = await capture('git', ['rev-parse', '--short', 'HEAD']);
  const changed = await capture('git', ['status', '--porcelain']);
  if (head.code !== 0) return 'no commit';
  return `${head.output.trim()}${changed.output.trim() === '' ? '' : '+'}`;
}

export async function writeReport(results: readonly StageResult[], minutes: number): Promise<string> {
  const { version } = await ensureRedis();
  const versions = PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', ');
  const ms = results.reduce((sum, result) => sum + result.ms, 0);
  const failed = results.filter(({ failures }) => failures.length > 0);
  return `${[
    '# Torture',
    '',
    `Written by \`npm run torture -- --minutes ${minutes} --report\` on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${await commit()}.`,
    `Node ${process.versions.node}, Redis ${version}, ${versions}.`,
    `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB.`,
    `${results.length} stages, ${Math.round(ms / 60_000)} minutes of work, some of it side by side. ${failed.length === 0 ? 'Everything held.' : `**${failed.length} stages failed.**`}`,
    '',
    '| bar | wanted | reached | |',
    '|---|---|---|---|',
    ...barLines(results),
    '',
    '| stage | seed | amount | seconds | counted | came up |',
    '|---|---|---|---|---|---|',
    ...results.map(
      (each) =>
        `| ${each.title} | ${each.seed} | ${each.amount.toLocaleString('en')} | ${Math.round(each.ms / 1_000)} | ${figures(each.counts)} | ${came(each.covered)} |`,
    ),
    ...results
      .filter(({ notes }) => notes.length > 0)
      .flatMap((each) => ['', `## ${each.name}`, '', ...each.notes.map((note) => `- ${note}`)]),
    ...failed.flatMap((each) => [
      '',
      `## ${each.name} failed`,
      '',
      `Again: \`${replay(each)}\``,
      '',
      ...each.failures.map((failure) => `- ${failure.replaceAll('\n', '\n  ')}`),
    ]),
  ].join('\n')}\n`;
}

function barLines(results: readonly StageResult[]): string[] {
  return reached(results).map(({ words, least, most, value, ok }) => {
    const wanted = least === undefined ? `≤ ${most}` : `≥ ${least.toLocaleString('en')}`;
    const got = value === undefined ? 'did not run' : value.toLocaleString('en');
    return `| ${words} | ${wanted} | ${got} | ${ok ? '✓' : '–'} |`;
  });
}

function versionOf(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
