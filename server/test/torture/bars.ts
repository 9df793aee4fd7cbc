import type { StageResult } from './stage.ts';

/** What a full run must have done, and what must not have happened in it. */
export interface Bar {
  words: string;
  stage: string;
  /** The counter it is read from. */
  counter: string;
  least?: number;
  most?: number;
}

/** Of the kills and cuts: no payment lost, none doubled, none in part, or their stage has failures. */
export const BARS: readonly Bar[] = [
  { words: 'histories', stage: 'histories', counter: 'histories', least: 400_000 },
  { words: 'kills of the server', stage: 'kill-server', counter: 'kills', least: 700 },
  { words: 'kills of Redis', stage: 'kill-redis', counter: 'crashes, always', least: 200 },
  { words: 'power cuts, `always`', stage: 'power-cut', counter: 'crashes, always', least: 60 },
  {
    words: 'acknowledged payments lost in them',
    stage: 'power-cut',
    counter: 'lost until repaired, always',
    most: 0,
  },
  { words: 'mutated bodies', stage: 'bad-input', counter: 'bodies', least: 1_000_000 },
  { words: 'mutated socket frames', stage: 'bad-input', counter: 'frames', least: 300_000 },
  { words: 'credits by bad input', stage: 'bad-input', counter: 'credits', most: 0 },
  { words: 'crashes by bad input', stage: 'bad-input', counter: 'crashes', most: 0 },
  { words: 'memory growth by bad input, MB', stage: 'bad-input', counter: 'memory growth, MB', most: 50 },
  { words: 'mutants killed, percent', stage: 'mutants', counter: 'killed, percent', least: 95 },
];

export interface Reached extends Bar {
  value: number | undefined;
  ok: boolean;
}

/** Each bar with what was reached; `undefined` where the stage did not run. */
export function reached(results: readonly StageResult[]): Reached[] {
  return BARS.map((bar) => {
    const result = results.find(({ name }) => name === bar.stage);
    const value = result && (result.counts[bar.counter] ?? 0);
    const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = bar;
    return { ...bar, value, ok: value !== undefined && value >= least && value <= most };
  });
}
