import type { Consumable, Cosmetic } from '@stardrift/shared/catalog';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import type { WorldEvent } from '@stardrift/shared/sim/world';
import type { Outlook } from './outlook.ts';

export type { Outlook } from './outlook.ts';

/** An item without its words, which the game does not read. */
export type GameItem = Omit<Consumable, 'title' | 'description'>;
export type GameLook = Omit<Cosmetic, 'title' | 'description'>;

/** What the rest of the page may know of a run; a snapshot, refreshed for each call. */
export interface RunView {
  phase: 'idle' | 'running' | 'dead';
  /** Frozen: the picture stands still, time does not pass in the run, taps do nothing. */
  frozen: boolean;
  /** Before the first tap of a run: the comet circles, the void does not rise yet. */
  waiting: boolean;
  /** After a gate: the void rests. */
  calm: boolean;
  score: number;
  dust: number;
  combo: number;
  /** Run time in milliseconds, frozen time not counted. */
  elapsedMs: number;
  /** Uses in this run so far, by item id. */
  used: Readonly<Record<string, number>>;
  /** Effects under way: item id, and milliseconds left (`Infinity` for a charge that waits for its moment). */
  active: readonly { itemId: string; msLeft: number; msTotal: number }[];
}

/** Where and when a tap leads on, for those who learn it. CSS pixels of the page. */
export interface Aim {
  /** Outside the orbit, beside the best point to let go. */
  x: number;
  y: number;
  /** The comet is where a tap leads to a planet further up. */
  now: boolean;
}

export interface GameEvents {
  started: RunView;
  /** Score, dust, combo or an effect changed; at most twenty times a second, and at once when an item was used. */
  changed: RunView;
  /** The void or a rock got the comet. The last frame stays in view. */
  died: RunView;
  /** Something happened in the world, for ears and fingers; `gate` is how many were crossed. */
  seen: { event: WorldEvent; gate: number };
  /** Only while a lesson is on: the aim changed, or there is none. */
  aim: Aim | undefined;
  /** The void came closer or fell back: 0 far away, 1 touching. */
  danger: number;
  /** False when the phone took the picture away, as it may when memory is short; true when it is back. Whoever comes later is told as well. */
  picture: boolean;
}

/** The game as the page drives it. It knows items by their data alone, and neither the shop nor the network. */
export interface Game {
  readonly run: RunView;
  /** The first frame is in the picture. */
  readonly drawn: Promise<void>;
  /** How the run stands now. */
  readonly outlook: Outlook;
  /** Items a run may use; unknown ids are refused by `use`. Takes effect on the next run. */
  setItems(items: readonly GameItem[]): void;
  /** The looks that are worn, at most one for each part. */
  wear(looks: readonly GameLook[]): void;
  /** Starts a run at once; `seed` decides everything in it but the taps and uses. A bare run knows no items. */
  start(seed: number, bare?: boolean): void;
  /** Shows where to let go, and the way the comet then takes. */
  teach(on: boolean): void;
  /** Stops time and drawing where they are. Repeating it changes nothing. */
  freeze(): void;
  /** Time goes on. Repeating it changes nothing. */
  thaw(): void;
  /**
   * Enters one use of an item into the run at the next step; also while dead, for an item that revives. False when the
   * run can't take it now: no run, `perRun` reached, an unknown item, or a dead run and an item that does not revive.
   */
  use(itemId: string): boolean;
  /** The whole run as plain JSON, to go on after a reload; `undefined` when idle. A dead run can still be revived. */
  save(): SavedRun | undefined;
  /** Puts a saved run back, frozen. False when it is not one of this version. */
  restore(saved: unknown): boolean;
  on<E extends keyof GameEvents>(event: E, listener: (value: GameEvents[E]) => void): () => void;
  /** Fits the picture to the space left by the host's bars; CSS pixels. */
  inset(top: number, bottom: number): void;
  destroy(): void;
}
