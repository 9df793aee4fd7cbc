import { expect, test } from 'vitest';
import { STUCK } from './stuck.ts';
import ar from './words/ar.json' with { type: 'json' };
import en from './words/en.json' with { type: 'json' };
import es from './words/es.json' with { type: 'json' };
import ru from './words/ru.json' with { type: 'json' };

test('whoever gets no words reads the same as whoever does', () => {
  const said = Object.entries({ en, ru, es, ar }).map(([language, words]) => [
    language,
    [words.broken, words.brokenText, words.reload],
  ]);
  expect(STUCK).toEqual(Object.fromEntries(said));
});
