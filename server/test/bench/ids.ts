/** As long as those of people who came to Telegram lately. */
const FIRST_PLAYER = 5_000_000_000;

export const playerAt = (index: number): number => FIRST_PLAYER + index;

export const someIds = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => playerAt(first + i));
