import { expect, test } from 'vitest';
import { createSandbox } from '../../../sandbox/src/sandbox.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startPolling } from '../../src/telegram/polling.ts';
import { eventually } from './world.ts';

test('polling confirms no update whose handling failed, holds back only what is queued behind it, and stops at once', async () => {
  const sandbox = await createSandbox({ timeScale: 20 });
  const config = readConfig({
    BOT_TOKEN: sandbox.bot.token,
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    PUBLIC_URL: 'https://game.example',
    UPDATES: 'polling',
  });
  const say = (userId: number, text: string) =>
    fetch(`${sandbox.apiRoot}/host/message`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId, text }),
    });
  sandbox.control.players({ id: 1 });
  sandbox.control.players({ id: 2 });

  const tries = new Map<string, number>();
  const done: string[] = [];
  const polling = startPolling(
    config,
    async ({ message }) => {
      const text = message?.text ?? '';
      tries.set(text, (tries.get(text) ?? 0) + 1);
      if (text === 'fails twice' && (tries.get(text) ?? 0) < 3) throw new Error('the store is away');
      done.push(text);
    },
    createLog('silent'),
  );
  await say(1, 'fails twice');
  await say(1, 'behind it');
  await say(2, 'another chat');
  await eventually(() => done.length === 3, 'all three are handled');
  expect(done).toEqual(['another chat', 'fails twice', 'behind it']);
  expect(Object.fromEntries(tries)).toEqual({ 'fails twice': 3, 'behind it': 1, 'another chat': 1 });

  await polling.stop();
  await sandbox.close();
});
