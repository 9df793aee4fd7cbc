import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verdictOn, weigh } from './weight.ts';

test('a client weighs what everybody has to load', () => {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-weight-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html>');
  for (const [file, bytes] of Object.entries({ 'game-a1.js': 300, 'index-b2.css': 20, 'ru-c3.js': 5_000 })) {
    writeFileSync(join(dir, 'assets', file), 'long before it is compressed');
    writeFileSync(join(dir, 'assets', `${file}.br`), Buffer.alloc(bytes));
  }
  writeFileSync(join(dir, 'assets/tiny-d4.js'), 'x');
  const weights = weigh(dir);
  rmSync(dir, { recursive: true });
  expect(weights.map(({ file }) => file)).toEqual(['game-a1.js', 'index-b2.css', 'index.html', 'tiny-d4.js']);
  const sum = weights.reduce((bytes, each) => bytes + each.bytes, 0);
  expect(verdictOn(weights, sum).ok).toBe(true);
  expect(verdictOn(weights, sum - 1)).toMatchObject({
    ok: false,
    line: expect.stringContaining('game-a1.js 0.3'),
  });
});
