import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, type StageOptions, stage, type Tally } from '../stage.ts';
import { allOf, eventually } from '../wait.ts';
import { openNotes, powerCutLibrary } from './power.ts';
import type { RedisNode } from './redis-node.ts';
import { crashAgainAndAgain } from './store-crash.ts';

export const powerCut = stage(
  {
    name: 'power-cut',
    title: 'T5: the power of Redis is cut: files end where they were last synchronised',
    // Cuts with `always`; half as many follow with `everysec`.
    quick: 3,
    full: 60,
  },
  async (options, tally) => {
    // A handful of cuts may all fall between payments.
    if (options.amount >= 40) tally.covered['payments under way'] = 0;
    tally.covered['bytes cut off, everysec'] = 0;
    await allOf([
      series('always', options.amount, options, tally),
      series('everysec', Math.max(1, Math.floor(options.amount / 2)), options, tally),
    ]);
  },
);

async function series(
  appendfsync: 'always' | 'everysec',
  cuts: number,
  options: StageOptions,
  tally: Tally,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-power-'));
  const notes = openNotes(join(dir, 'notes'));
  async function strike(redis: RedisNode): Promise<void> {
    if (appendfsync === 'everysec')
      await eventually(() => notes.loose(partsOf(redis)) > 0, 'something is not synchronised', 10_000, 1);
    await redis.kill();
    // With `always` hardly any: what was written and not synchronised was not answered either.
    const counters = appendfsync === 'always' ? tally.counts : tally.covered;
    count(counters, `bytes cut off, ${appendfsync}`, notes.cut(partsOf(redis)));
  }
  const preload = { library: await powerCutLibrary(), env: notes.env };
  const crash = {
    name: `power-cut, ${appendfsync}`,
    appendfsync,
    keepsAll: appendfsync === 'always',
    preload,
  };
  try {
    await crashAgainAndAgain({ ...crash, strike }, cuts, options, tally);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Where Redis keeps the parts of its append-only file. */
const partsOf = ({ dir }: RedisNode): string => join(dir, 'appendonlydir');
