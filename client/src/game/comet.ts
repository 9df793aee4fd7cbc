import { distanceToCatch } from '@stardrift/shared/sim/capture';
import { BASE, FLIGHT } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import type { Pictures } from './art/textures.ts';
import { heatOf } from './heat.ts';
import type { Quads } from './quads.ts';
import type { View } from './view.ts';

const AIM_DOTS = 7;

export interface CometView {
  draw(view: View): void;
  /** Squeezes the comet along its way: below 0 flat, above 0 long. */
  squeeze(amount: number): void;
}

/** The comet, where it would fly if let go now, and what protects or helps it. */
export function createCometView(solids: Quads, lights: Quads, pictures: Pictures): CometView {
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
      lights
        .take(pictures.sprite(leads ? 'aimGood' : 'aim'))
        .at(view.x + heading.x * away, -(view.y + heading.y * away))
        .scaled(leads ? 1.15 : 0.85)
        .faded((leads ? 0.95 : 0.5) * (1 - dot / AIM_DOTS));
    }
  }

  function drawAids(view: View): void {
    const { world, clock } = view;
    const reach = statOf(world, 'dustRadius');
    if (reach > BASE.dustRadius + 1) {
      const pull = view.calm ? 0 : (clock * 1.1) % 1;
      lights
        .take(pictures.sprite('magnet'))
        .at(view.x, -view.y)
        .turned(view.calm ? 0 : clock * 1.4)
        .scaled(reach / 120)
        .faded(0.85);
      lights
        .take(pictures.sprite('magnet'))
        .at(view.x, -view.y)
        .turned(-clock)
        .scaled((reach / 120) * (1 - 0.7 * pull))
        .faded(0.6 * pull);
    }
    const guarded = statOf(world, 'hitGuard') >= 1;
    const blink = world.safeSteps < 90 ? 0.4 + 0.5 * Math.abs(Math.sin(clock * 6)) : 1;
    if (guarded || world.safeSteps > 0)
      solids
        .take(pictures.sprite('shield'))
        .at(view.x, -view.y)
        .scaled(view.calm ? 1 : 1 + 0.04 * Math.sin(clock * 5))
        .faded(guarded ? 1 : blink);
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
      solids
        .take(pictures.sprite(`comet${step}`))
        .at(view.x, -view.y)
        .turned(Math.atan2(-comet.vy, comet.vx))
        .scaled(1 + stretch, 1 - stretch * 0.7)
        .faded(part);
      lights
        .take(pictures.sprite(`halo${step}`))
        .at(view.x, -view.y)
        .scaled(2 * (0.92 + 0.08 * Math.sin(view.clock * 4)))
        .faded(0.75 * (step === cool ? 1 - mix : part));
    }
  }

  return {
    squeeze(amount) {
      squeezed = amount;
      squeezeAge = 0;
    },
    draw(view) {
      drawAim(view);
      drawBody(view);
      drawAids(view);
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
