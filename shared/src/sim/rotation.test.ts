import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotate } from './rotation.ts';

describe('a rotation', () => {
  it('is as good as the sine of the engine, and keeps the length', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.2, max: 0.2, noNaN: true }), (angle) => {
        const unit = { x: 1, y: 0 };
        rotate(unit, angle);
        expect(unit.x).toBeCloseTo(Math.cos(angle), 8);
        expect(unit.y).toBeCloseTo(Math.sin(angle), 8);
      }),
    );
    const unit = { x: 0.6, y: 0.8 };
    for (let turn = 0; turn < 100_000; turn++) rotate(unit, 0.035);
    expect(unit.x * unit.x + unit.y * unit.y).toBeCloseTo(1, 14);
  });
});
