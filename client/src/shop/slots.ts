import type { ItemView } from '@stardrift/shared/protocol';
import { type Drawer, isRecord } from '../storage.ts';
import type { Goods } from './goods.ts';

export type ConsumableView = Extract<ItemView, { kind: 'consumable' }>;
export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];
type Choice = Partial<Record<Side, string>>;

/** The two items under the player's thumbs in a run. */
export interface Slots {
  item(side: Side): ConsumableView | undefined;
  /** Where the item lies, if it does. */
  sideOf(itemId: string): Side | undefined;
  put(side: Side, itemId: string): void;
  /** A gained item takes the place of one the player has none of, so that it is under the thumb at once. */
  welcome(itemId: string): void;
}

const KEY = 'slots';

export function createSlots(drawer: Drawer, goods: Goods, changed: () => void): Slots {
  let choice: Choice = drawer.get(KEY, isChoice) ?? {};
  const now = () => slotItems(goods.catalog?.items ?? [], choice);
  function put(side: Side, itemId: string): void {
    choice = placed(now(), side, itemId);
    drawer.set(KEY, choice);
    changed();
  }
  return {
    item: (side) => now()[side],
    sideOf: (itemId) => SIDES.find((side) => now()[side]?.id === itemId),
    put,
    welcome(itemId) {
      const item = goods.item(itemId);
      const side = item && fitsSlot(item) ? roomFor(now(), itemId, goods.owned) : undefined;
      if (side) put(side, itemId);
    },
  };
}

/** Whether an item is one for that moment of a run. */
export const fits =
  (moment: ConsumableView['slots'][number]) =>
  (item: ItemView): item is ConsumableView =>
    item.kind === 'consumable' && item.slots.includes(moment);

/** Can lie in a slot of the run. */
export const fitsSlot = fits('hud');

/** The run has used it as often as it may. */
export const isSpent = ({ id, perRun }: ConsumableView, used: Readonly<Record<string, number>>): boolean =>
  perRun !== undefined && (used[id] ?? 0) >= perRun;

/** The chosen items that still exist; an empty place takes the first of the catalogue that is not in the other. */
export function slotItems(items: readonly ItemView[], choice: Choice): Partial<Record<Side, ConsumableView>> {
  const fitting = items.filter(fitsSlot);
  const chosen = (side: Side) => fitting.find((item) => item.id === choice[side]);
  const left = chosen('left') ?? fitting.find((item) => item.id !== chosen('right')?.id);
  const right = [chosen('right'), ...fitting].find((item) => item && item.id !== left?.id);
  return { ...(left && { left }), ...(right && { right }) };
}

/** The side whose item the player has none of; none for an item that lies in a slot already. */
export function roomFor(
  now: Partial<Record<Side, { id: string }>>,
  itemId: string,
  owned: (itemId: string) => number,
): Side | undefined {
  if (now.left?.id === itemId || now.right?.id === itemId) return undefined;
  return (['right', 'left'] as const).find((side) => owned(now[side]?.id ?? '') === 0);
}

/** An item that lies in the other slot changes places with the one that was here. */
export function placed(now: Partial<Record<Side, { id: string }>>, side: Side, itemId: string): Choice {
  const other: Side = side === 'left' ? 'right' : 'left';
  const there = now[other]?.id === itemId ? now[side]?.id : now[other]?.id;
  return { [side]: itemId, ...(there !== undefined && { [other]: there }) };
}

function isChoice(value: unknown): value is Choice {
  return isRecord(value) && Object.values(value).every((id) => typeof id === 'string');
}
