import { readFileSync } from 'node:fs';
import { type Consumable, catalogSchema } from '@stardrift/shared/catalog';
import { hashOf } from '@stardrift/shared/sim/hash';
import { createRun } from '@stardrift/shared/sim/run';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import { createThumb, FAIR } from '@stardrift/shared/sim/thumb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

/** REPLAYS=1000 npx vitest run --project browser client/test/replay.test.ts for all that was promised. */
const RUNS = Number(process.env.REPLAYS ?? 40);
const LONGEST_STEPS = 120 * 120;
/** Runs handed over at once. */
const BATCH = 50;

const catalog = catalogSchema.parse(
  JSON.parse(readFileSync(new URL('../../assets/catalog/items.json', import.meta.url), 'utf8')),
);
const items = catalog.items.filter((item): item is Consumable => item.kind === 'consumable');

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** A fair player who uses whatever there is, now and then. */
function record(seed: number): { run: SavedRun; end: string } {
  const run = createRun(seed, items);
  const thumb = createThumb(FAIR, seed);
  while (run.world.step < LONGEST_STEPS) {
    if (thumb(run.world)) run.tap();
    // The first step too: what is taken along is used there.
    if (run.world.step === 0 || run.world.step % 700 === seed % 700)
      run.use(items[(run.world.step + seed) % items.length]?.id ?? '');
    run.step();
    if (run.world.phase === 'dead' && !run.use('second_wind')) break;
  }
  const saved: SavedRun = JSON.parse(JSON.stringify(run.save()));
  return { run: saved, end: hashOf(run.world) };
}

test('a run ends in the browser as it does on the server, to the last bit', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(stage.world.sandbox.url, player.id);
  let uses = 0;
  for (let first = 0; first < RUNS; first += BATCH) {
    const recorded = Array.from({ length: Math.min(BATCH, RUNS - first) }, (_, at) => record(first + at));
    uses += recorded.reduce((sum, { run }) => sum + run.uses.length, 0);
    const ends = await phone.replay(recorded.map(({ run }) => run));
    expect(ends).toEqual(recorded.map(({ end }) => end));
  }
  console.log(`${RUNS} runs, ${uses} items used`);
  expect(uses).toBeGreaterThan(RUNS);
});
