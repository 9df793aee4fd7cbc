import { createHistogram } from 'node:perf_hooks';

/** Milliseconds, but for the count. */
export interface Spread {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** How long things took. A histogram of three figures, so that millions of them cost nothing. */
export function createLatencies() {
  const histogram = createHistogram({ figures: 3 });
  const ms = (us: number): number => us / 1_000;
  return {
    add: (tookMs: number): void => histogram.record(Math.max(1, Math.round(tookMs * 1_000))),
    spread: (): Spread => ({
      count: histogram.count,
      p50: ms(histogram.percentile(50)),
      p99: ms(histogram.percentile(99)),
      max: ms(histogram.max),
    }),
  };
}
