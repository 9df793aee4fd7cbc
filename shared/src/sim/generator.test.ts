import { describe, expect, it } from 'vitest';
import { COMET, PLANET, TAP_WINDOW_MS, WIDTH } from './constants.ts';
import { extend, tapWindowMs } from './generator.ts';
import { createRun } from './run.ts';
import { hardness, mix } from './stats.ts';
import { createThumb, PERFECT } from './thumb.ts';
import type { Planet, World } from './world.ts';

const SEEDS = 300;
const PLANETS = 90;

/** A sky of PLANETS planets as a fast climber would find it, rocks included. */
function climb(seed: number): World {
  const { world } = createRun(seed, []);
  world.gate = 3;
  while (world.planets.length < PLANETS) {
    world.comet.y += 400;
    extend(world);
  }
  return world;
}

const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

describe('the sky', () => {
  const skies = Array.from({ length: SEEDS }, (_, seed) => climb(seed));
  const pairs = skies.flatMap((world) =>
    world.planets.slice(1).map((next, index) => ({ world, last: world.planets[index] as Planet, next })),
  );

  it('offers every next planet for long enough, over 300 seeds', () => {
    const windows = pairs.map(({ world, last, next }) => {
      const neighbours = world.planets.slice(Math.max(0, last.index - 3), last.index + 1);
      const needed = mix([TAP_WINDOW_MS.early, TAP_WINDOW_MS.late], hardness(next.index));
      return { seed: world.seed, planet: next.index, needed, found: tapWindowMs(last, next, neighbours) };
    });
    expect(windows.length).toBeGreaterThan(SEEDS * (PLANETS - 2));
    expect(windows.filter(({ found, needed }) => found < needed)).toEqual([]);
  }, 60_000);

  it('keeps planets inside the field, apart, and within reach of each other', () => {
    const misplaced = pairs.filter(
      ({ last, next }) =>
        next.x - next.orbit < 0 ||
        next.x + next.orbit > WIDTH ||
        next.radius < PLANET.radiusMin ||
        next.radius > PLANET.radiusMax ||
        distance(last, next) < last.orbit + next.orbit ||
        distance(last, next) > PLANET.spacingMax + 1 ||
        next.y <= last.y,
    );
    expect(misplaced).toEqual([]);
  });

  it('keeps rocks off every orbit, wherever they swing', () => {
    const rocks = skies.flatMap((world) => world.rocks.map((rock) => ({ world, rock })));
    expect(rocks.length).toBeGreaterThan(SEEDS);
    const closest = ({ world, rock }: (typeof rocks)[number]): number => {
      let least = Number.POSITIVE_INFINITY;
      for (const at of [-1, -0.5, 0, 0.5, 1]) {
        const x = rock.middle.x + rock.along.x * rock.swing * at;
        const y = rock.middle.y + rock.along.y * rock.swing * at;
        for (const planet of world.planets)
          least = Math.min(least, distance({ x, y }, planet) - planet.orbit - rock.radius - COMET.radius);
      }
      return least;
    };
    expect(rocks.filter((entry) => closest(entry) <= 0)).toEqual([]);
  });

  it('lets a player without error live through the first minute, over 300 seeds', () => {
    const lives = Array.from({ length: SEEDS }, (_, seed) => {
      const run = createRun(seed, []);
      const thumb = createThumb(PERFECT, seed);
      while (run.world.phase === 'running' && run.world.step < 120 * 60) {
        if (thumb(run.world)) run.tap();
        run.step();
      }
      return run.world.phase;
    });
    expect(lives.filter((phase) => phase === 'dead')).toHaveLength(0);
  }, 60_000);
});
