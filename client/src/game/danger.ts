const SEEN_FROM = 190;

/** How close the void is to a comet so far above it: 0 far away, 1 touching. */
export const dangerAt = (gap: number): number => Math.min(1, Math.max(0, 1 - gap / SEEN_FROM));
