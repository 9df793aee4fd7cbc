import { distanceToCatch } from '@stardrift/shared/sim/capture';
import { BASE, FLIGHT } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import Phaser from 'phaser';
import { TEXTURE } from './art/atlas.ts';
import { heatOf } from './heat.ts';
import { createImagePool } from './pool.ts';
import type { View } from './view.ts';

const AIM_DOTS = 7;

export interface CometView {
  /** What is solid of it. */
  readonly body: Phaser.GameObjects.Container;
  /** What shines. */
  readonly lights: Phaser.GameObjects.Container;
  draw(view: View): void;
  /** Squeezes the comet along its way: below 0 flat, above 0 long. */
  squeeze(amount: number): void;
}

/** The comet, where it would fly if let go now, and what protects or helps it. */
export function createCometView(scene: Phaser.Scene, density: number): CometView {
  const aids = createImagePool(scene, TEXTURE.atlas, density, Phaser.BlendModes.ADD);
  const body = createImagePool(scene, TEXTURE.atlas, density, Phaser.BlendModes.NORMAL);
  let squeezed = 0;
  let squeezeAge = 1;
  /** Follows the combo smoothly: between two steps both are seen. */
  let heat = 0;

  /** Dots along the tangent, green when it leads to a planet further up. */
  function drawAim(view: View): void {
    const { comet } = view.world;
    if (comet.mode !== 'orbit' || view.idle || view.world.phase === 'dead') return;
    const turn = comet.pace < 0 ? -1 : 1;
    const heading = { x: -comet.arm.y * turn, y: comet.arm.x * turn };
    const leads = leadsUp(view, heading);
    for (let dot = 0; dot < AIM_DOTS; dot++) {
      const away = 24 + dot * 15;
      aids
        .take(leads ? 'aimGood' : 'aim')
        .setPosition(view.x + heading.x * away, -(view.y + heading.y * away))
        .setScale((leads ? 1.15 : 0.85) / density)
        .setAlpha((leads ? 0.95 : 0.5) * (1 - dot / AIM_DOTS));
    }
  }

  function drawAids(view: View): void {
    const { world, clock } = view;
    const reach = statOf(world, 'dustRadius');
    if (reach > BASE.dustRadius + 1) {
      const pull = view.calm ? 0 : (clock * 1.1) % 1;
      aids
        .take('magnet')
        .setPosition(view.x, -view.y)
        .setRotation(view.calm ? 0 : clock * 1.4)
        .setScale(reach / 120 / density)
        .setAlpha(0.85);
      aids
        .take('magnet')
        .setPosition(view.x, -view.y)
        .setRotation(-clock)
        .setScale((reach / 120 / density) * (1 - 0.7 * pull))
        .setAlpha(0.6 * pull);
    }
    const guarded = statOf(world, 'hitGuard') >= 1;
    const blink = world.safeSteps < 90 ? 0.4 + 0.5 * Math.abs(Math.sin(clock * 6)) : 1;
    if (guarded || world.safeSteps > 0)
      body
        .take('shield')
        .setPosition(view.x, -view.y)
        .setScale((view.calm ? 1 : 1 + 0.04 * Math.sin(clock * 5)) / density)
        .setAlpha(guarded ? 1 : blink);
  }

  function drawBody(view: View): void {
    const { comet } = view.world;
    if (view.world.phase === 'dead') return;
    squeezeAge += view.seconds;
    // A dying swing as a function of its age: it can't run away, however long a frame takes.
    const swing = view.calm ? 0 : squeezed * Math.exp(-squeezeAge * 8) * Math.cos(squeezeAge * 19);
    const stretch = swing + (comet.mode === 'flight' && !view.calm ? 0.12 : 0);
    heat += (heatOf(view.world.combo) - heat) * Math.min(1, view.seconds * 7);
    const cool = Math.floor(heat);
    const mix = heat - cool;
    for (const [step, part] of [
      [cool, 1],
      [cool + 1, mix],
    ] as const) {
      if (part < 0.02) continue;
      body
        .take(`comet${step}`)
        .setPosition(view.x, -view.y)
        .setRotation(Math.atan2(-comet.vy, comet.vx))
        .setScale((1 + stretch) / density, (1 - stretch * 0.7) / density)
        .setAlpha(part);
      aids
        .take(`halo${step}`)
        .setPosition(view.x, -view.y)
        .setScale((2 * (0.92 + 0.08 * Math.sin(view.clock * 4))) / density)
        .setAlpha(0.75 * (step === cool ? 1 - mix : part));
    }
  }

  return {
    body: body.layer,
    lights: aids.layer,
    squeeze(amount) {
      squeezed = amount;
      squeezeAge = 0;
    },
    draw(view) {
      aids.begin();
      body.begin();
      drawAim(view);
      drawBody(view);
      drawAids(view);
      aids.end();
      body.end();
    },
  };
}

function leadsUp(view: View, heading: { x: number; y: number }): boolean {
  const { world } = view;
  const reach = statOf(world, 'flightSpeed') * FLIGHT.straight;
  const captureRadius = statOf(world, 'captureRadius');
  return world.planets.some(
    (planet) =>
      planet.y > world.comet.planet.y && distanceToCatch(view, heading, planet, captureRadius) < reach,
  );
}
