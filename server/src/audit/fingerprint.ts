/** Players are dealt into so many shares, each compared as a whole; those that differ are compared row by row. */
export const SHARES = 1_024;
export const shareOf = (playerId: number): number => playerId % SHARES;

/**
 * What two sides have, told apart without keeping it: for each share a count, a sum and an exclusive or of 64 bits.
 * The order in which things are added makes no difference.
 */
export interface Fingerprint {
  add(share: number, text: string): void;
  count(share: number): number;
  /** The shares in which the two differ. */
  differing(other: Fingerprint): number[];
  of(share: number): readonly number[];
}

export function createFingerprint(): Fingerprint {
  const counts = new Float64Array(SHARES);
  const sums = [new Uint32Array(SHARES), new Uint32Array(SHARES)] as const;
  const xors = [new Uint32Array(SHARES), new Uint32Array(SHARES)] as const;
  const at = (from: Uint32Array | Float64Array, share: number): number => from[share] ?? 0;

  const of = (share: number): readonly number[] => [counts, ...sums, ...xors].map((each) => at(each, share));
  return {
    add(share, text) {
      const words = hash(text);
      counts[share] = at(counts, share) + 1;
      for (const half of [0, 1] as const) {
        // Both wrap at 32 bits.
        sums[half][share] = at(sums[half], share) + words[half];
        xors[half][share] = at(xors[half], share) ^ words[half];
      }
    },
    count: (share) => at(counts, share),
    of,
    differing(other) {
      const shares = Array.from({ length: SHARES }, (_, share) => share);
      return shares.filter((share) => of(share).join() !== other.of(share).join());
    },
  };
}

/** 64 bits in two words, by multiplication and shifts ("cyrb53"): quick, and nobody chooses what goes in. */
function hash(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0, b >>> 0];
}
