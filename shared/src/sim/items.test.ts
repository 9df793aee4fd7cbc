import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Consumable, catalogSchema } from '../catalog.ts';
import { hashOf } from './hash.ts';
import { createRun, type Run } from './run.ts';
import { createThumb, FAIR } from './thumb.ts';
import type { ItemRules } from './vocabulary.ts';

const path = new URL('../../../assets/catalog/items.json', import.meta.url);
const catalog = catalogSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const consumables = catalog.items.filter((item): item is Consumable => item.kind === 'consumable');

/** A run of 40 s in which the item is used whenever it can be, from before the first step on, or never. */
function play(items: readonly ItemRules[], use: string | undefined): { run: Run; dead: boolean } {
  const run = createRun(12, items);
  const thumb = createThumb(FAIR, 12);
  let dead = false;
  if (use) run.use(use);
  for (let turn = 0; turn < 120 * 40; turn++) {
    if (thumb(run.world)) run.tap();
    run.step();
    if (turn === 120 * 12) {
      // Everyone falls once: the void comes up to the comet.
      run.world.voidY = run.world.comet.y + 400;
      run.world.safeSteps = 0;
      run.step();
      dead = run.world.phase === 'dead';
    }
    if (use && turn % 240 === 12) run.use(use);
  }
  return { run, dead };
}

describe('every item of the catalogue', () => {
  it.each(consumables.map((item) => [item.id, item] as const))('%s', (id, item) => {
    const { run, dead } = play(consumables, id);
    const again = play(consumables, id);
    const without = play(consumables, undefined);
    expect(dead).toBe(true);
    expect(run.world.used[id] ?? 0).toBeGreaterThan(0);
    expect(run.world.used[id] ?? 0).toBeLessThanOrEqual(item.perRun ?? Number.POSITIVE_INFINITY);
    expect(hashOf(again.run.world)).toBe(hashOf(run.world));
    expect(hashOf(without.run.world)).not.toBe(hashOf(run.world));
    for (const number of [
      run.world.height,
      run.world.points,
      run.world.voidY,
      run.world.comet.x,
      run.world.comet.y,
    ])
      expect(Number.isFinite(number)).toBe(true);
  });
});
