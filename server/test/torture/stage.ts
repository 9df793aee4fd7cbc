/** What one stage found: `failures` is empty when everything held. */
export interface StageResult {
  name: string;
  title: string;
  seed: number;
  /** How much was asked for, in the unit of the stage: kills, runs, cuts, seconds. */
  amount: number;
  /** What was counted, such as kills, payments, in doubt, repaired. */
  counts: Record<string, number>;
  /** What must have come up at least once, or the stage has proved nothing. */
  covered: Record<string, number>;
  failures: string[];
  /** What a reader of the report has to know beside the figures. */
  notes: string[];
  ms: number;
}

export interface StageOptions {
  seed: number;
  amount: number;
  /** When this much time has gone by, no new work is begun; what is under way is ended and checked. */
  deadlineMs?: number;
  log(line: string): void;
}

/** A part of the torture, run by the quick tests with `quick` and by `npm run torture` with up to `full`. */
export interface Stage {
  name: string;
  title: string;
  /** The amount of the quick tier; 0 leaves the stage out of it. */
  quick: number;
  full: number;
  run(options: StageOptions): Promise<StageResult>;
}

/** What a stage fills while it runs. */
export interface Tally {
  counts: Record<string, number>;
  covered: Record<string, number>;
  failures: string[];
  notes: string[];
  /** True once no new work should be begun: the time is up, or failures have piled up. */
  isOver(): boolean;
}

/** Further failures would tell nothing new. */
const MOST_FAILURES = 20;

/** A stage from the work it does; the time, the counters and an error that nobody expected are kept here. */
export function stage(
  about: Omit<Stage, 'run'>,
  work: (options: StageOptions, tally: Tally) => Promise<void>,
): Stage {
  return {
    ...about,
    async run(options) {
      const startedMs = performance.now();
      const failures: string[] = [];
      const untilMs = startedMs + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
      const tally: Tally = {
        counts: {},
        covered: {},
        failures,
        notes: [],
        isOver: () => performance.now() > untilMs || failures.length >= MOST_FAILURES,
      };
      try {
        await work(options, tally);
      } catch (error) {
        failures.push(`${about.name} broke off: ${error instanceof Error ? error.stack : String(error)}`);
      }
      for (const [what, count] of Object.entries(tally.covered))
        if (count === 0) failures.push(`${about.name}: "${what}" never came up, so nothing is proved of it`);
      const { seed, amount } = options;
      const { counts, covered, notes } = tally;
      const ms = performance.now() - startedMs;
      return { name: about.name, title: about.title, seed, amount, counts, covered, failures, notes, ms };
    },
  };
}

/** Adds to a counter, which begins at zero. */
export function count(counters: Record<string, number>, what: string, by = 1): void {
  counters[what] = (counters[what] ?? 0) + by;
}
