/** The state of a stream of random numbers: one unsigned 32-bit integer, so that it is saved and compared as a number. */
export interface Rng {
  state: number;
}

/** Streams of one seed that must not disturb one another get different salts. */
export function createRng(seed: number, salt: number): Rng {
  const rng = { state: (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35)) >>> 0 };
  random(rng);
  return rng;
}

/** Next number of the stream, 0 ≤ n < 1 (mulberry32: integer arithmetic, equal on every machine). */
export function random(rng: Rng): number {
  rng.state = (rng.state + 0x6d2b79f5) >>> 0;
  let mixed = rng.state;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

export const between = (rng: Rng, low: number, high: number): number => low + (high - low) * random(rng);
