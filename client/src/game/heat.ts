/** How hot a row of clean catches makes the comet: steps of colour, 0 is cold. */
export const HEATS = 5;

/** The combo at which each step begins; the last is within reach of a good run. */
const FROM = [1, 2, 4, 6, 8];

export const heatOf = (combo: number): number =>
  Math.max(
    0,
    FROM.findLastIndex((from) => combo >= from),
  );
