import type { Cosmetic } from '@stardrift/shared/catalog';
import type { ItemView } from '@stardrift/shared/protocol';
import { type Drawer, isRecord } from '../storage.ts';
import type { Goods } from './goods.ts';

export type CosmeticView = Extract<ItemView, { kind: 'cosmetic' }>;
type Part = Cosmetic['look']['part'];

/** Which owned look is worn on which part, a choice that stays on this device; and one that is only tried, which nobody keeps. */
export interface Looks {
  isWorn(itemId: string): boolean;
  /** Puts an owned look on, or off again when it is worn already. */
  toggle(item: CosmeticView): void;
  /** Over what is worn, until another is tried or none; the page alone knows of it. */
  tryOn(item: CosmeticView | undefined): void;
  /** The look that is tried, unless it has become the player's own. */
  readonly tried: CosmeticView | undefined;
}

const KEY = 'looks';

export function createLooks(drawer: Drawer, goods: Goods, wear: (looks: CosmeticView[]) => void): Looks {
  let chosen: Partial<Record<Part, string>> = drawer.get(KEY, isChoice) ?? {};
  let tried: CosmeticView | undefined;
  let shown = '';

  /** What was refunded is taken off by itself: only owned looks are worn. */
  function apply(): void {
    const own = Object.values(chosen)
      .map((id) => goods.item(id))
      .filter((item) => item?.kind === 'cosmetic')
      .filter((item) => goods.owned(item.id) > 0);
    const worn = tried ? [...own.filter(({ look }) => look.part !== tried?.look.part), tried] : own;
    const signature = worn.map((item) => JSON.stringify([item.id, item.look])).join();
    if (signature === shown) return;
    shown = signature;
    wear(worn);
  }
  function toggle(item: CosmeticView): void {
    const { [item.look.part]: before, ...rest } = chosen;
    chosen = before === item.id ? rest : { ...rest, [item.look.part]: item.id };
    drawer.set(KEY, chosen);
    if (tried?.look.part === item.look.part) tried = undefined;
    apply();
  }

  goods.onChange(apply);
  // Who buys what they are trying goes on wearing it.
  goods.onGain(({ gained }) => {
    if (tried && gained[tried.id] && chosen[tried.look.part] !== tried.id) toggle(tried);
  });

  return {
    isWorn: (itemId) => Object.values(chosen).includes(itemId) && goods.owned(itemId) > 0,
    toggle,
    tryOn(item) {
      tried = item;
      apply();
    },
    get tried() {
      return tried && goods.owned(tried.id) === 0 ? tried : undefined;
    },
  };
}

function isChoice(value: unknown): value is Partial<Record<Part, string>> {
  return isRecord(value) && Object.values(value).every((id) => typeof id === 'string');
}
