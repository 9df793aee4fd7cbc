import type { Vector } from './rotation.ts';
import type { Planet } from './world.ts';

export interface Flight extends Vector {
  vx: number;
  vy: number;
}

/**
 * True when the planet catches a comet that came this far in the last `dt` seconds: it has entered the orbit's circle,
 * or, within the ring around it, has just passed its nearest point. So a catch happens where the flight already runs along
 * the orbit, and a launch out of the ring of a neighbour is not caught by it.
 */
export function isCaught(flight: Flight, planet: Planet, captureRadius: number, dt: number): boolean {
  const dx = flight.x - planet.x;
  const dy = flight.y - planet.y;
  const ring = planet.orbit + captureRadius;
  const square = dx * dx + dy * dy;
  if (square > ring * ring) return false;
  if (square <= planet.orbit * planet.orbit) return true;
  const outwards = dx * flight.vx + dy * flight.vy;
  const outwardsBefore = outwards - (flight.vx * flight.vx + flight.vy * flight.vy) * dt;
  return outwards >= 0 && outwardsBefore < 0;
}

/** How far the line of the flight passes from the planet's centre. */
export function passingDistance(flight: Flight, planet: Planet): number {
  const speed = Math.sqrt(flight.vx * flight.vx + flight.vy * flight.vy);
  if (speed === 0) return planet.orbit;
  return Math.abs((planet.x - flight.x) * flight.vy - (planet.y - flight.y) * flight.vx) / speed;
}

/**
 * Distance that a straight flight covers before this planet catches it, or Infinity if it passes by. Same rule as
 * `isCaught`, solved instead of stepped; for the generator and for players that look ahead.
 */
export function distanceToCatch(
  from: Vector,
  heading: Vector,
  planet: Planet,
  captureRadius: number,
): number {
  const dx = planet.x - from.x;
  const dy = planet.y - from.y;
  const nearest = dx * heading.x + dy * heading.y;
  if (nearest <= 0) return Number.POSITIVE_INFINITY;
  const passing = Math.abs(dx * heading.y - dy * heading.x);
  if (passing > planet.orbit + captureRadius) return Number.POSITIVE_INFINITY;
  if (passing >= planet.orbit) return nearest;
  return nearest - Math.sqrt(planet.orbit * planet.orbit - passing * passing);
}
