import type { Cosmetic } from '@stardrift/shared/catalog';
import type { ItemView } from '@stardrift/shared/protocol';
import { type Drawer, isRecord } from '../storage.ts';
import type { Goods } from './goods.ts';

export type CosmeticView = Extract<ItemView, { kind: 'cosmetic' }>;
type Part = Cosmetic['look']['part'];

/** Which owned look is worn on which part; the choice stays on this device. */
export interface Looks {
  isWorn(itemId: string): boolean;
  /** Puts an owned look on, or off again when it is worn already. */
  toggle(item: CosmeticView): void;
}

const KEY = 'looks';

export function createLooks(drawer: Drawer, goods: Goods, wear: (looks: CosmeticView[]) => void): Looks {
  let chosen: Partial<Record<Part, string>> = drawer.get(KEY, isChoice) ?? {};
  let shown = '';

  /** What was refunded is taken off by itself: only owned looks are worn. */
  function apply(): void {
    const worn = Object.values(chosen)
      .map((id) => goods.item(id))
      .filter((item) => item?.kind === 'cosmetic')
      .filter((item) => goods.owned(item.id) > 0);
    const signature = worn.map((item) => JSON.stringify([item.id, item.look])).join();
    if (signature === shown) return;
    shown = signature;
    wear(worn);
  }
  goods.onChange(apply);

  return {
    isWorn: (itemId) => Object.values(chosen).includes(itemId) && goods.owned(itemId) > 0,
    toggle(item) {
      const { [item.look.part]: before, ...rest } = chosen;
      chosen = before === item.id ? rest : { ...rest, [item.look.part]: item.id };
      drawer.set(KEY, chosen);
      apply();
    },
  };
}

function isChoice(value: unknown): value is Partial<Record<Part, string>> {
  return isRecord(value) && Object.values(value).every((id) => typeof id === 'string');
}
