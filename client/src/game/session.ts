import { STEP_MS } from '@stardrift/shared/sim/constants';
import { createRun, type Run, replay } from '@stardrift/shared/sim/run';
import { readSavedRun, type SavedRun } from '@stardrift/shared/sim/saved';
import { scoreOf, type World, type WorldEvent } from '@stardrift/shared/sim/world';
import { dangerAt } from './danger.ts';
import type { Aim, GameEvents, GameItem, RunView } from './port.ts';

/** The run as the page drives it: time, freezing, inputs and news. It knows neither Phaser nor the page. */
export interface Session {
  readonly world: World;
  readonly view: RunView;
  /** No run was begun yet. */
  readonly idle: boolean;
  readonly frozen: boolean;
  /** Between the last two steps, 0 to 1: where the picture stands. */
  readonly blend: number;
  /** Where the comet was one step before. */
  readonly before: { x: number; y: number };
  setItems(items: readonly GameItem[]): void;
  start(seed: number, bare?: boolean): void;
  setFrozen(frozen: boolean): void;
  tap(): boolean;
  /** As the port says; `onEvents` sees what the use set off. */
  use(itemId: string, onEvents: (events: readonly WorldEvent[]) => void): boolean;
  save(): SavedRun | undefined;
  restore(saved: unknown): boolean;
  /** Lets time pass; `onStep` sees the world after each step, with its events. */
  advance(elapsedMs: number, onStep: (world: World) => void): void;
  /** Stops the world for a moment, for weight. It costs no run time. */
  hold(holdMs: number): void;
  /** Passes on where a tap leads, when that is news. */
  tellAim(aim: Aim | undefined): void;
  on<E extends keyof GameEvents>(event: E, listener: (value: GameEvents[E]) => void): () => void;
  /** The picture went away, or is back. */
  tellPicture(there: boolean): void;
  /** Plays by itself while set; for tests. */
  player: ((world: World) => boolean) | undefined;
}

/** A frame longer than this is a hiccup of the machine, not time for the player to answer for. */
const FRAME_MAX_MS = 100;
/** The comet's end is seen before the page is told of it. */
const LAST_SIGHT_MS = 520;
const IDLE_SEED = 20;
/** No eye follows figures that change faster, and each change of the page costs a layout. */
const NEWS_EVERY_MS = 50;
/** Finer steps than these nobody hears. */
const DANGER_LEVELS = 20;

type Listeners = { [E in keyof GameEvents]: Set<(value: GameEvents[E]) => void> };

export function createSession(): Session {
  const listeners: Listeners = {
    started: new Set(),
    changed: new Set(),
    died: new Set(),
    seen: new Set(),
    aim: new Set(),
    danger: new Set(),
    picture: new Set(),
  };
  const before = { x: 0, y: 0 };
  let items: readonly GameItem[] = [];
  let run: Run = createRun(IDLE_SEED, []);
  let idle = true;
  let frozen = false;
  let owedMs = 0;
  let heldMs = 0;
  let sightMs = 0;
  let untoldMs = 0;
  let lastSeen = '';
  let lastAim = '';
  let danger = 0;
  let there = true;
  let player: Session['player'];

  function emit<E extends keyof GameEvents>(event: E, value: GameEvents[E]): void {
    for (const listener of [...listeners[event]]) listener(value);
  }

  function begin(next: Run): void {
    run = next;
    idle = false;
    owedMs = heldMs = sightMs = 0;
    lastSeen = '';
    remember();
  }

  function remember(): void {
    before.x = run.world.comet.x;
    before.y = run.world.comet.y;
  }

  function tellSeen(events: readonly WorldEvent[]): void {
    if (!idle) for (const event of events) emit('seen', { event, gate: run.world.gate });
  }

  function tellDanger(): void {
    const { world } = run;
    const near = world.phase === 'dead' ? 0 : dangerAt(world.comet.y - world.voidY);
    const now = Math.round(near * DANGER_LEVELS) / DANGER_LEVELS;
    if (now === danger) return;
    danger = now;
    emit('danger', danger);
  }

  function tellNews(elapsedMs: number): void {
    untoldMs += elapsedMs;
    if (untoldMs >= NEWS_EVERY_MS) tellChanges();
  }

  function tellChanges(): void {
    untoldMs = 0;
    const view = viewOf(run.world, idle, frozen);
    const seen = JSON.stringify([
      view.phase,
      view.waiting,
      view.calm,
      view.score,
      view.dust,
      view.combo,
      view.used,
      view.active,
    ]);
    if (seen === lastSeen) return;
    lastSeen = seen;
    emit('changed', view);
  }

  function stepOnce(onStep: (world: World) => void): void {
    remember();
    if (!idle && player?.(run.world)) run.tap();
    const wasRunning = run.world.phase === 'running';
    run.step();
    onStep(run.world);
    tellSeen(run.world.events);
    if (wasRunning && run.world.phase === 'dead') sightMs = LAST_SIGHT_MS;
  }

  function tellDeath(elapsedMs: number): void {
    if (sightMs <= 0 || run.world.phase !== 'dead') return;
    sightMs -= elapsedMs;
    if (sightMs > 0) return;
    remember();
    emit('died', viewOf(run.world, idle, frozen));
  }

  return {
    get world() {
      return run.world;
    },
    get view() {
      return viewOf(run.world, idle, frozen);
    },
    get idle() {
      return idle;
    },
    get frozen() {
      return frozen;
    },
    get blend() {
      return run.world.phase === 'dead' ? 1 : Math.min(1, owedMs / STEP_MS);
    },
    before,
    setItems: (next) => {
      items = next;
    },
    start(seed, bare = false) {
      begin(createRun(seed, bare ? [] : items));
      frozen = false;
      emit('started', viewOf(run.world, idle, frozen));
    },
    setFrozen: (next) => {
      frozen = next;
    },
    tap: () => !idle && !frozen && run.tap(),
    use(itemId, onEvents) {
      if (idle) return false;
      const known = run.world.events.length;
      if (!run.use(itemId)) return false;
      const events = run.world.events.slice(known);
      onEvents(events);
      tellSeen(events);
      tellChanges();
      return true;
    },
    save: () => (idle ? undefined : run.save()),
    restore(value) {
      const saved = readSavedRun(value);
      const restored = saved && replay(saved);
      if (!restored) return false;
      begin(restored);
      frozen = true;
      return true;
    },
    advance(elapsedMs, onStep) {
      if (frozen) return;
      const passed = Math.min(FRAME_MAX_MS, elapsedMs);
      const heldNow = Math.min(heldMs, passed);
      heldMs -= heldNow;
      owedMs += passed - heldNow;
      while (owedMs >= STEP_MS) {
        owedMs -= STEP_MS;
        stepOnce(onStep);
      }
      tellDeath(passed);
      if (idle) return;
      tellNews(passed);
      tellDanger();
    },
    hold: (holdMs) => {
      heldMs = Math.max(heldMs, holdMs);
    },
    tellAim(aim) {
      const told = aim ? `${aim.x},${aim.y},${aim.now}` : '';
      if (told === lastAim) return;
      lastAim = told;
      emit('aim', aim);
    },
    on(event, listener) {
      listeners[event].add(listener);
      // It may have gone before there was anybody to hear it; telling it twice changes nothing.
      if (event === 'picture' && !there) emit('picture', there);
      return () => listeners[event].delete(listener);
    },
    tellPicture(now) {
      there = now;
      emit('picture', there);
    },
    get player() {
      return player;
    },
    set player(next) {
      player = next;
    },
  };
}

function viewOf(world: World, idle: boolean, frozen: boolean): RunView {
  return {
    phase: idle ? 'idle' : world.phase,
    frozen,
    waiting: !idle && !world.begun,
    calm: !idle && world.time < world.calmUntil,
    score: idle ? 0 : scoreOf(world),
    dust: world.dustCount,
    combo: world.combo,
    elapsedMs: idle ? 0 : Math.round(world.step * STEP_MS),
    used: { ...world.used },
    active: activeOf(world),
  };
}

/** One entry for each item: its longest effect under way, or Infinity while a charge waits. */
function activeOf(world: World): RunView['active'] {
  const active = new Map<string, RunView['active'][number]>();
  for (const { itemId, stepsLeft, stepsTotal } of world.modifiers) {
    const known = active.get(itemId);
    if (!known || known.msLeft < stepsLeft * STEP_MS)
      active.set(itemId, {
        itemId,
        msLeft: Math.round(stepsLeft * STEP_MS),
        msTotal: Math.round(stepsTotal * STEP_MS),
      });
  }
  for (const { itemId } of world.charges)
    active.set(itemId, { itemId, msLeft: Number.POSITIVE_INFINITY, msTotal: Number.POSITIVE_INFINITY });
  return [...active.values()];
}
