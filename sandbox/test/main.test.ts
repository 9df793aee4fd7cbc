import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from './fixtures.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Runs the program and collects what it writes. */
function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  return { child, text: () => written.join(''), ended: once(child, 'exit') };
}

test('says where it is, works, and stops on SIGTERM though a page is open', async () => {
  const { child, text, ended } = run({ SANDBOX_PORT: '0' });
  await expect.poll(text, { timeout: 20_000 }).toMatch(/^Telegram sandbox: http:\/\/localhost:\d+ /);
  const [, root = ''] = /root (http:\S+),/.exec(text()) ?? [];
  expect((await fetch(`${root}/host/players`)).status).toBe(200);
  const page = await fetch(`${root}/host/events?player=1`);
  expect(page.status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('names a taken port and the setting that changes it', async () => {
  const port = new URL((await startSandbox()).apiRoot).port;
  const { text, ended } = run({ SANDBOX_PORT: port });
  expect(await ended).toEqual([1, null]);
  expect(text()).toBe(
    `Telegram sandbox: Port ${port} on 127.0.0.1 is taken. Free it, or set SANDBOX_PORT to another one.\n`,
  );
});

test.each([
  [{ SANDBOX_PORT: 'x' }, /^Telegram sandbox: SANDBOX_PORT: "x" is not a value/],
  [{ BOT_TOKEN: 'nonsense' }, /^Telegram sandbox: Bot token: .* Set BOT_TOKEN\.\n$/],
  [{ SANDBOX_RULES: '{"tea":1}' }, /^Telegram sandbox: Rules: "tea" is unknown/],
])('refuses to start with %j', async (env, problem) => {
  const { text, ended } = run(env);
  expect(await ended).toEqual([1, null]);
  expect(text()).toMatch(problem);
});
