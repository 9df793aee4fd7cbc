import { COMBO } from '@stardrift/shared/sim/constants';
import { describe, expect, it } from 'vitest';
import { HEAT } from './art/palette.ts';
import { HEATS, heatOf } from './heat.ts';

describe('the heat of a combo', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
    [5, 2],
    [6, 3],
    [8, 4],
    [COMBO.max, HEATS - 1],
  ])('×%i is step %i', (combo, heat) => {
    expect(heatOf(combo)).toBe(heat);
  });

  it('has a colour for every step', () => expect(HEAT).toHaveLength(HEATS));
});
