import { BASE, PLANET } from './constants.ts';
import { hand } from './hand.ts';
import type { Stat } from './vocabulary.ts';
import type { World } from './world.ts';

/** Whatever items do, a stat stays within these bounds, so that no heap of effects breaks the world. */
const BOUNDS: Record<Stat, readonly [number, number]> = {
  captureRadius: [8, 110],
  dustRadius: [15, 400],
  dustValue: [0, 50],
  flightSpeed: [150, 1200],
  orbitSpeed: [0.5, 8],
  voidSpeed: [0, 400],
  timeScale: [0.25, 2],
  startHeight: [0, 5000],
  hitGuard: [0, 9],
};

/** The stat's value now: base × Π(mul) + Σ(add), charges counted as add, within the stat's bounds. */
export function statOf(world: World, stat: Stat): number {
  readStat(world, stat);
  return hand.stat;
}

/** The same into `hand.stat`, for the step, which makes nothing that would have to be collected. */
export function readStat(world: World, stat: Stat): void {
  let factor = 1;
  let sum = 0;
  const { modifiers, charges } = world;
  for (let at = 0; at < modifiers.length; at++) {
    const modifier = modifiers[at];
    if (modifier?.stat !== stat) continue;
    factor *= modifier.mul;
    sum += modifier.add;
  }
  for (let at = 0; at < charges.length; at++) {
    const charge = charges[at];
    if (charge?.stat === stat) sum += charge.count;
  }
  const bounds = BOUNDS[stat];
  readBase(world, stat);
  hand.stat = Math.min(bounds[1], Math.max(bounds[0], hand.stat * factor + sum));
}

/** 0 at the first planet, 1 from the hardest one on. */
export const hardness = (planetIndex: number): number => Math.min(1, planetIndex / PLANET.hardestIndex);

function readBase(world: World, stat: Stat): void {
  switch (stat) {
    case 'flightSpeed':
    case 'orbitSpeed':
      hand.stat = mix(BASE[stat], hardness(world.comet.planet.index));
      return;
    case 'voidSpeed':
      hand.stat = BASE.voidSpeed[0] + BASE.voidSpeed[1] * world.time;
      return;
    default:
      hand.stat = BASE[stat];
  }
}

export const mix = (range: readonly [number, number], at: number): number =>
  range[0] + (range[1] - range[0]) * at;
