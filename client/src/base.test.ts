import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const LOOKS = read('../../docs/looks.md');
const BASE = read('base.css');
const SHEETS = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => [name, read(name)] as const);

const named = [...LOOKS.matchAll(/^\| `(--[\w-]+)` \| `([^`]+)` \|/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);
const sizes = [...LOOKS.matchAll(/^\| (\d+) \|/gm)].map(([, size]) => `${size}px`);

test('the language is written down', () => {
  expect(named.length).toBeGreaterThan(20);
  expect(sizes.length).toBeGreaterThan(6);
});

test.each(named)('%s is what docs/looks.md says', (name, value) => {
  expect(BASE).toContain(`${name}: ${value};`);
});

/** Values of a property in the stylesheets that `isStep` does not know, with where they stand. */
const strays = (property: RegExp, isStep: (value: string) => boolean): string[] =>
  SHEETS.flatMap(([file, text]) =>
    [...text.matchAll(property)]
      .map(([, value = '']) => value)
      .filter((value) => !isStep(value))
      .map((value) => `${file}: ${value}`),
  );

test('letters have the sizes of docs/looks.md', () => {
  expect(strays(/font-size: ([\d.]+px);/g, (value) => sizes.includes(value))).toEqual([]);
});

test('corners are named, but for strokes and circles', () => {
  expect(strays(/border-radius: ([\d.]+)px;/g, (value) => Number(value) < 5)).toEqual([]);
});

test('motions are named, but for what beats or turns for ever', () => {
  const steps = /(?:transition|animation): [\w-]+ ([\d.]+s)(?! (?:linear infinite|var\(--soft\) both))/g;
  expect(strays(steps, () => false)).toEqual([]);
});
