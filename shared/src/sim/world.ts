import { FIRST_PLANET } from './constants.ts';
import type { Rng } from './rng.ts';
import type { Vector } from './rotation.ts';
import type { Cue, ItemRules, Stat } from './vocabulary.ts';

/** Everything a run is, at one step. Plain data: it can be copied, compared and hashed. Units are those of constants.ts. */
export interface World {
  seed: number;
  /** Steps taken so far, each 1/120 s of the player's time. */
  step: number;
  phase: 'running' | 'dead';
  /** What ended the run; kept after a revival. */
  cause: 'void' | 'rock' | undefined;
  /** The world's own clock in seconds. It starts at the first tap and follows the stat `timeScale`. */
  time: number;
  /** True from the first tap on; before it, nothing threatens. */
  begun: boolean;
  comet: Comet;
  /** By rising index, from the last one above the void to well above the comet. */
  planets: Planet[];
  dust: Dust[];
  rocks: Rock[];
  /** Height of the void's surface. */
  voidY: number;
  /** Gates crossed so far. */
  gate: number;
  /** The void rests until this moment of the world's clock. */
  calmUntil: number;
  /** Highest point reached. */
  height: number;
  /** Dust collected, in motes × the stat `dustValue`. */
  dustCount: number;
  /** Points beyond height: dust × combo, and what effects gave. */
  points: number;
  /** Multiplies the worth of dust, 1 to COMBO.max. */
  combo: number;
  /** Steps during which nothing can harm the comet. */
  safeSteps: number;
  /** Changes of stats under way. */
  modifiers: Modifier[];
  /** Counters that wait for their moment. */
  charges: Charge[];
  items: readonly ItemRules[];
  /** Uses in this run, by item id. An item used at least once hears every later trigger. */
  used: Record<string, number>;
  /** Index of the planet that is made next. */
  nextIndex: number;
  nextDustId: number;
  layoutRng: Rng;
  rockRng: Rng;
  /** What happened since the last step began; for sight and sound only, never read by the rules. */
  events: WorldEvent[];
}

export interface Comet extends Vector {
  mode: 'orbit' | 'flight';
  /** Velocity; while in orbit, of the last step. */
  vx: number;
  vy: number;
  /** The planet it circles, or left last. */
  planet: Planet;
  /** From the planet's centre to the comet, length 1; only in orbit. */
  arm: Vector;
  /** Distance from the planet's centre, and its change per second; only in orbit. */
  distance: number;
  radialSpeed: number;
  /** Radians per second, anticlockwise positive; only in orbit. */
  pace: number;
  /** Radians circled since the catch, or since the last full turn. */
  swept: number;
  /** Seconds since the tap; only in flight. */
  airborne: number;
  /** Times it was thrown back by a side of the field; only in flight. */
  bounces: number;
  /** No longer flying but falling; only in flight. */
  lost: boolean;
}

export interface Planet extends Vector {
  index: number;
  radius: number;
  /** Radius of the comet's orbit. */
  orbit: number;
  /** 0 to 1, chosen with the layout: which of the looks the planet has. */
  look: number;
}

export interface Dust extends Vector {
  id: number;
  /** On its way to the comet. */
  drawn: boolean;
}

/** Swings to and fro on a line across the way between two planets. */
export interface Rock extends Vector {
  id: number;
  radius: number;
  /** The middle of its line, and the line's direction, length 1. */
  middle: Vector;
  along: Vector;
  /** Largest distance from the middle. */
  swing: number;
  offset: number;
  /** Along the line, per second; the sign is the direction. */
  speed: number;
}

export interface Modifier {
  /** Item and place of the effect in it: the same effect again is subject to its stack rule. */
  key: string;
  itemId: string;
  stat: Stat;
  mul: number;
  add: number;
  /** Infinity lasts to the end of the run. */
  stepsLeft: number;
  stepsTotal: number;
}

export interface Charge {
  itemId: string;
  stat: Stat;
  count: number;
}

export type WorldEvent =
  | { kind: 'launch'; x: number; y: number }
  | { kind: 'bounce'; x: number; y: number }
  | { kind: 'catch'; x: number; y: number; planet: Planet; clean: boolean; combo: number }
  | { kind: 'comboLost' }
  | { kind: 'collect'; x: number; y: number; combo: number }
  | { kind: 'gate'; gate: number }
  | { kind: 'hit'; x: number; y: number; survived: boolean }
  | { kind: 'death'; x: number; y: number }
  | { kind: 'revive'; x: number; y: number }
  | { kind: 'cue'; id: Cue };

/** Height above the first orbit, and points. */
export const scoreOf = ({ height, points }: World): number =>
  Math.max(0, Math.floor(height) - FIRST_PLANET.orbit) + points;
