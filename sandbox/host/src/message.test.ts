import { expect, test } from 'vitest';
import { commandEntities, spans } from './message.ts';

test('a text is cut where entities begin and end, overlapping ones included', () => {
  const bold = { type: 'bold', offset: 0, length: 7 };
  const italic = { type: 'italic', offset: 3, length: 7 };
  expect(spans('abcdefghijkl', [bold, italic])).toEqual([
    { text: 'abc', entities: [bold] },
    { text: 'defg', entities: [bold, italic] },
    { text: 'hij', entities: [italic] },
    { text: 'kl', entities: [] },
  ]);
});

test.each([
  ['', []],
  ['plain', [{ text: 'plain', entities: [] }]],
])('%j without entities', (text, expected) => {
  expect(spans(text)).toEqual(expected);
});

test('an entity that reaches beyond the text ends with it', () => {
  const bold = { type: 'bold', offset: 1, length: 9 };
  expect(spans('abc', [bold])).toEqual([
    { text: 'a', entities: [] },
    { text: 'bc', entities: [bold] },
  ]);
});

test.each([
  ['/start', [[0, 6]]],
  [
    'try /shop or /paysupport.',
    [
      [4, 5],
      [13, 11],
    ],
  ],
  ['a/b and https://t.me/x and /a/b', []],
])('commands in %j', (text, expected) => {
  expect(commandEntities(text).map(({ offset, length }) => [offset, length])).toEqual(expected);
});
