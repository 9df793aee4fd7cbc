import { BASE } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import type { Planet } from '@stardrift/shared/sim/world';
import Phaser from 'phaser';
import { TEXTURE } from './art/atlas.ts';
import { PLANETS } from './art/palette.ts';
import { PLANET_RADIUS } from './art/planet.ts';
import { createImagePool, type ImagePool } from './pool.ts';
import type { View } from './view.ts';

export interface Bodies {
  readonly layers: Phaser.GameObjects.Container[];
  draw(view: View): void;
  /** A planet that has just caught the comet swells for a moment. */
  bounce(planet: Planet): void;
}

/** Planets with their orbits, dust and rocks, drawn straight from the world. */
export function createBodies(scene: Phaser.Scene, density: number): Bodies {
  const rings = createImagePool(scene, TEXTURE.atlas, density, Phaser.BlendModes.NORMAL);
  const planets = createImagePool(scene, TEXTURE.planets, density, Phaser.BlendModes.NORMAL);
  const rocks = createImagePool(scene, TEXTURE.atlas, density, Phaser.BlendModes.NORMAL);
  const dust = createImagePool(scene, TEXTURE.atlas, density, Phaser.BlendModes.NORMAL);
  let bounced: Planet | undefined;
  let bounceAge = 1;

  function drawPlanet(view: View, planet: Planet, reach: number): void {
    const here = planet === view.world.comet.planet;
    const wide = reach > BASE.captureRadius + 1;
    const ring = planet.orbit + reach;
    rings
      .take(wide ? 'captureWide' : 'capture')
      .setPosition(planet.x, -planet.y)
      .setScale(ring / 110 / density)
      .setAlpha(here ? 0.16 : wide ? 0.95 : 0.4);
    rings
      .take('orbit')
      .setPosition(planet.x, -planet.y)
      .setRotation(view.calm ? 0 : view.clock * 0.12 * (planet.index % 2 === 0 ? 1 : -1))
      .setScale(planet.orbit / 80 / density)
      .setAlpha(here ? 0.85 : 0.42);
    const swell = planet === bounced ? 1 + 0.09 * Math.exp(-bounceAge * 7) * Math.cos(bounceAge * 22) : 1;
    planets
      .take(`${lookOf(planet)}`)
      .setPosition(planet.x, -planet.y)
      .setScale((planet.radius / PLANET_RADIUS / density) * swell);
  }

  function drawDust(view: View, low: number, high: number): void {
    for (const mote of view.world.dust) {
      if (mote.y < low || mote.y > high) continue;
      const beat = view.calm ? 0 : Math.sin(view.clock * 3 + mote.id * 1.7);
      dust
        .take('dust')
        .setPosition(mote.x, -mote.y - beat * 1.5)
        .setRotation(mote.drawn ? view.clock * 5 : 0.12 * beat)
        .setScale((0.92 + 0.08 * beat) / density);
    }
  }

  function drawRocks(view: View, low: number, high: number): void {
    for (const rock of view.world.rocks) {
      if (rock.y < low || rock.y > high) continue;
      rocks
        .take(`rock${rock.id % 3}`)
        .setPosition(rock.x, -rock.y)
        .setRotation(rock.id + (rock.offset / rock.radius) * 0.4)
        .setScale(rock.radius / 14 / density);
    }
  }

  return {
    layers: [rings, planets, rocks, dust].map((pool: ImagePool) => pool.layer),
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
      for (const pool of [rings, planets, rocks, dust]) pool.begin();
      for (const planet of view.world.planets)
        if (planet.y > low && planet.y < high) drawPlanet(view, planet, reach);
      drawDust(view, low, high);
      drawRocks(view, low, high);
      for (const pool of [rings, planets, rocks, dust]) pool.end();
    },
  };
}

/** Neighbours never look alike. */
const lookOf = (planet: Planet): number => (planet.index * 3 + Math.floor(planet.look * 3)) % PLANETS.length;
