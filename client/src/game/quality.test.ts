import { expect, it } from 'vitest';
import { classOf, qualityOf } from './quality.ts';

const CHROME =
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36';
const android = (model: string) => `${CHROME} Telegram-Android/11.3.3 (${model})`;
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';

it.each([
  [
    'what Telegram measured',
    { userAgent: android('Xiaomi M2006C3LG; Android 10; SDK 29; LOW'), memoryGb: 8, cores: 8 },
    'LOW',
  ],
  [
    'what Telegram measured',
    { userAgent: android('Google Pixel 5; Android 14; SDK 34; AVERAGE'), memoryGb: 2 },
    'AVERAGE',
  ],
  [
    'what Telegram measured',
    { userAgent: android('Samsung SM-S928B; Android 15; SDK 35; HIGH'), cores: 2 },
    'HIGH',
  ],
  [
    'a model that is called so',
    { userAgent: android('LOW COST HIGH; Android 14; SDK 34; AVERAGE') },
    'AVERAGE',
  ],
  ['an older Telegram', { userAgent: android('Nokia 1; Android 8; SDK 27'), memoryGb: 1, cores: 4 }, 'LOW'],
  ['little memory', { userAgent: CHROME, memoryGb: 2, cores: 8 }, 'LOW'],
  ['little memory, unknown cores', { userAgent: CHROME, memoryGb: 0.5 }, 'LOW'],
  ['enough of both', { userAgent: CHROME, memoryGb: 4, cores: 8 }, 'AVERAGE'],
  ['much memory, few cores', { userAgent: CHROME, memoryGb: 8, cores: 2 }, 'AVERAGE'],
  ['much memory, unknown cores', { userAgent: CHROME, memoryGb: 8 }, 'AVERAGE'],
  ['much of both', { userAgent: CHROME, memoryGb: 8, cores: 8 }, 'HIGH'],
  ['an iPhone', { userAgent: IPHONE, cores: 6 }, 'AVERAGE'],
  ['an iPhone of long ago', { userAgent: IPHONE, cores: 2 }, 'LOW'],
  ['a browser that says nothing', { userAgent: '' }, 'AVERAGE'],
] as const)('goes by %s', (_what, device, expected) => {
  expect(classOf(device)).toBe(expected);
});

it('never asks more of a weaker phone', () => {
  const [low, average, high] = (['LOW', 'AVERAGE', 'HIGH'] as const).map((told) =>
    qualityOf({ userAgent: android(`A; Android 14; SDK 34; ${told}`) }),
  );
  for (const figure of ['ratioMax', 'sparksMax', 'burst', 'trail', 'stars'] as const) {
    expect(low?.[figure], figure).toBeLessThan(average?.[figure] ?? 0);
    expect(average?.[figure], figure).toBeLessThanOrEqual(high?.[figure] ?? 0);
  }
  expect([low, average, high].map((quality) => quality?.power)).toEqual([
    'default',
    'default',
    'high-performance',
  ]);
});
