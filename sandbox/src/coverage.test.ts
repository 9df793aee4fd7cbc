import { readFileSync } from 'node:fs';
import type { ApiMethods } from '@grammyjs/types';
import { expect, test } from 'vitest';
import { BRIDGE_EVENTS } from '../host/src/bridge-coverage.ts';
import { withParts } from '../test/readme.ts';
import { METHODS } from './bot-api/methods.ts';
import { METHOD_COVERAGE } from './coverage.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const typings = readFileSync(new URL(import.meta.resolve('@grammyjs/types/methods.d.ts')), 'utf8');

test('every method of the Bot API is listed, and nothing else', () => {
  const sample: (keyof ApiMethods<unknown>)[] = ['getMe', 'refundStarPayment'];
  const known = [...typings.matchAll(/^ {4}(\w+)(?:\(|: ApiMethods)/gm)].map(([, name]) => name);
  expect(known).toEqual(expect.arrayContaining(sample));
  expect(Object.keys(METHOD_COVERAGE).sort()).toEqual([...new Set(known)].sort());
});

test('what is listed as present is what the code answers', () => {
  const present = Object.keys(METHOD_COVERAGE).filter((name) => METHOD_COVERAGE[name]?.status !== 'absent');
  expect(present.sort()).toEqual(Object.keys(METHODS).sort());
});

test('a partial entry says what is missing', () => {
  const entries = Object.entries({ ...METHOD_COVERAGE, ...BRIDGE_EVENTS });
  const silent = entries.filter(([, { status, note }]) => status === 'partial' && !note);
  expect(silent).toEqual([]);
});

test('the README says what the code says', () => {
  // When this fails: npx tsx --conditions=development sandbox/test/write-readme.ts
  expect(readme).toBe(withParts(readme));
});

test.each(['faults', 'rules', 'methods', 'bridge'])('the README shows the table of %s', (name) => {
  const [, part = ''] = readme.split(`<!-- ${name} -->`);
  expect(part.split('<!-- end -->')[0]?.match(/^\| `/gm)?.length).toBeGreaterThan(5);
});
