import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableOn, THEME_PARAMS, themeColor } from './theme.ts';

/** WCAG contrast, written out anew so that the rule is not checked by itself. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number(`0x${color.slice(at, at + 2)}`) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test('what is written on a header can be read, whatever colour the game gives it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const color = `#${number.toString(16).padStart(6, '0')}`;
      expect(contrast(color, readableOn(color))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('both themes give the same colours, each as #rrggbb', () => {
  expect(Object.keys(THEME_PARAMS.dark)).toEqual(Object.keys(THEME_PARAMS.light));
  for (const params of Object.values(THEME_PARAMS)) {
    expect(Object.values(params).filter((color) => !/^#[0-9a-f]{6}$/.test(color))).toEqual([]);
  }
});

test.each([
  ['#123456', '#123456'],
  ['secondary_bg_color', '#232e3c'],
  ['no_such_color', '#17212b'],
])('themeColor(%j)', (wanted, color) => {
  expect(themeColor(THEME_PARAMS.dark, wanted)).toBe(color);
});
