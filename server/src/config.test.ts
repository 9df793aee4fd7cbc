import { describe, expect, test } from 'vitest';
import { adviceOn, readConfig } from './config.ts';

const GOOD = {
  BOT_TOKEN: '123456789:AAHabcdefghijklmnopqrstuvwxyz',
  WEBHOOK_SECRET: '0123456789abcdef',
  PUBLIC_URL: 'https://game.example/',
};

describe('the settings', () => {
  test('have the defaults of the contract', () => {
    expect(readConfig(GOOD)).toEqual({
      telegram: {
        token: GOOD.BOT_TOKEN,
        botId: 123456789,
        env: 'prod',
        apiRoot: 'https://api.telegram.org',
        webOrigin: 'https://web.telegram.org',
      },
      updates: { kind: 'webhook', secret: GOOD.WEBHOOK_SECRET },
      publicUrl: 'https://game.example',
      redisUrl: 'redis://127.0.0.1:6379',
      redisReplicas: 0,
      port: 3000,
      host: '127.0.0.1',
      trustProxy: 0,
      catalogFile: 'assets/catalog/items.json',
      adminIds: [],
      logLevel: 'info',
    });
  });

  test('are read', () => {
    const config = readConfig({
      ...GOOD,
      TELEGRAM_ENV: 'test',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:4000/',
      TELEGRAM_WEB_ORIGIN: 'http://localhost:4000/',
      UPDATES: 'polling',
      WEBHOOK_SECRET: '',
      REDIS_URL: 'redis://a:1,redis://b:2',
      PORT: '80',
      ADMIN_IDS: '1, 2',
    });
    expect(config.telegram).toMatchObject({
      env: 'test',
      apiRoot: 'http://127.0.0.1:4000',
      webOrigin: 'http://localhost:4000',
    });
    expect(config).toMatchObject({
      updates: { kind: 'polling' },
      redisUrl: 'redis://a:1,redis://b:2',
      port: 80,
      adminIds: [1, 2],
    });
  });

  test.each([
    ['BOT_TOKEN', undefined],
    ['BOT_TOKEN', 'secret'],
    ['WEBHOOK_SECRET', undefined],
    ['WEBHOOK_SECRET', 'x'.repeat(257)],
    ['WEBHOOK_SECRET', 'with spaces in it here'],
    ['PUBLIC_URL', undefined],
    ['PUBLIC_URL', 'game.example'],
    ['PUBLIC_URL', 'ftp://game.example'],
    ['TELEGRAM_ENV', 'sandbox'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TELEGRAM_WEB_ORIGIN', '*'],
    ['UPDATES', 'none'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://a:1, redis://b:2'],
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '1.5'],
    ['ADMIN_IDS', 'ada'],
    ['LOG_LEVEL', 'loud'],
  ])('a wrong %s (%j) is one line that names it', (name, value) => {
    const message = (() => {
      try {
        readConfig({ ...GOOD, [name]: value });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toMatch(new RegExp(`^Wrong settings: ${name} .{10,}$`));
  });

  test('all that is wrong is said at once', () => {
    expect(() => readConfig({})).toThrow(
      /BOT_TOKEN .* PUBLIC_URL .*WEBHOOK_SECRET|BOT_TOKEN .*WEBHOOK_SECRET .*PUBLIC_URL/,
    );
  });

  test('a token is never repeated in a complaint', () => {
    const token = '123456789:AAHabc def ghijklmnopqrstuvwxyz';
    expect(() => readConfig({ ...GOOD, BOT_TOKEN: token })).toThrow(expect.not.stringContaining('AAHabc'));
  });
});

test.each([
  [{ WEBHOOK_SECRET: 'short' }, /WEBHOOK_SECRET/],
  [{ ADMIN_IDS: '' }, /ADMIN_IDS/],
  [{ TRUST_PROXY: '0' }, /TRUST_PROXY/],
])('%j is allowed, with advice', (change, expected) => {
  const wise = { ...GOOD, ADMIN_IDS: '1', TRUST_PROXY: '1' };
  expect(adviceOn(readConfig(wise))).toEqual([]);
  expect(adviceOn(readConfig({ ...wise, ...change }))).toEqual([expect.stringMatching(expected)]);
});
