/**
 * The closed vocabulary in which items act on a run. The simulation knows these words and no item by name, so a new
 * item is data. Adding a word here is a change of the game; adding an item is not.
 */

/** When an effect may fire. */
export const TRIGGERS = ['runStart', 'use', 'hit', 'death', 'gate', 'catch', 'collect'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What an effect may change, each a plain number of the run. */
export const STATS = [
  'captureRadius',
  'dustRadius',
  'dustValue',
  'flightSpeed',
  'orbitSpeed',
  'voidSpeed',
  'timeScale',
  'startHeight',
  'hitGuard',
] as const;
export type Stat = (typeof STATS)[number];

/** What happens to the time left when the same effect starts again. */
export const STACK_RULES = ['extend', 'replace', 'ignore'] as const;
export type StackRule = (typeof STACK_RULES)[number];

/** Signals for sight and sound; they change nothing in the run. */
export const CUES = ['shieldUp', 'shieldBreak', 'magnet', 'slow', 'revive', 'boost', 'wide'] as const;
export type Cue = (typeof CUES)[number];

export type Operation =
  /** stat = base × Π(mul) + Σ(add), for `ms` milliseconds of run time, or to the end of the run without `ms`. */
  | {
      op: 'modify';
      stat: Stat;
      mul?: number | undefined;
      add?: number | undefined;
      ms?: number | undefined;
      stack?: StackRule | undefined;
    }
  /** Adds to a counter that stays until consumed, at most up to `max`. */
  | { op: 'charge'; stat: Stat; add: number; max: number }
  | { op: 'consume'; stat: Stat; add?: number | undefined }
  /** Back to the last planet, the void pushed down by `voidBack` units, untouchable for `ms`. */
  | { op: 'revive'; voidBack: number; ms: number }
  | { op: 'invulnerable'; ms: number }
  | { op: 'score'; add: number }
  | { op: 'cue'; id: Cue };

export type Effect = Operation & {
  on: Trigger;
  /** Fires only while the stat is at least this. */
  if?: { stat: Stat; gte: number } | undefined;
  /** Follow with these, in order, if the effect fired. */
  then?: Operation[] | undefined;
};

/** All the simulation needs to know of an item. */
export interface ItemRules {
  id: string;
  /** How often a run may use it; without it, as often as it is owned. */
  perRun?: number | undefined;
  effects: readonly Effect[];
}
