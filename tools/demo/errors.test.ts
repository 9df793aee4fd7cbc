import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { errorIn, newLines, showErrors } from './errors.ts';

const logFile = (): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'stardrift-log-')), 'log');
  writeFileSync(file, '');
  return file;
};

it.each([
  ['{"level":50,"msg":"the store is away"}', 'the store is away'],
  ['{"level":50,"err":{"message":"no route"},"msg":"Redis"}', 'Redis: no route'],
  [
    '{"level":50,"problems":["items.json:3:1 a","items.json:4:1 b"],"msg":"wrong"}',
    'wrong\n  items.json:3:1 a\n  items.json:4:1 b',
  ],
  ['{"level":30,"msg":"a new catalogue is in force"}', 'a new catalogue is in force'],
  ['{"level":40,"msg":"a warning"}', undefined],
  ['{"msg":"no level"}', undefined],
  ['null', undefined],
  ['plain words', undefined],
])('%s', (line, text) => {
  expect(errorIn(line)).toBe(text);
});

it('reads each line once and waits for the end of half a line', () => {
  const file = logFile();
  const next = newLines(file);
  appendFileSync(file, 'one\ntw');
  expect(next()).toEqual(['one']);
  expect(next()).toEqual([]);
  const sign = Buffer.from('ö\n');
  appendFileSync(file, sign.subarray(0, 1));
  expect(next()).toEqual([]);
  appendFileSync(file, Buffer.concat([sign.subarray(1), Buffer.from('three\n')]));
  expect(next()).toEqual(['twö', 'three']);
});

it('reads nothing from a file that was deleted', () => {
  const file = logFile();
  const next = newLines(file);
  rmSync(file);
  expect(next()).toEqual([]);
});

it('shows an error soon after it was logged, once when it came many times, and nothing else', async () => {
  const file = logFile();
  const shown: string[] = [];
  onTestFinished(showErrors('Server', file, (text) => shown.push(text)));
  appendFileSync(
    file,
    '{"level":30,"msg":"fine"}\n{"level":50,"msg":"not fine"}\n{"level":50,"msg":"not fine"}\n',
  );
  await expect.poll(() => shown, { timeout: 5000 }).toEqual(['Server: not fine']);
});
