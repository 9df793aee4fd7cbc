/** As much of an audio clock as it takes to make it go on. */
export interface Clock {
  /** Beside those of the standard, iOS has `interrupted`: a call or another app took the sound away. */
  readonly state: string;
  resume(): Promise<void>;
}

/** A clock that still stands this long after it was asked to go on never will. */
const STUCK_AFTER_MS = 2_000;

/**
 * Made for one clock, and called at each touch: asks a clock that stands to go on. True when it can't be helped, and a
 * new one must take its place.
 */
export function createRouse(clock: Clock, nowMs: () => number): () => boolean {
  let askedAtMs: number | undefined;
  return () => {
    if (clock.state === 'running') {
      askedAtMs = undefined;
      return false;
    }
    if (clock.state === 'closed') return true;
    askedAtMs ??= nowMs();
    clock.resume().catch(() => {});
    return nowMs() - askedAtMs > STUCK_AFTER_MS;
  };
}
