import { describe, expect, test } from 'vitest';
import { Arguments } from './arguments.ts';
import { parseHtml, readText } from './text.ts';

const read = (values: Record<string, string>) => readText(new Arguments(new Map(Object.entries(values))));

describe('HTML', () => {
  test.each<[string, string, object[]]>([
    ['plain', 'plain', []],
    [
      '<b>a</b>b<i>c</i>',
      'abc',
      [
        { type: 'bold', offset: 0, length: 1 },
        { type: 'italic', offset: 2, length: 1 },
      ],
    ],
    [
      '<b>a<i>b</i></b>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    ['😀<u>x</u>', '😀x', [{ type: 'underline', offset: 2, length: 1 }]],
    [
      '<a href="https://t.me/a?b=1">go</a>',
      'go',
      [{ type: 'text_link', offset: 0, length: 2, url: 'https://t.me/a?b=1' }],
    ],
    ['1 &lt; 2 &amp;&amp; &#51; &gt; &#x32; &quot;', '1 < 2 && 3 > 2 "', []],
    ['a & b', 'a & b', []],
    ['<b></b>x', 'x', []],
    ['line\n<code>two</code>', 'line\ntwo', [{ type: 'code', offset: 5, length: 3 }]],
  ])('%s', (source, text, entities) => {
    expect(parseHtml(source)).toEqual({ text, entities });
  });

  test.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['é<b><i>x</b></i>', 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'],
    ['<blink>x</blink>', 'Unsupported start tag "blink" at byte offset 0'],
    ['é < 3', 'Unsupported start tag "" at byte offset 3'],
  ])('%s is refused', (source, problem) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${problem}`);
  });
});

describe('a text', () => {
  test('loses the space around it, and its entities move along', () => {
    expect(read({ text: '  <b> a</b>b  ', parse_mode: 'html' })).toEqual({
      text: 'ab',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
    });
  });

  test('keeps the entities that were given', () => {
    const entities = [{ type: 'bold', offset: 0, length: 1 }];
    expect(read({ text: 'a /b', entities: JSON.stringify(entities) })).toEqual({ text: 'a /b', entities });
  });

  test('has its commands and links found', () => {
    expect(read({ text: '/shop a/b https://a.b/c?d' }).entities).toEqual([
      { type: 'bot_command', offset: 0, length: 5 },
      { type: 'url', offset: 10, length: 15 },
    ]);
  });
});
