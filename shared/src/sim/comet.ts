import { isCaught, passingDistance } from './capture.ts';
import { COMBO, FLIGHT, ORBIT, WIDTH } from './constants.ts';
import { hand } from './hand.ts';
import { rotate } from './rotation.ts';
import { readStat, statOf } from './stats.ts';
import type { Comet, Planet, World } from './world.ts';

/** A comet at rest on its orbit, straight below the planet, about to rise on the right. */
export function cometAt(planet: Planet): Comet {
  const comet: Comet = {
    mode: 'orbit',
    planet,
    arm: { x: 0, y: -1 },
    distance: planet.orbit,
    radialSpeed: 0,
    pace: 0,
    swept: 0,
    airborne: 0,
    bounces: 0,
    lost: false,
    x: planet.x,
    y: planet.y - planet.orbit,
    vx: 0,
    vy: 0,
  };
  return comet;
}

/** Lets the comet go along the tangent. */
export function launch(world: World): void {
  const { comet } = world;
  const speed = statOf(world, 'flightSpeed') * (comet.pace < 0 ? -1 : 1);
  comet.mode = 'flight';
  comet.vx = -comet.arm.y * speed;
  comet.vy = comet.arm.x * speed;
  comet.airborne = 0;
  comet.bounces = 0;
  comet.lost = false;
}

/** Moves the comet by `hand.dt` seconds. Returns the planet that caught it in this step. */
export function moveComet(world: World): Planet | undefined {
  if (world.comet.mode === 'orbit') {
    readStat(world, 'orbitSpeed');
    circleOn(world.comet);
    return undefined;
  }
  fly(world.comet);
  readStat(world, 'captureRadius');
  const { dt, stat: captureRadius } = hand;
  const { planets } = world;
  for (let at = 0; at < planets.length; at++) {
    const planet = planets[at];
    // The planet it has just left must not take it back, unless it falls.
    if (!planet || (planet === world.comet.planet && !world.comet.lost)) continue;
    if (isCaught(world.comet, planet, captureRadius, dt)) return planet;
  }
  return undefined;
}

/** One step on the orbit, for those who look ahead with a copy of the comet. */
export function circle(comet: Comet, orbitSpeed: number, dt: number): void {
  hand.stat = orbitSpeed;
  hand.dt = dt;
  circleOn(comet);
}

/** By `hand.dt`, with the orbit speed in `hand.stat`. */
function circleOn(comet: Comet): void {
  const { dt, stat: orbitSpeed } = hand;
  const { planet, arm } = comet;
  comet.radialSpeed +=
    (ORBIT.stiffness * (planet.orbit - comet.distance) - ORBIT.damping * comet.radialSpeed) * dt;
  comet.distance += comet.radialSpeed * dt;
  const ground = planet.radius + ORBIT.groundClearance;
  if (comet.distance < ground) {
    comet.distance = ground;
    comet.radialSpeed = Math.max(0, comet.radialSpeed);
  }
  const target = comet.pace < 0 ? -orbitSpeed : orbitSpeed;
  comet.pace += (target - comet.pace) * Math.min(1, ORBIT.paceGain * dt);
  rotate(arm, comet.pace * dt);
  comet.swept += Math.abs(comet.pace) * dt;
  const x = planet.x + arm.x * comet.distance;
  const y = planet.y + arm.y * comet.distance;
  comet.vx = (x - comet.x) / dt;
  comet.vy = (y - comet.y) / dt;
  comet.x = x;
  comet.y = y;
}

function fly(comet: Comet): void {
  const { dt } = hand;
  comet.airborne += dt;
  comet.x += comet.vx * dt;
  comet.y += comet.vy * dt;
  if ((comet.x < 0 && comet.vx < 0) || (comet.x > WIDTH && comet.vx > 0)) {
    comet.vx *= -FLIGHT.bounce;
    comet.bounces += 1;
  }
  if (comet.airborne > FLIGHT.straight) comet.lost = true;
  if (comet.lost) comet.vy = Math.max(-FLIGHT.fallSpeedMax, comet.vy - FLIGHT.gravity * dt);
}

/** Puts the flying comet on the planet's orbit; the way round follows from the side on which it came. True if clean. */
export function settle(comet: Comet, planet: Planet): boolean {
  const clean = Math.abs(passingDistance(comet, planet) - planet.orbit) <= COMBO.cleanBand;
  const dx = comet.x - planet.x;
  const dy = comet.y - planet.y;
  const distance = Math.sqrt(dx * dx + dy * dy);
  comet.mode = 'orbit';
  comet.planet = planet;
  comet.arm.x = distance > 0 ? dx / distance : 0;
  comet.arm.y = distance > 0 ? dy / distance : -1;
  comet.distance = distance;
  comet.radialSpeed = comet.arm.x * comet.vx + comet.arm.y * comet.vy;
  // A head-on flight has no way round; it is given a little of one.
  const around = comet.arm.x * comet.vy - comet.arm.y * comet.vx;
  comet.pace = Math.abs(around) < 1 ? 0.5 : around / planet.orbit;
  comet.swept = 0;
  return clean;
}
