import { expect, it } from 'vitest';
import { demoSettings } from './settings.ts';

it('points the server and the sandbox at each other', () => {
  const { serverEnv, sandboxEnv, sandboxUrl, gameUrl } = demoSettings({});
  expect(sandboxUrl).toBe('http://localhost:4000');
  expect(gameUrl).toBe('http://localhost:3000');
  expect(sandboxEnv).toEqual({
    SANDBOX_PORT: '4000',
    SANDBOX_BOT_NAME: 'Slingdust',
    SANDBOX_BOT_USERNAME: 'slingdust_bot',
    BOT_TOKEN: serverEnv.BOT_TOKEN,
  });
  expect(serverEnv).toEqual({
    BOT_TOKEN: expect.stringMatching(/^\d+:[A-Za-z0-9_-]{35}$/),
    TELEGRAM_API_ROOT: 'http://127.0.0.1:4000',
    TELEGRAM_WEB_ORIGIN: 'http://localhost:4000',
    WEBHOOK_SECRET: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/),
    PUBLIC_URL: 'http://localhost:3000',
    ADMIN_IDS: '279058397',
    HOST: '127.0.0.1',
    PORT: '3000',
  });
});

it('follows the chosen ports everywhere', () => {
  const { serverEnv, sandboxEnv } = demoSettings({ SANDBOX_PORT: '4100', PORT: '3100' });
  expect(sandboxEnv.SANDBOX_PORT).toBe('4100');
  expect(serverEnv).toMatchObject({
    TELEGRAM_API_ROOT: 'http://127.0.0.1:4100',
    TELEGRAM_WEB_ORIGIN: 'http://localhost:4100',
    PUBLIC_URL: 'http://localhost:3100',
    PORT: '3100',
  });
});

it('makes a new secret for each start, and lets a token and a secret of the environment win', () => {
  expect(demoSettings({}).serverEnv.WEBHOOK_SECRET).not.toBe(demoSettings({}).serverEnv.WEBHOOK_SECRET);
  const { serverEnv, sandboxEnv } = demoSettings({ BOT_TOKEN: '1:mine', WEBHOOK_SECRET: 'chosen' });
  expect(serverEnv).toMatchObject({ BOT_TOKEN: '1:mine', WEBHOOK_SECRET: 'chosen' });
  expect(sandboxEnv.BOT_TOKEN).toBe('1:mine');
});
