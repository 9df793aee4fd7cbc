import { WIDTH } from '@stardrift/shared/sim/constants';
import { describe, expect, it } from 'vitest';
import { layOut } from './layout.ts';

const NO_INSET = { top: 0, bottom: 0 };
const PHONE = { width: 390, height: 844 };

describe('the layout', () => {
  it.each([
    ['a phone is filled from side to side', 390, 844, 2, { width: 780, height: 1688, scale: 2, left: 0 }],
    ['a small phone too', 360, 640, 3, { width: 720, height: 1280, scale: 720 / 390, left: 0 }],
  ])('%s', (_name, width, height, ratio, expected) => {
    expect(layOut({ width, height, ratio, ratioMax: 2 }, NO_INSET)).toMatchObject(expected);
  });

  it.each([
    ['a tablet', 820, 1180],
    ['a wide window', 1280, 720],
    ['a very wide one', 2000, 400],
  ])('%s keeps a portrait playfield in the middle', (_name, width, height) => {
    const { scale, left, ratio } = layOut({ width, height, ratio: 1, ratioMax: 2 }, NO_INSET);
    expect(left).toBeGreaterThan(0);
    expect(left * 2 + WIDTH * scale).toBeCloseTo(width * ratio, 6);
    expect(height / scale).toBeCloseTo(690, 6);
  });

  it('leaves the bars of the host free', () => {
    const { top, bottom } = layOut({ ...PHONE, ratio: 2, ratioMax: 2 }, { top: 40, bottom: 34 });
    expect([top, bottom]).toEqual([80, 1688 - 68]);
  });

  it('draws no finer than the device can bear, whatever its screen has', () => {
    const weak = layOut({ ...PHONE, ratio: 3, ratioMax: 1.5 }, NO_INSET);
    expect(weak).toMatchObject({ ratio: 1.5, width: 585, height: 1266 });
  });

  it('survives a parent without size', () => {
    const { scale, width, height } = layOut({ width: 0, height: 0, ratio: 0, ratioMax: 2 }, NO_INSET);
    expect([width, height]).toEqual([1, 1]);
    expect(scale).toBeGreaterThan(0);
  });
});
