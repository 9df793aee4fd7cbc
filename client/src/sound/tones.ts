import { createRng, random } from '@stardrift/shared/sim/rng';

/** Which notes sound: pure, so that a run sounds the same in every ear. Notes are MIDI numbers, 69 is 440 Hz. */

/** The root of each gate's key; each lies a fourth or a fifth from the one before, so that a gate is heard as a step. */
const ROOTS = [50, 55, 48, 53, 46, 51] as const;
/** Steps of the scale that nothing sounds wrong in. */
const PENTATONIC = [0, 2, 4, 7, 9] as const;
/** Chords of the pad, in steps from the root, each a quiet relative of the others. */
const CHORDS = [
  [0, 7, 16, 23],
  [-3, 9, 12, 19],
  [5, 12, 16, 21],
  [-5, 7, 14, 21],
  [-8, 4, 16, 19],
] as const;

export const hertz = (note: number): number => 440 * 2 ** ((note - 69) / 12);

const rootOf = (gate: number): number => ROOTS[gate % ROOTS.length] ?? ROOTS[0];

/** The `step`th note of the gate's scale from `octaves` above its root. */
export function noteOf(gate: number, step: number, octaves = 0): number {
  const degree = PENTATONIC[step % PENTATONIC.length] ?? 0;
  return rootOf(gate) + 12 * (octaves + Math.floor(step / PENTATONIC.length)) + degree;
}

/** The chord of a bar: no two bars in a row have the same. */
export function chordOf(gate: number, bar: number): number[] {
  const root = rootOf(gate);
  return (CHORDS[chosen(bar)] ?? CHORDS[0]).map((step) => root + step);
}

function chosen(bar: number): number {
  let last = 0;
  const rng = createRng(7, 11);
  for (let each = 0; each < bar % 64; each++)
    last = (last + 1 + Math.floor(random(rng) * (CHORDS.length - 1))) % CHORDS.length;
  return last;
}
