import { isEntitlement } from '@stardrift/shared/catalog';
import { itemById, type Refusal, type Revision } from './order.ts';
import type { Inventories, Inventory } from './ports.ts';

/** Uses up an item, once per operation. A look is worn, not used. */
export async function useItem(
  inventories: Inventories,
  revision: Revision,
  playerId: number,
  use: { opId: string; itemId: string; count?: number | undefined },
): Promise<Inventory | Refusal> {
  const item = itemById(revision.catalog, use.itemId);
  if (!item) return { refused: 'unknown_item' };
  if (isEntitlement(item)) return { refused: 'not_usable' };
  const used = await inventories.use(playerId, use.opId, use.itemId, use.count ?? 1);
  return 'inventory' in used ? used.inventory : { refused: used.kind };
}
