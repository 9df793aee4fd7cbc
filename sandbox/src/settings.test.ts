import { expect, test } from 'vitest';
import { rules } from './rules.ts';
import { createTelegram } from './sandbox.ts';
import { readSettings } from './settings.ts';
import { timings } from './timings.ts';

test('nothing set means Telegram as it is, on port 4000 of this machine', () => {
  expect(readSettings({})).toEqual({ host: '127.0.0.1', port: 4000, timeScale: 1, rules: {}, timings: {} });
});

test('everything can be set', () => {
  expect(
    readSettings({
      SANDBOX_HOST: '::1',
      SANDBOX_PORT: '0',
      SANDBOX_TIME_SCALE: '50',
      SANDBOX_PUBLIC_URL: 'https://tg.example/',
      SANDBOX_RULES: '{"refundDays":21}',
      SANDBOX_TIMINGS: '{"preCheckoutMs":500}',
      SANDBOX_BOT_NAME: 'Shop',
      SANDBOX_BOT_USERNAME: 'shop_bot',
      BOT_TOKEN: '1:abc, 2:def',
    }),
  ).toEqual({
    host: '::1',
    port: 0,
    timeScale: 50,
    publicUrl: 'https://tg.example',
    rules: { refundDays: 21 },
    timings: { preCheckoutMs: 500 },
    botName: 'Shop',
    botUsername: 'shop_bot',
    tokens: ['1:abc', '2:def'],
  });
});

test.each([
  ['SANDBOX_PORT', '70000'],
  ['SANDBOX_PORT', 'four'],
  ['SANDBOX_TIME_SCALE', '0'],
  ['SANDBOX_RULES', '[]'],
  ['SANDBOX_RULES', 'x'],
  ['SANDBOX_TIMINGS', '{"tea":1}'],
  ['SANDBOX_TIMINGS', '{"preCheckoutMs":"soon"}'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(name);
});

test('a scale divides every wait, an override stands', () => {
  expect(timings(100)).toMatchObject({
    preCheckoutMs: 100,
    retryUnitMs: 10,
    messageLifeMs: 864_000,
    queryLifeMs: 1500,
  });
  expect(timings(100, { preCheckoutMs: 7 })).toMatchObject({ preCheckoutMs: 7, retryCapMinMs: 600 });
});

test.each([{ severalPrice: 'x' }, { refundDays: 'many' }, { preCheckoutRefused: 'paid' }])(
  'the rule %j is refused',
  (change) => {
    expect(() => rules(change)).toThrow(/^Rules: /);
  },
);

test.each(['', 'abc', '0:abc', '12:', 'x:abc'])('the token "%s" is refused', (token) => {
  expect(() => createTelegram({ tokens: [token] })).toThrow(/BOT_TOKEN/);
});
