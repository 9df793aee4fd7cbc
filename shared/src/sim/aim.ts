import { distanceToCatch } from './capture.ts';
import { FLIGHT } from './constants.ts';
import type { Vector } from './rotation.ts';
import type { Planet, World } from './world.ts';

/** A catch lower than this above the planet left behind is not worth the way. */
const CLIMB_MIN = 40;

/** Where a comet let go from there, along that heading, is caught; undefined when it is lost, or led no further up. */
export function leadOf(
  { planets, comet: { planet: here } }: World,
  from: Vector,
  heading: Vector,
  speed: number,
  captureRadius: number,
): Planet | undefined {
  let first: Planet | undefined;
  let nearest = speed * FLIGHT.straight;
  for (const planet of planets) {
    if (planet.index === here.index) continue;
    const distance = distanceToCatch(from, heading, planet, captureRadius);
    if (distance >= nearest) continue;
    nearest = distance;
    first = planet;
  }
  return first && first.y >= here.y + CLIMB_MIN ? first : undefined;
}
