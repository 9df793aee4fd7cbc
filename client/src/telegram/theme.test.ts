import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, readable } from './contrast.ts';
import { palette } from './theme.ts';

describe('contrast', () => {
  it.each([
    ['#ffffff', '#000000', 21],
    ['#ffffff', '#5288c1', 3.72],
    ['#708499', '#17212b', 4.23],
    ['#708499', '#232e3c', 3.57],
    ['#ffffff', '#ffffff', 1],
  ])('%s on %s', (ink, ground, ratio) => {
    expect(contrast(ink, ground)).toBeCloseTo(ratio, 1);
  });
});

const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

describe('readable', () => {
  it('leaves alone what is readable', () => {
    expect(readable('#ffffff', '#0b1026')).toBe('#ffffff');
  });
  it('reaches 4.5 on any ground with any ink', () => {
    fc.assert(
      fc.property(hex, hex, (ink, ground) => {
        expect(contrast(readable(ink, ground), ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

describe('the palette of the shop', () => {
  it.each([
    ['nothing known', {}],
    [
      'night',
      { background: '#17212b', text: '#f5f5f5', hint: '#708499', link: '#6ab3f3', destructive: '#ec3942' },
    ],
    [
      'day',
      { background: '#ffffff', text: '#000000', hint: '#999999', link: '#2481cc', destructive: '#ff3b30' },
    ],
    [
      'black',
      { background: '#000000', text: '#ffffff', hint: '#777777', link: '#3e88f7', destructive: '#eb5545' },
    ],
    [
      'tinted',
      { background: '#f2e8ff', text: '#3a2a55', hint: '#b39ad6', link: '#8a4fff', destructive: '#ff6a6a' },
    ],
  ])('is readable everywhere: %s', (_name, theme) => {
    const colours = palette(theme);
    for (const ink of ['--ink', '--hint', '--link', '--bad', '--good', '--warm'])
      for (const ground of ['--sheet', '--card', '--raised'])
        expect(
          contrast(colours[ink] ?? '', colours[ground] ?? ''),
          `${ink} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5);
  });
});
