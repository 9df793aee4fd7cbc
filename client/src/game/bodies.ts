import { BASE } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import type { Planet } from '@stardrift/shared/sim/world';
import { PLANETS } from './art/palette.ts';
import { PLANET_RADIUS } from './art/planet.ts';
import type { Pictures } from './art/textures.ts';
import type { Quads } from './quads.ts';
import type { View } from './view.ts';

export interface Bodies {
  draw(view: View): void;
  /** A planet that has just caught the comet swells for a moment. */
  bounce(planet: Planet): void;
}

/** Planets with their orbits, dust and rocks, drawn straight from the world. */
export function createBodies(solids: Quads, pictures: Pictures): Bodies {
  let bounced: Planet | undefined;
  let bounceAge = 1;

  function drawRings(view: View, planet: Planet, reach: number): void {
    const here = planet === view.world.comet.planet;
    const wide = reach > BASE.captureRadius + 1;
    const ring = planet.orbit + reach;
    solids
      .take(pictures.sprite(wide ? 'captureWide' : 'capture'))
      .at(planet.x, -planet.y)
      .scaled(ring / 110)
      .faded(here ? 0.16 : wide ? 0.95 : 0.4);
    solids
      .take(pictures.sprite('orbit'))
      .at(planet.x, -planet.y)
      .turned(view.calm ? 0 : view.clock * 0.12 * (planet.index % 2 === 0 ? 1 : -1))
      .scaled(planet.orbit / 80)
      .faded(here ? 0.85 : 0.42);
  }

  function drawPlanet(planet: Planet): void {
    const swell = planet === bounced ? 1 + 0.09 * Math.exp(-bounceAge * 7) * Math.cos(bounceAge * 22) : 1;
    solids
      .take(pictures.planet(lookOf(planet)))
      .at(planet.x, -planet.y)
      .scaled((planet.radius / PLANET_RADIUS) * swell);
  }

  function drawDust(view: View, low: number, high: number): void {
    for (const mote of view.world.dust) {
      if (mote.y < low || mote.y > high) continue;
      const beat = view.calm ? 0 : Math.sin(view.clock * 3 + mote.id * 1.7);
      solids
        .take(pictures.sprite('dust'))
        .at(mote.x, -mote.y - beat * 1.5)
        .turned(mote.drawn ? view.clock * 5 : 0.12 * beat)
        .scaled(0.92 + 0.08 * beat);
    }
  }

  function drawRocks(view: View, low: number, high: number): void {
    for (const rock of view.world.rocks) {
      if (rock.y < low || rock.y > high) continue;
      solids
        .take(pictures.sprite(ROCKS[rock.id % ROCKS.length] ?? ROCKS[0]))
        .at(rock.x, -rock.y)
        .turned(rock.id + (rock.offset / rock.radius) * 0.4)
        .scaled(rock.radius / 14);
    }
  }

  return {
    bounce(planet) {
      bounced = planet;
      bounceAge = 0;
    },
    draw(view) {
      const { layout, cameraY, focus } = view;
      const high = cameraY + focus / layout.scale + 130;
      const low = cameraY - (layout.height - focus) / layout.scale - 130;
      const reach = statOf(view.world, 'captureRadius');
      if (!view.calm) bounceAge += view.seconds;
      for (const planet of view.world.planets)
        if (planet.y > low && planet.y < high) drawRings(view, planet, reach);
      for (const planet of view.world.planets) if (planet.y > low && planet.y < high) drawPlanet(planet);
      drawRocks(view, low, high);
      drawDust(view, low, high);
    },
  };
}

const ROCKS = ['rock0', 'rock1', 'rock2'] as const;

/** Neighbours never look alike. */
const lookOf = (planet: Planet): number => (planet.index * 3 + Math.floor(planet.look * 3)) % PLANETS.length;
