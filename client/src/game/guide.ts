import { leadOf } from '@stardrift/shared/sim/aim';
import { distanceToCatch } from '@stardrift/shared/sim/capture';
import { statOf } from '@stardrift/shared/sim/stats';
import type { World } from '@stardrift/shared/sim/world';

/** The stretch of the comet's orbit from which a tap leads to a planet further up. Angles in radians, anticlockwise. */
export interface Opening {
  /** Middle of the stretch, and half its length. */
  at: number;
  half: number;
  /** From the middle to the catch, in world units. */
  flight: number;
}

const POINTS = 180;
const STEP = (Math.PI * 2) / POINTS;

/** The longest such stretch, or none. */
export function openingOf(world: World): Opening | undefined {
  const leads = Array.from({ length: POINTS }, (_, point) => flightFrom(world, point * STEP));
  const first = leads.indexOf(undefined);
  let best: { start: number; length: number } | undefined;
  let length = 0;
  // From a point that leads nowhere and once round, so that no stretch is cut in two.
  for (let step = 1; first >= 0 && step <= POINTS; step++) {
    if (leads[(first + step) % POINTS] === undefined) length = 0;
    else {
      length += 1;
      if (length > (best?.length ?? 0)) best = { start: first + step - length + 1, length };
    }
  }
  if (!best) return undefined;
  const middle = (best.start + (best.length - 1) / 2) * STEP;
  const flight = flightFrom(world, middle);
  return flight === undefined ? undefined : { at: middle, half: (best.length * STEP) / 2, flight };
}

/** The point of the orbit at this angle, and the way a comet let go there takes. */
export function departure(world: World, angle: number) {
  const { planet, pace } = world.comet;
  const turn = pace < 0 ? -1 : 1;
  const arm = { x: Math.cos(angle), y: Math.sin(angle) };
  return {
    x: planet.x + arm.x * planet.orbit,
    y: planet.y + arm.y * planet.orbit,
    arm,
    heading: { x: -arm.y * turn, y: arm.x * turn },
  };
}

/** How far the comet flies from there until a planet catches it; `undefined` if that one does not lie further up. */
function flightFrom(world: World, angle: number): number | undefined {
  const from = departure(world, angle);
  const captureRadius = statOf(world, 'captureRadius');
  const lead = leadOf(world, from, from.heading, statOf(world, 'flightSpeed'), captureRadius);
  return lead && distanceToCatch(from, from.heading, lead, captureRadius);
}

/** True while the comet is on the stretch. */
export function isOpen(world: World, { at, half }: Opening): boolean {
  const { arm } = world.comet;
  const away = Math.atan2(arm.y, arm.x) - at;
  return Math.abs(Math.atan2(Math.sin(away), Math.cos(away))) <= half;
}
