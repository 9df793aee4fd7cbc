import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { findRedis, redisPlaces } from '../../../tools/redis/binary.ts';
import { checkout } from './checkout.ts';
import { client } from './client.ts';
import { cost } from './cost.ts';
import { memory } from './memory.ts';
import { play } from './play.ts';
import { push } from './push.ts';
import { type Group, holds, type Row, rounded } from './row.ts';
import { settle } from './settle.ts';
import { sockets } from './sockets.ts';
import { step } from './step.ts';

const GROUPS: Group[] = [settle, checkout, push, cost, memory, sockets, play, step, client];
const NAMES = GROUPS.map(({ name }) => name);

/** Measures against what the project has promised. What it says on the way goes to stderr; the figures, to stdout. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
  });
  const only = values.only?.split(',') ?? NAMES;
  const unknown = only.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) {
    console.error(`--only takes ${NAMES.join(', ')}, with commas; not ${unknown.join(', ')}.`);
    process.exit(1);
  }
  const about = {
    date: new Date().toISOString().slice(0, 16),
    node: process.version,
    redis: (await findRedis(redisPlaces()))?.version ?? 'none',
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? '?',
    quick: values.quick ?? false,
  };
  const rows: Row[] = [];
  for (const group of GROUPS.filter(({ name }) => only.includes(name))) {
    const startedMs = performance.now();
    process.stderr.write(`${group.name} … `);
    rows.push(...(await group.measure({ quick: about.quick })));
    process.stderr.write(`${((performance.now() - startedMs) / 1_000).toFixed(0)} s\n`);
  }
  if (values.json) console.log(JSON.stringify({ ...about, rows: rows.map(asJson) }));
  else print(about, rows);
}

const asJson = (row: Row) => ({
  ...row,
  value: rounded(row.value),
  from: Object.fromEntries(Object.entries(row.from).map(([name, value]) => [name, rounded(value)])),
  holds: holds(row),
});

function print(about: Record<string, unknown>, rows: Row[]): void {
  const { date, node, redis, cores, cpu, quick } = about;
  console.log(
    `\n${date} · Node ${node} · Redis ${redis} · ${cores} cores (${cpu})${quick ? ' · quick' : ''}\n`,
  );
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const row of rows) {
    const { least, most } = row.budget ?? {};
    const bar = least === undefined ? (most === undefined ? '' : `≤ ${most}`) : `≥ ${least}`;
    const mark = { true: '✓', false: '✗', undefined: ' ' }[String(holds(row))];
    const value = `${rounded(row.value)} ${row.unit === 'ratio' ? '×' : row.unit}`;
    const from = Object.entries(row.from).map(([name, figure]) => `${rounded(figure)} ${name}`);
    const line = [row.name.padEnd(width), value.padStart(12), mark, bar.padEnd(8), from.join(', ')].join(
      '  ',
    );
    console.log(line.trimEnd());
  }
}

await main();
