/** Minutes since 1970, counted down from here, so that of two equal scores the earlier stands higher. */
const MINUTES = 2 ** 26;
const MINUTE_MS = 60_000;
/** Score and minute together are a whole number that a double holds exactly. */
const SCORE_MAX = 2 ** 27 - 1;

/** One number to sort a board by: the score, then who was first. */
export function placeOf(score: number, atMs: number): number {
  const minute = Math.min(MINUTES - 1, Math.max(0, Math.floor(atMs / MINUTE_MS)));
  return Math.min(SCORE_MAX, Math.max(0, score)) * MINUTES + (MINUTES - 1 - minute);
}

/** The score in it. */
export const scoreIn = (place: number): number => Math.floor(place / MINUTES);
