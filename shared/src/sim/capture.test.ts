import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceToCatch, isCaught } from './capture.ts';

const planet = { index: 1, x: 0, y: 0, radius: 34, orbit: 60, look: 0 };
const RING = 34;
const SPEED = 500;
const DT = 1 / 120;

describe('a catch', () => {
  it('happens where the forecast says', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -140, max: 140, noNaN: true }),
        fc.double({ min: 150, max: 260, noNaN: true }),
        (aside, below) => {
          const flight = { x: aside, y: -below, vx: 0, vy: SPEED };
          const forecast = distanceToCatch(flight, { x: 0, y: 1 }, planet, RING);
          let flown = Number.POSITIVE_INFINITY;
          for (let step = 1; step < 140 && flown === Number.POSITIVE_INFINITY; step++) {
            flight.y += SPEED * DT;
            if (isCaught(flight, planet, RING, DT)) flown = step * SPEED * DT;
          }
          if (forecast === Number.POSITIVE_INFINITY) expect(flown).toBe(forecast);
          else {
            expect(flown).toBeGreaterThanOrEqual(forecast - 1e-9);
            expect(flown).toBeLessThanOrEqual(forecast + SPEED * DT + 1e-9);
          }
        },
      ),
    );
  });

  it.each([
    ['on the way out, inside the ring', { x: 80, y: 0, vx: SPEED, vy: 0 }, false],
    ['inside the orbit, whichever way', { x: 50, y: 0, vx: SPEED, vy: 0 }, true],
    ['at the nearest point, inside the ring', { x: 80, y: 0.5, vx: 0, vy: SPEED }, true],
    ['before the nearest point', { x: 80, y: -20, vx: 0, vy: SPEED }, false],
    ['outside the ring', { x: 95, y: 0.5, vx: 0, vy: SPEED }, false],
  ])('%s', (_name, flight, expected) => {
    expect(isCaught(flight, planet, RING, DT)).toBe(expected);
  });
});
