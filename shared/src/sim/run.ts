import { cometAt } from './comet.ts';
import { SIM_VERSION, VOID } from './constants.ts';
import { fireItem, wouldHelp } from './effects.ts';
import { extend, firstPlanet } from './generator.ts';
import { createRng, random } from './rng.ts';
import type { SavedRun } from './saved.ts';
import { step } from './step.ts';
import type { ItemRules } from './vocabulary.ts';
import type { World } from './world.ts';

/** One game from start to death, driven by its inputs alone: seed, taps and uses decide everything. */
export interface Run {
  readonly world: World;
  /** Lets the comet go at the next step. False when it circles nothing. */
  tap(): boolean;
  /** True when `use` would be taken now. */
  canUse(itemId: string): boolean;
  /** Uses an item before the next step. False for an unknown item, one used `perRun` times, and one that would do nothing now. */
  use(itemId: string): boolean;
  step(): void;
  save(): SavedRun;
}

export function createRun(seed: number, items: readonly ItemRules[]): Run {
  const world = createWorld(seed, items);
  const taps: number[] = [];
  const uses: SavedRun['uses'] = [];
  let tapped = false;

  const find = (itemId: string): ItemRules | undefined => {
    const item = world.items.find((entry) => entry.id === itemId);
    if (!item || (world.used[itemId] ?? 0) >= (item.perRun ?? Number.POSITIVE_INFINITY)) return undefined;
    return wouldHelp(world, item) ? item : undefined;
  };

  return {
    world,
    tap() {
      if (world.phase === 'dead' || world.comet.mode !== 'orbit' || tapped) return false;
      tapped = true;
      taps.push(world.step);
      return true;
    },
    canUse: (itemId) => find(itemId) !== undefined,
    use(itemId) {
      const item = find(itemId);
      if (!item) return false;
      uses.push({ step: world.step, itemId });
      world.used[itemId] = (world.used[itemId] ?? 0) + 1;
      fireItem(world, item, 'use');
      return true;
    },
    step() {
      step(world, tapped);
      tapped = false;
    },
    save: () => ({
      version: SIM_VERSION,
      seed,
      steps: world.step,
      taps: [...taps],
      uses: uses.map((use) => ({ ...use })),
      items: world.items.map((item) => ({ ...item })),
    }),
  };
}

/** Plays a saved run up to where it was. `undefined` when its inputs don't fit together. */
export function replay(saved: SavedRun): Run | undefined {
  const slices = replayInSlices(saved, Number.POSITIVE_INFINITY);
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  return slice.value;
}

/** As `replay`, pausing after every so many steps, for whoever has other things to do meanwhile. */
export function* replayInSlices(saved: SavedRun, sliceSteps: number): Generator<void, Run | undefined> {
  const run = createRun(saved.seed, saved.items);
  const { world } = run;
  let nextTap = 0;
  let nextUse = 0;
  for (;;) {
    for (let use = saved.uses[nextUse]; use?.step === world.step; use = saved.uses[++nextUse])
      if (!run.use(use.itemId)) return undefined;
    if (saved.taps[nextTap] === world.step) {
      if (!run.tap()) return undefined;
      nextTap += 1;
    }
    if (world.step === saved.steps) break;
    const before = world.step;
    run.step();
    if (world.step === before) return undefined;
    if (world.step % sliceSteps === 0) yield;
  }
  return nextTap === saved.taps.length && nextUse === saved.uses.length ? run : undefined;
}

function createWorld(seed: number, items: readonly ItemRules[]): World {
  const layoutRng = createRng(seed, 1);
  const first = firstPlanet(random(layoutRng));
  const world: World = {
    seed,
    step: 0,
    phase: 'running',
    cause: undefined,
    time: 0,
    begun: false,
    comet: cometAt(first),
    planets: [first],
    dust: [],
    rocks: [],
    voidY: -VOID.startBelow,
    gate: 0,
    calmUntil: 0,
    height: 0,
    dustCount: 0,
    points: 0,
    combo: 1,
    safeSteps: 0,
    modifiers: [],
    charges: [],
    // Whatever else a catalogue says of an item is no part of the world, nor of what is saved of it.
    items: items.map(({ id, perRun, effects }) => ({ id, perRun, effects })),
    used: {},
    nextIndex: 1,
    nextDustId: 0,
    layoutRng,
    rockRng: createRng(seed, 2),
    events: [],
  };
  extend(world);
  return world;
}
