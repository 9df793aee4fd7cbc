import { describe, expect, it } from 'vitest';
import { STEPS_PER_SECOND } from './constants.ts';
import { createRun } from './run.ts';
import { createThumb, FAIR, PERFECT, POOR, type Skill } from './thumb.ts';

const RUNS = 80;

function medianSeconds(skill: Skill): number {
  const seconds = Array.from({ length: RUNS }, (_, seed) => {
    const run = createRun(seed, []);
    const thumb = createThumb(skill, seed);
    while (run.world.phase === 'running' && run.world.step < STEPS_PER_SECOND * 180) {
      if (thumb(run.world)) run.tap();
      run.step();
    }
    return run.world.step / STEPS_PER_SECOND;
  });
  return seconds.sort((a, b) => a - b)[RUNS / 2] ?? 0;
}

describe('a run', () => {
  it('lasts a fair player 45 to 90 seconds, a poor one less, a perfect one much longer', () => {
    const fair = medianSeconds(FAIR);
    expect(fair).toBeGreaterThan(45);
    expect(fair).toBeLessThan(90);
    expect(medianSeconds(POOR)).toBeLessThan(fair);
    expect(medianSeconds(PERFECT)).toBeGreaterThan(2 * fair);
  }, 60_000);
});
