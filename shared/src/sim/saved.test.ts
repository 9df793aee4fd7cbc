import { describe, expect, it } from 'vitest';
import { createRun } from './run.ts';
import { readSavedRun } from './saved.ts';

const good = createRun(1, [
  { id: 'a', effects: [{ on: 'use', op: 'modify', stat: 'dustRadius', mul: 2, ms: 500, stack: 'extend' }] },
]).save();

describe('a saved run', () => {
  it('is read back as it was', () => {
    expect(readSavedRun(JSON.parse(JSON.stringify(good)))).toEqual(good);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'run'],
    ['a list', []],
    ['another version', { ...good, version: -1 }],
    ['no seed', { ...good, seed: 'x' }],
    ['half a step', { ...good, steps: 0.5 }],
    ['more steps than a hand can play', { ...good, steps: 1e9 }],
    ['taps that are no list', { ...good, taps: {} }],
    ['a tap before the start', { ...good, taps: [-1] }],
    ['a use without an item', { ...good, uses: [{ step: 1 }] }],
    ['an item without effects', { ...good, items: [{ id: 'a' }] }],
    [
      'an unknown trigger',
      { ...good, items: [{ id: 'a', effects: [{ on: 'dawn', op: 'cue', id: 'slow' }] }] },
    ],
    ['an unknown operation', { ...good, items: [{ id: 'a', effects: [{ on: 'use', op: 'win' }] }] }],
    [
      'an unknown stat',
      { ...good, items: [{ id: 'a', effects: [{ on: 'use', op: 'modify', stat: 'luck', mul: 2 }] }] },
    ],
    [
      'a number that is none',
      { ...good, items: [{ id: 'a', effects: [{ on: 'use', op: 'score', add: 'much' }] }] },
    ],
  ])('is refused: %s', (_name, value) => {
    expect(readSavedRun(value)).toBeUndefined();
  });
});
