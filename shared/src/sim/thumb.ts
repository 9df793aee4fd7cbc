import { leadOf } from './aim.ts';
import { distanceToCatch } from './capture.ts';
import { circle, cometAt } from './comet.ts';
import { COMET, STEP_MS, STEPS_PER_SECOND } from './constants.ts';
import { between, createRng, random } from './rng.ts';
import { statOf } from './stats.ts';
import type { Comet, Planet, Rock, World } from './world.ts';

/** How well a scripted player plays. */
export interface Skill {
  /** Taps miss the chosen moment by up to this much, either way, in milliseconds. */
  jitterMs: number;
  /** How often a tap comes 120 to 360 ms late on top, 0 to 1. */
  lateChance: number;
  /** After a catch, this long passes before the next tap at the earliest. */
  reactionMs: number;
  /** It waits for an opening at least this long, in milliseconds, if the planet offers one. */
  openingMs: number;
  /** How often it looks out for rocks, 0 to 1. */
  rockCare: number;
}

export const PERFECT: Skill = { jitterMs: 0, lateChance: 0, reactionMs: 60, openingMs: 40, rockCare: 1 };
export const FAIR: Skill = {
  jitterMs: 40,
  lateChance: 0.06,
  reactionMs: 230,
  openingMs: 120,
  rockCare: 0.85,
};
export const GOOD: Skill = {
  jitterMs: 22,
  lateChance: 0.025,
  reactionMs: 170,
  openingMs: 90,
  rockCare: 0.95,
};
export const POOR: Skill = { jitterMs: 110, lateChance: 0.2, reactionMs: 380, openingMs: 160, rockCare: 0.2 };

/** A player who looks ahead as people do: it waits for the moment at which the tangent points to a planet above. */
export function createThumb(skill: Skill, seed: number): (world: World) => boolean {
  const rng = createRng(seed, 3);
  let planned: { planet: Planet; atStep: number } | undefined;
  return (world) => {
    const { comet } = world;
    if (world.phase === 'dead' || comet.mode !== 'orbit') {
      planned = undefined;
      return false;
    }
    if (planned?.planet !== comet.planet) {
      const wait = planTap(world, skill, random(rng) < skill.rockCare);
      const late = random(rng) < skill.lateChance ? between(rng, 120, 360) : 0;
      const miss = between(rng, -skill.jitterMs, skill.jitterMs) + late;
      planned = { planet: comet.planet, atStep: world.step + Math.max(0, wait + Math.round(miss / STEP_MS)) };
    }
    if (world.step < planned.atStep) return false;
    planned = undefined;
    return true;
  };
}

/** A player who taps by chance, about once in so many milliseconds. */
export function createRandomThumb(everyMs: number, seed: number): (world: World) => boolean {
  const rng = createRng(seed, 4);
  return () => random(rng) < STEP_MS / everyMs;
}

/** Steps to wait for the middle of the first opening that is long enough, or of the longest in a turn and a half. */
function planTap(world: World, skill: Skill, minding: boolean): number {
  // Made as the world makes its own: for a copy of any other layout, however equal, the engine would from then on put
  // every number of the simulation in a box.
  const { arm } = world.comet;
  const comet = Object.assign(cometAt(world.comet.planet), world.comet, { arm: { x: arm.x, y: arm.y } });
  const orbitSpeed = statOf(world, 'orbitSpeed');
  const dt = statOf(world, 'timeScale') / STEPS_PER_SECOND;
  const first = Math.ceil(skill.reactionMs / STEP_MS);
  const horizon = first + Math.ceil((Math.PI * 3) / (orbitSpeed * dt));
  let longest = { start: first, length: 0 };
  let target: Planet | undefined;
  let start = 0;
  for (let ahead = 0; ahead < horizon; ahead++) {
    const aim = ahead < first ? undefined : aimOf(world, comet, ahead * dt, minding);
    circle(comet, orbitSpeed, dt);
    if (aim !== target) {
      if (target && longest.length * STEP_MS >= skill.openingMs) break;
      target = aim;
      start = ahead;
    }
    if (target && ahead + 1 - start > longest.length) longest = { start, length: ahead + 1 - start };
  }
  return longest.start + Math.floor(longest.length / 2);
}

/** The planet that a tap at this point of the orbit leads to, if it lies higher and the way is free. */
function aimOf(world: World, comet: Comet, inSeconds: number, minding: boolean): Planet | undefined {
  const speed = statOf(world, 'flightSpeed');
  const turn = comet.pace < 0 ? -1 : 1;
  const heading = { x: -comet.arm.y * turn, y: comet.arm.x * turn };
  const captureRadius = statOf(world, 'captureRadius');
  const lead = leadOf(world, comet, heading, speed, captureRadius);
  if (!lead || !minding) return lead;
  // A caught comet swings out a little further before it settles.
  const way = distanceToCatch(comet, heading, lead, captureRadius) + captureRadius;
  const isBarred = world.rocks.some((rock) => meets(rock, comet, heading, speed, way, inSeconds));
  return isBarred ? undefined : lead;
}

/** True if the rock, moving on as it does now, comes close to the flight. */
function meets(
  rock: Rock,
  from: { x: number; y: number },
  heading: { x: number; y: number },
  speed: number,
  distance: number,
  inSeconds: number,
): boolean {
  const reach = rock.radius + COMET.radius + 8;
  for (let flown = 0; flown <= distance; flown += 6) {
    const offset = swung(rock, inSeconds + flown / speed);
    const dx = from.x + heading.x * flown - rock.middle.x - rock.along.x * offset;
    const dy = from.y + heading.y * flown - rock.middle.y - rock.along.y * offset;
    if (dx * dx + dy * dy < reach * reach) return true;
  }
  return false;
}

/** Where on its line the rock is after `seconds`: a triangle wave between −swing and +swing. */
function swung(rock: Rock, seconds: number): number {
  const period = 4 * rock.swing;
  const start = rock.speed < 0 ? 3 * rock.swing - rock.offset : rock.swing + rock.offset;
  const at = (start + Math.abs(rock.speed) * seconds) % period;
  return at < period / 2 ? at - rock.swing : period * 0.75 - at;
}
