import type { ItemView } from '@stardrift/shared/protocol';
import { type Drawer, isRecord } from '../storage.ts';
import type { Goods } from './goods.ts';
import { type ConsumableView, fits } from './slots.ts';

/** The places for what is taken along into a run. */
export const PLACES = ['first', 'second'] as const;
export type Place = (typeof PLACES)[number];
type Choice = Partial<Record<Place, string>>;
export type Packed = Partial<Record<Place, ConsumableView>>;

/** What is chosen before a run and used as it begins. */
export interface Loadout {
  /** Chosen, and still owned: a place whose item ran out is empty. */
  item(place: Place): ConsumableView | undefined;
  /** In the order of the places. */
  items(): ConsumableView[];
  /** Remembered on this device; without an item the place stays empty. */
  put(place: Place, itemId: string | undefined): void;
  /** Owned items that could lie there. */
  choices(place: Place): ConsumableView[];
  /** What could be had for a place for which the player owns nothing. */
  suggestion(place: Place): ConsumableView | undefined;
}

const KEY = 'loadout';

type Owned = (itemId: string) => number;

export function createLoadout(drawer: Drawer, goods: Goods): Loadout {
  let choice: Choice = drawer.get(KEY, isChoice) ?? {};
  const items = () => goods.catalog?.items ?? [];
  const now = () => packed(items(), choice, goods.owned);
  const sells = (itemId: string) =>
    goods.catalog?.offers.some(({ grant, unavailable }) => !unavailable && (grant[itemId] ?? 0) > 0) ?? false;
  return {
    item: (place) => now()[place],
    items() {
      const { first, second } = now();
      return [first, second].filter((item) => item !== undefined);
    },
    put(place, itemId) {
      choice = placed(choice, place, itemId);
      drawer.set(KEY, choice);
    },
    choices: (place) => choicesFor(items(), now(), place, goods.owned),
    suggestion: (place) => suggested(items(), now(), sells)[place],
  };
}

/** Can be taken along into a run. */
export const fitsLoadout = fits('loadout');

/** The chosen items that still exist and are owned. */
export function packed(items: readonly ItemView[], choice: Choice, owned: Owned): Packed {
  const chosen = (place: Place) =>
    items.filter(fitsLoadout).find((item) => item.id === choice[place] && owned(item.id) > 0);
  const first = chosen('first');
  const second = chosen('second');
  return { ...(first && { first }), ...(second && second !== first && { second }) };
}

export function choicesFor(
  items: readonly ItemView[],
  now: Packed,
  place: Place,
  owned: Owned,
): ConsumableView[] {
  const elsewhere = now[place === 'first' ? 'second' : 'first']?.id;
  return items.filter(fitsLoadout).filter(({ id }) => owned(id) > 0 && id !== elsewhere);
}

/** For each empty place an item that is sold: first what can be had before a run alone, then the rest as the catalogue has it. */
export function suggested(
  items: readonly ItemView[],
  now: Packed,
  sells: (itemId: string) => boolean,
): Packed {
  const free = items
    .filter(fitsLoadout)
    .filter(({ id }) => sells(id) && PLACES.every((place) => now[place]?.id !== id))
    .sort((a, b) => a.slots.length - b.slots.length);
  return Object.fromEntries(
    PLACES.filter((place) => !now[place]).flatMap((place, at) => {
      const item = free[at];
      return item ? [[place, item]] : [];
    }),
  );
}

/** One item lies in one place: put into the other, it leaves the one it was in. */
export function placed(choice: Choice, place: Place, itemId: string | undefined): Choice {
  const other: Place = place === 'first' ? 'second' : 'first';
  const there = choice[other] === itemId ? undefined : choice[other];
  return { ...(itemId !== undefined && { [place]: itemId }), ...(there !== undefined && { [other]: there }) };
}

/** What lasts for a while is kept for the first tap: nothing of it runs out while the comet only circles. */
export const waitsForTap = ({ effects }: Pick<ConsumableView, 'effects'>): boolean =>
  effects.some(
    (effect) =>
      effect.on === 'use' &&
      [effect, ...(effect.then ?? [])].some((operation) => 'ms' in operation && operation.ms !== undefined),
  );

function isChoice(value: unknown): value is Choice {
  return isRecord(value) && Object.values(value).every((id) => typeof id === 'string');
}
