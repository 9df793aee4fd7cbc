import { STEPS_PER_SECOND } from '@stardrift/shared/sim/constants';
import { createRun } from '@stardrift/shared/sim/run';
import { createRandomThumb, createThumb, FAIR, GOOD } from '@stardrift/shared/sim/thumb';
import type { World } from '@stardrift/shared/sim/world';
import { type Group, median, type Row } from './row.ts';

const RUNS = 1_000;
const QUICK_RUNS = 100;
/** Nobody is expected to last longer. */
const LONGEST_SECONDS = 400;
const RANDOM_TAP_EVERY_MS = 700;
/** Gates stand so many seconds apart; the danger of each stretch between two of them is told. */
const STRETCH = 20;

type Thumb = (world: World) => boolean;
const PLAYERS: [name: string, thumb: (seed: number) => Thumb, budget?: Row['budget']][] = [
  ['random', (seed) => createRandomThumb(RANDOM_TAP_EVERY_MS, seed)],
  ['fair', (seed) => createThumb(FAIR, seed), { least: 60, most: 90 }],
  ['good', (seed) => createThumb(GOOD, seed)],
];

/** How long scripted players of three skills last, each over the same seeds. */
export const play: Group = {
  name: 'play',
  async measure({ quick }) {
    return PLAYERS.flatMap(([name, thumb, budget]) => {
      const ends = Array.from({ length: quick ? QUICK_RUNS : RUNS }, (_, seed) => playOne(seed, thumb(seed)));
      const seconds = ends.map((end) => end.seconds).sort((a, b) => a - b);
      const at = (part: number): number => seconds[Math.floor(part * (seconds.length - 1))] ?? 0;
      const from = {
        runs: ends.length,
        'p10 s': at(0.1),
        'p90 s': at(0.9),
        'by a rock': ends.filter(({ cause }) => cause === 'rock').length,
      };
      const length: Row = {
        ...{ name: `a run of a ${name} player: median`, value: median(seconds), unit: 's', from },
        ...(budget && { budget }),
      };
      return name === 'fair' ? [length, rising(seconds)] : [length];
    });
  },
};

function playOne(seed: number, thumb: Thumb): { seconds: number; cause: World['cause'] } {
  const run = createRun(seed, []);
  while (run.world.phase === 'running' && run.world.step < STEPS_PER_SECOND * LONGEST_SECONDS) {
    if (thumb(run.world)) run.tap();
    run.step();
  }
  return { seconds: run.world.step / STEPS_PER_SECOND, cause: run.world.cause };
}

/** The part of those still alive whom a stretch ends must grow from stretch to stretch: the fourth against the second. */
function rising(seconds: number[]): Row {
  const danger = (stretch: number): number => {
    const alive = seconds.filter((each) => each >= stretch * STRETCH).length;
    const after = seconds.filter((each) => each >= (stretch + 1) * STRETCH).length;
    return alive === 0 ? 1 : 1 - after / alive;
  };
  const from = Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`at ${n * STRETCH} s`, danger(n)]));
  const value = danger(3) / Math.max(danger(1), 0.001);
  return {
    name: 'a run grows harder: who is lost at 60 s against 20 s',
    value,
    unit: 'ratio',
    from,
    budget: { least: 1 },
  };
}
