import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isAlive, takeLock } from './lock.ts';

const lockFile = (): string => join(mkdtempSync(join(tmpdir(), 'stardrift-lock-')), 'running.json');

/** A process that runs until it is ended, with the mark in its command line. */
async function running(mark: string): Promise<{ pid: number; child: ChildProcess }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', mark]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('it has an id once it is spawned');
  return { pid: child.pid, child };
}

it('tells a living process from an ended one and from another with its id', async () => {
  const { pid, child } = await running('mark-alive');
  expect(await isAlive({ pid, mark: 'mark-alive' })).toBe(true);
  expect(await isAlive({ pid, mark: 'mark-of-another' })).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isAlive({ pid, mark: 'mark-alive' })).toBe(false);
});

it('keeps the record of holder and children until it is released', async () => {
  const file = lockFile();
  const lock = await takeLock(file, 'mark-own');
  lock.remember({ pid: 12, mark: 'one' });
  lock.remember({ pid: 34, mark: 'two' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    holder: { pid: process.pid, mark: 'mark-own' },
    children: [
      { pid: 12, mark: 'one' },
      { pid: 34, mark: 'two' },
    ],
  });
  lock.release();
  expect(existsSync(file)).toBe(false);
});

it('is refused while its holder lives, and leaves the children of that alone', async () => {
  const file = lockFile();
  const holder = await running('mark-holder');
  const child = await running('mark-child');
  const record = {
    holder: { pid: holder.pid, mark: 'mark-holder' },
    children: [{ pid: child.pid, mark: 'mark-child' }],
  };
  writeFileSync(file, JSON.stringify(record));
  await expect(takeLock(file, 'mark-own')).rejects.toThrow(`process ${holder.pid}`);
  expect(await isAlive({ pid: child.pid, mark: 'mark-child' })).toBe(true);
});

it('ends what a killed holder left running, but no stranger with a remembered id', async () => {
  const file = lockFile();
  const holder = await running('mark-killed');
  const orphan = await running('mark-orphan');
  const stranger = await running('mark-stranger');
  holder.child.kill('SIGKILL');
  await once(holder.child, 'exit');
  const record = {
    holder: { pid: holder.pid, mark: 'mark-killed' },
    children: [
      { pid: orphan.pid, mark: 'mark-orphan' },
      { pid: stranger.pid, mark: 'mark-something-else' },
    ],
  };
  writeFileSync(file, JSON.stringify(record));
  const lock = await takeLock(file, 'mark-own');
  expect(await isAlive({ pid: orphan.pid, mark: 'mark-orphan' })).toBe(false);
  expect(await isAlive({ pid: stranger.pid, mark: 'mark-stranger' })).toBe(true);
  lock.release();
});

it('goes on after a crash that left half a record', async () => {
  const file = lockFile();
  writeFileSync(file, '{"holder":{"pi');
  const lock = await takeLock(file, 'mark-own');
  expect(JSON.parse(readFileSync(file, 'utf8')).holder.mark).toBe('mark-own');
  lock.release();
});
