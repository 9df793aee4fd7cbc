import type { Revision } from '../../../src/purchase/order.ts';

/** Something that is bought again and again. */
export interface Wish {
  sku: string;
  quantity: number;
}

/**
 * All that a player may have open at once without one order replacing another. Looks, and what is limited for a player
 * or for all, can't be bought by the thousand.
 */
export function wishesOf({ catalog }: Revision): Wish[] {
  return catalog.offers
    .filter(({ category, perPlayer, stock }) => category !== 'looks' && !perPlayer && stock === undefined)
    .flatMap(({ sku, maxQuantity }) =>
      Array.from({ length: maxQuantity }, (_, i) => ({ sku, quantity: i + 1 })),
    );
}
