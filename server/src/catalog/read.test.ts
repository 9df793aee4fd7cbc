import { readFileSync } from 'node:fs';
import { catalogSchema, LANGUAGES } from '@stardrift/shared/catalog';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formatProblem, readCatalog } from './read.ts';

const SHIPPED = new URL('../../../assets/catalog/items.json', import.meta.url);
/** A catalogue that stays as it is, so that designers may change theirs. */
const TEXT = readFileSync(new URL('../../test/fixtures/items.json', import.meta.url), 'utf8');

const problemsOf = (text: string): string[] => {
  const reading = readCatalog(text);
  return reading.ok ? [] : reading.problems.map((problem) => formatProblem('items.json', problem));
};
/** Changes one place of it, and fails when that place is not there. */
function spoil(from: string, to: string): string {
  expect(TEXT).toContain(from);
  return TEXT.replace(from, to);
}

describe('the catalogue as it ships', () => {
  const text = readFileSync(SHIPPED, 'utf8');
  const reading = readCatalog(text);
  if (!reading.ok) throw new Error(problemsOf(text).join('\n'));
  const { catalog } = reading.revision;

  test('has enough to sell', () => {
    expect(catalog.items.length).toBeGreaterThanOrEqual(8);
    expect(catalog.offers.length).toBeGreaterThanOrEqual(12);
  });

  test('sells every item it has', () => {
    const sold = new Set(catalog.offers.flatMap(({ grant }) => Object.keys(grant)));
    expect(catalog.items.map(({ id }) => id).filter((id) => !sold.has(id))).toEqual([]);
  });

  test.each(LANGUAGES)('has titles in %s that leave room for the quantity on an invoice', (language) => {
    for (const { title, maxQuantity } of catalog.offers)
      expect(title[language]?.length).toBeLessThanOrEqual(maxQuantity > 1 ? 28 : 32);
  });

  test('is described by the JSON Schema beside it: npm run catalog -- schema writes it', () => {
    const written = JSON.parse(readFileSync(new URL('items.schema.json', SHIPPED), 'utf8')) as object;
    const generated = z.toJSONSchema(catalogSchema, { io: 'input', reused: 'ref' });
    expect(written).toEqual(
      JSON.parse(JSON.stringify({ ...generated, title: 'The catalogue of Stardrift' })),
    );
  });
});

describe('a revision', () => {
  const idOf = (text: string): string => {
    const reading = readCatalog(text);
    return reading.ok ? reading.revision.id : '';
  };

  test('is the same for the same content, however it is laid out', () => {
    const parsed = JSON.parse(TEXT) as { items: unknown[]; offers: unknown[] };
    expect(idOf(JSON.stringify(parsed))).toBe(idOf(TEXT));
    expect(idOf(JSON.stringify({ offers: parsed.offers, items: parsed.items }))).toBe(idOf(TEXT));
    expect(idOf(`\uFEFF${TEXT.replaceAll('\n', '\r\n')}`)).toBe(idOf(TEXT));
    expect(idOf(TEXT)).toMatch(/^[0-9a-f]{12}$/);
  });

  test('is another for another price', () => {
    expect(idOf(spoil('"priceStars": 15', '"priceStars": 16'))).not.toBe(idOf(TEXT));
  });
});

describe('a wrong file is refused with line, column, path and reason', () => {
  const lineOf = (needle: string): number => TEXT.slice(0, TEXT.indexOf(needle)).split('\n').length;

  test.each([
    [
      'a text for a price',
      '"priceStars": 5,',
      '"priceStars": "5",',
      'offers[0].priceStars: must be a number, not a string',
    ],
    ['a price of nothing', '"priceStars": 5,', '"priceStars": 0,', 'offers[0].priceStars: must be 1 or more'],
    ['half a Star', '"priceStars": 5,', '"priceStars": 4.5,', 'offers[0].priceStars: must be a whole number'],
    [
      'an item that does not exist',
      '"grant": { "second_wind": 1 }',
      '"grant": { "second_wimd": 1 }',
      'offers[0].grant.second_wimd: no item has the id "second_wimd"',
    ],
    [
      'a grant of nothing',
      '"grant": { "second_wind": 1 }',
      '"grant": {}',
      'offers[0].grant: an offer must grant something',
    ],
    [
      'a grant of less than one',
      '"grant": { "second_wind": 1 }',
      '"grant": { "second_wind": 0 }',
      'offers[0].grant.second_wind: must be 1 or more',
    ],
    ['a key nobody knows', '"perRun": 2,', '"perRnu": 2,', 'items[0].perRnu: no such key is known here'],
    ['an unknown operation', '"op": "revive"', '"op": "rewive"', 'items[0].effects[0].op: must be one of'],
    [
      'an unknown stat',
      '"stat": "dustRadius"',
      '"stat": "dustRadios"',
      'items[2].effects[0].stat: must be one of',
    ],
    ['a kind nobody knows', '"kind": "cosmetic"', '"kind": "pet"', 'items[6].kind: must be one of'],
    [
      'words in one language only',
      '"title": { "en": "Second wind", "ru": "Второе дыхание" }',
      '"title": { "en": "Second wind" }',
      'items[0].title.ru: is missing',
    ],
    [
      'a title Telegram would refuse',
      '"en": "Second wind"',
      `"en": "${'x'.repeat(33)}"`,
      'items[0].title.en: must have 32 characters or fewer',
    ],
    [
      'an id with a capital',
      '"id": "magnet"',
      '"id": "Magnet"',
      'items[2].id: use 1 to 32 of a-z, 0-9 and _',
    ],
    [
      'an id with a meaning in JavaScript',
      '"id": "magnet"',
      '"id": "constructor"',
      'items[2].id: this word has a meaning',
    ],
    [
      'an id taken twice',
      '"id": "magnet"',
      '"id": "shield"',
      'items[2].id: the id "shield" is already taken',
    ],
    [
      'a sku taken twice',
      '"sku": "second_wind_3"',
      '"sku": "second_wind"',
      'offers[1].sku: the sku "second_wind" is already taken',
    ],
    ['a colour that is none', '"#7cf5d2"', '"teal"', 'items[6].look.palette[0]: a colour like'],
    [
      'a look in twos',
      '"grant": { "trail_ink": 1 }',
      '"grant": { "trail_ink": 2 }',
      'offers[12].grant.trail_ink: a look is owned or not',
    ],
    [
      'a window that ends before it begins',
      '"sku": "trail_ink",',
      '"sku": "trail_ink", "from": "2027-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z",',
      'offers[12].until: "until" must lie after "from"',
    ],
  ])('%s', (_name, from, to, expected) => {
    const problems = problemsOf(spoil(from, to));
    expect(problems.join('\n')).toContain(expected);
    const line = lineOf(from);
    expect(problems.find((problem) => problem.includes(expected))).toMatch(
      new RegExp(`^items\\.json:${line}:\\d+ `),
    );
  });

  test('all problems are told at once, from the top down', () => {
    const text = spoil('"priceStars": 5,', '"priceStars": "5",')
      .replace('"grant": { "magnet": 3 }', '"grant": { "magnat": 3 }')
      .replace('"perRun": 2,', '"perRnu": 2,');
    const problems = problemsOf(text);
    expect(problems).toHaveLength(3);
    expect(problems.map((problem) => Number(problem.split(':')[1]))).toEqual(
      problems.map((problem) => Number(problem.split(':')[1])).sort((a, b) => a - b),
    );
  });

  test('half a Star hides nothing else', () => {
    const text = spoil('"priceStars": 5,', '"priceStars": 4.5,')
      .replace('"grant": { "second_wind": 3 }', '"grant": { "second_wimd": 3 }')
      .replace('"sku": "shield_3"', '"sku": "shield_1"');
    expect(problemsOf(text).map((problem) => problem.replace(/^\S+ /, ''))).toEqual([
      'offers[0].priceStars: must be a whole number',
      'offers[1].grant.second_wimd: no item has the id "second_wimd"',
      expect.stringContaining('the sku "shield_1" is already taken by an offer above'),
    ]);
  });

  test.each([
    ['an empty file', '', 'items.json:1:1 the file is empty'],
    ['half a file', TEXT.slice(0, 400), 'items.json:'],
    [
      'a comma too many',
      '{ "items": [], "offers": [], }',
      'items.json:1:30 a key expected; is there a comma too many before this?',
    ],
    ['a comment', '{ /* x */ "items": [], "offers": [] }', 'items.json:1:3 invalid comment token'],
    ['a list', '[]', 'items.json:1:1 must be an object, not an array'],
    [
      'a key twice',
      '{ "items": [], "offers": [], "items": [] }',
      'items.json:1:30 items: the key "items" stands here twice',
    ],
    [
      'deep nesting',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'items.json:1:1 the file is nested too deeply',
    ],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });
});
