import { COMBO } from '@stardrift/shared/sim/constants';
import { expect, test } from 'vitest';
import { chordOf, hertz, noteOf } from './tones.ts';

test('the concert pitch, and its octave', () => {
  expect(hertz(69)).toBe(440);
  expect(hertz(81)).toBe(880);
});

test('a combo climbs, and stays where it is pleasant', () => {
  for (let gate = 0; gate < 12; gate++) {
    const notes = Array.from({ length: COMBO.max }, (_, step) => noteOf(gate, step, 1));
    expect(notes).toEqual([...new Set(notes)].sort((a, b) => a - b));
    expect(hertz(notes[0] ?? 0)).toBeGreaterThan(200);
    expect(hertz(notes.at(-1) ?? 0)).toBeLessThan(1_600);
  }
});

test('a gate changes the key, and the pad never stands still', () => {
  expect(noteOf(1, 0)).not.toBe(noteOf(0, 0));
  for (let bar = 0; bar < 300; bar++) {
    expect(chordOf(2, bar)).toHaveLength(4);
    if (bar % 64 > 0) expect(chordOf(2, bar)).not.toEqual(chordOf(2, bar - 1));
    for (const note of chordOf(2, bar)) expect(hertz(note)).toBeGreaterThan(50);
  }
});
