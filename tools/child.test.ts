import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startChild } from './child.ts';

const node = (script: string) => ({
  name: 'Probe',
  program: process.execPath,
  args: ['-e', script],
  env: process.env,
  logFile: join(mkdtempSync(join(tmpdir(), 'stardrift-child-')), 'log'),
});

it('says how a program ended, with its last lines', async () => {
  const child = startChild(node('console.log("first"); console.error("last words"); process.exit(3)'));
  expect(await child.ended).toBe('Probe ended (exit code 3). Its last lines:\nfirst\nlast words');
});

it('says so when there is no such program', async () => {
  const child = startChild({ ...node(''), program: '/nowhere/program' });
  expect(await child.ended).toMatch(/^Probe ended \(exit code 127\).*\/nowhere\/program/s);
});

const POLITE = `process.on('SIGTERM', () => { console.log('ended'); process.exit(0); });
  setInterval(() => {}, 1000); console.log('up');`;
const STUBBORN = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up');";

const untilLogged = (logFile: string, text: string): Promise<void> =>
  expect.poll(() => readFileSync(logFile, 'utf8'), { timeout: 5000 }).toBe(text);

it('stops a program politely', async () => {
  const options = node(POLITE);
  const child = startChild(options);
  await untilLogged(options.logFile, 'up\n');
  await child.stop();
  expect(await child.ended).toBe('Probe ended (exit code 0). Its last lines:\nup\nended');
});

it('stops one that will not listen', async () => {
  const options = node(STUBBORN);
  const child = startChild(options);
  await untilLogged(options.logFile, 'up\n');
  await child.stop(200);
  expect(await child.ended).toContain('signal SIGKILL');
});

it('ends a program whose parent was killed', async () => {
  const probe = node(POLITE);
  const script = `import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))};
    console.log(startChild(${JSON.stringify(probe)}).pid)`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  await untilLogged(probe.logFile, 'up\n');
  parent.kill('SIGKILL');
  await untilLogged(probe.logFile, 'up\nended\n');
});
