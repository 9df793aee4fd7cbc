import { SIM_VERSION } from './constants.ts';
import {
  CUES,
  type Effect,
  type ItemRules,
  type Operation,
  STACK_RULES,
  STATS,
  TRIGGERS,
} from './vocabulary.ts';

/** A run in its inputs: everything else follows from them. Plain JSON. */
export interface SavedRun {
  version: number;
  seed: number;
  /** Steps of the simulation taken so far. */
  steps: number;
  /** Step numbers at which the player tapped, rising. */
  taps: number[];
  uses: { step: number; itemId: string }[];
  /** Ids and effects of the items as they were when the run began. */
  items: ItemRules[];
}

/** Two hours. A longer run is not one that a hand has played. */
const STEPS_MAX = 864_000;

/** Reads what a page or a network kept. `undefined` when it is not a run of this version. */
export function readSavedRun(value: unknown): SavedRun | undefined {
  if (!isRecord(value) || value.version !== SIM_VERSION) return undefined;
  const { seed, steps, taps, uses, items } = value;
  if (!isNumber(seed) || !isStep(steps) || steps > STEPS_MAX) return undefined;
  if (!Array.isArray(taps) || !taps.every(isStep)) return undefined;
  if (!Array.isArray(uses) || !uses.every(isUse)) return undefined;
  if (!Array.isArray(items) || !items.every(isItemRules)) return undefined;
  return { version: SIM_VERSION, seed, steps, taps, uses, items };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isStep = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isUse = (value: unknown): value is SavedRun['uses'][number] =>
  isRecord(value) && isStep(value.step) && typeof value.itemId === 'string';
const isOneOf = (words: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && words.includes(value);
const isOptional = (value: unknown): boolean => value === undefined || isNumber(value);

function isItemRules(value: unknown): value is ItemRules {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    isOptional(value.perRun) &&
    Array.isArray(value.effects) &&
    value.effects.every(isEffect)
  );
}

function isEffect(value: unknown): value is Effect {
  if (!isRecord(value) || !isOneOf(TRIGGERS, value.on) || !isOperation(value)) return false;
  const { if: condition, then: following } = value as Record<string, unknown>;
  const conditional =
    condition === undefined ||
    (isRecord(condition) && isOneOf(STATS, condition.stat) && isNumber(condition.gte));
  return (
    conditional && (following === undefined || (Array.isArray(following) && following.every(isOperation)))
  );
}

function isOperation(value: unknown): value is Operation {
  if (!isRecord(value)) return false;
  const { op, stat, mul, add, ms, max, stack, voidBack, id } = value;
  switch (op) {
    case 'modify':
      return (
        isOneOf(STATS, stat) &&
        [mul, add, ms].every(isOptional) &&
        (stack === undefined || isOneOf(STACK_RULES, stack))
      );
    case 'charge':
      return isOneOf(STATS, stat) && isNumber(add) && isNumber(max);
    case 'consume':
      return isOneOf(STATS, stat) && isOptional(add);
    case 'revive':
      return isNumber(voidBack) && isNumber(ms);
    case 'invulnerable':
      return isNumber(ms);
    case 'score':
      return isNumber(add);
    case 'cue':
      return isOneOf(CUES, id);
    default:
      return false;
  }
}
