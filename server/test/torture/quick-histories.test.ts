import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../tools/root.ts';
import { crashPoints } from './crash-points.ts';
import { histories } from './histories.ts';
import { tellHistory } from './model/histories.ts';
import { openModelStore } from './model/redis.ts';
import { mutate } from './mutants/tree.ts';
import { ALL_MUTANTS, mutants } from './mutants.ts';
import { testQuickly } from './quick.ts';

const { HISTORY, HISTORY_SEED } = process.env;

if (HISTORY !== undefined)
  test(`history ${HISTORY} of seed ${HISTORY_SEED}, told step by step`, async () => {
    const { redis, close } = await openModelStore();
    expect(await tellHistory(redis, Number(HISTORY_SEED), Number(HISTORY), console.log)).toEqual([]);
    await close();
  });

testQuickly([histories, crashPoints, mutants], 240_000);

test('every mutant still finds its place in the source', () => {
  expect(ALL_MUTANTS.length).toBeGreaterThanOrEqual(80);
  for (const mutant of ALL_MUTANTS)
    expect(mutate(readFileSync(join(ROOT, 'server', mutant.file), 'utf8'), mutant)).not.toBe('');
});
