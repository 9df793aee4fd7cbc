import { createRun } from '@stardrift/shared/sim/run';
import { createThumb, PERFECT } from '@stardrift/shared/sim/thumb';
import { type Group, median, type Row } from './row.ts';

const RUNS = 12;
/** Long enough for every hazard; a perfect player gets there. */
const STEPS = 120 * 100;

/** The first rounds are those in which the engine makes its code. */
const WARM_UP = 15;

/** What the simulation costs: played with taps that were recorded before, so that nobody thinks meanwhile. */
export const step: Group = {
  name: 'step',
  async measure() {
    const recorded = Array.from({ length: RUNS }, (_, seed) => record(seed));
    for (let round = 0; round < WARM_UP; round++) recorded.map(replayOne);
    const costs = recorded.map(replayOne);
    for (let round = 0; round < WARM_UP; round++) circleOn();
    const circling = median(Array.from({ length: RUNS }, circleOn));
    const rows: Row[] = [
      {
        name: 'a step of the simulation',
        value: median(costs.map((cost) => cost.microseconds)),
        unit: 'µs',
        from: { steps: STEPS * RUNS },
      },
      {
        // A box is 16 bytes: one in sixteen steps would be seen.
        name: 'memory that a step takes on an orbit',
        value: circling,
        unit: 'B',
        from: {},
        budget: { most: 1 },
      },
      {
        name: 'memory that a step takes, planets and events shared out',
        value: median(costs.map((cost) => cost.bytes)),
        unit: 'B',
        from: {},
      },
    ];
    return rows;
  },
};

/** On the first orbit, where nothing is made, caught or collected any more. */
function circleOn(): number {
  const run = createRun(1, []);
  for (let at = 0; at < 1_000; at++) run.step();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 10 * STEPS; at++) run.step();
  return (process.memoryUsage().heapUsed - before) / (10 * STEPS);
}

interface Recorded {
  seed: number;
  steps: number;
  taps: Uint8Array;
}

function record(seed: number): Recorded {
  const run = createRun(seed, []);
  const thumb = createThumb(PERFECT, seed);
  const taps = new Uint8Array(STEPS);
  while (run.world.phase === 'running' && run.world.step < STEPS) {
    if (thumb(run.world) && run.tap()) taps[run.world.step] = 1;
    run.step();
  }
  return { seed, steps: run.world.step, taps };
}

function replayOne({ seed, steps, taps }: Recorded): { microseconds: number; bytes: number } {
  const run = createRun(seed, []);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const startedMs = performance.now();
  for (let at = 0; at < steps; at++) {
    if (taps[at] === 1) run.tap();
    run.step();
  }
  const microseconds = ((performance.now() - startedMs) * 1_000) / steps;
  return { microseconds, bytes: (process.memoryUsage().heapUsed - before) / steps };
}
