import type { Words } from '../words/words.ts';
import type { Goods } from './goods.ts';
import type { CosmeticView, Looks } from './looks.ts';
import type { ShopState } from './shop.ts';
import type { Side, Slots } from './slots.ts';

/** What the pages of the shop read, and what their taps mean. */
export interface ShopView {
  words: Words;
  goods: Goods;
  looks: Looks;
  slots: Slots;
  state: ShopState;
  offline: boolean;
  /** A run waits behind the sheet. */
  inRun: boolean;
  /** One is set aside for the player, although nobody else can have any. */
  holds(sku: string): boolean;
  quantity: number;
  /** In the middle of a run there is one question only: this item, yes or no. */
  quick: boolean;
  toCard(sku: string): void;
  toHistory(): void;
  /** From the list: card, order and pay sheet in one tap. */
  buyNow(sku: string): void;
  /** On the card. */
  buy(): void;
  setQuantity(quantity: number): void;
  wear(look: CosmeticView): void;
  /** Out of the shop and into a run with it, once. */
  tryOn(look: CosmeticView): void;
  put(side: Side, itemId: string): void;
  /** Out of the shop, back to whatever was there before. */
  leave(): void;
}
