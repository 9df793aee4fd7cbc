import { createRun } from '@stardrift/shared/sim/run';
import { describe, expect, it } from 'vitest';
import { isOpen, openingOf } from './guide.ts';

const SEEDS = Array.from({ length: 30 }, (_, at) => at * 31 + 5);

describe('the first lesson', () => {
  it.each(SEEDS)('shows a moment that leads to a planet further up, seed %i', (seed) => {
    const run = createRun(seed, []);
    run.step();
    const opening = openingOf(run.world);
    expect(opening).toBeDefined();
    if (!opening) return;
    const middle = { ...opening, half: 0.02 };
    for (let step = 0; step < 600 && !isOpen(run.world, middle); step++) run.step();
    run.tap();
    for (let step = 0; step < 300 && run.world.comet.planet.index === 0; step++) run.step();
    expect(run.world.comet.planet.index).toBeGreaterThan(0);
  });
});
