import { expect, it } from 'vitest';
import type { Outcome } from '../runs/ranked.ts';
import { openWords } from '../words/words.ts';
import { standingText } from './standing.ts';

const words = await openWords('en');
const counted = (score: number, best: number, ranks: { all?: number; daily?: number }): Outcome => ({
  ...{ state: 'counted', score, best, ranks },
});

it.each<[string, Outcome | undefined, boolean, string | undefined]>([
  ['nobody ranks it', undefined, true, undefined],
  ['it is on its way', { state: 'waiting' }, true, 'Counting your run…'],
  [
    'it waits for the line',
    { state: 'waiting' },
    false,
    'Your run will be counted when you are back online.',
  ],
  ['it does not count', { state: 'refused' }, true, "This run can't be counted."],
  ['it is the best so far', counted(900, 900, { all: 1_204 }), true, 'Place 1,204 of all time'],
  ['another was better', counted(300, 900, { all: 2 }), true, undefined],
  ['it is a daily one', counted(900, 900, { all: 7, daily: 3 }), true, 'Place 3 today, 7 of all time'],
  ['it is a lesser daily one', counted(300, 900, { all: 7, daily: 3 }), true, 'Place 3 today'],
  ['the boards are full', counted(5, 5, {}), true, undefined],
])('when %s', (_, outcome, online, text) => {
  expect(standingText(outcome, words, online)).toBe(text);
});
