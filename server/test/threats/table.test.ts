import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGE = resolve(HERE, '../../../docs/threats.md');

const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .filter(([threat]) => threat?.includes(': '));
const linked = (cell = ''): string[] =>
  [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => resolve(dirname(PAGE), path));
const testsIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^test\(\s*'([^']+)'/gm)].map(([, name = '']) => name);

test('every threat of the page has its defence and a test of its name, and every test is on the page', () => {
  const files = readdirSync(HERE).filter((name) => name.endsWith('.test.ts') && name !== 'table.test.ts');
  const tests = files.flatMap((name) => testsIn(join(HERE, name)));
  expect(tests.length).toBeGreaterThan(20);
  expect(rows.map(([threat]) => threat).sort()).toEqual(tests.sort());
  for (const [threat, defence, tried] of rows) {
    expect(linked(defence).length, threat).toBeGreaterThan(0);
    expect(
      linked(defence).filter((path) => !existsSync(path)),
      threat,
    ).toEqual([]);
    expect(linked(tried).flatMap(testsIn), threat).toContain(threat);
  }
});
