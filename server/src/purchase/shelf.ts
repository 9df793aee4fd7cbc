import { inLanguage, isEntitlement, type Language } from '@stardrift/shared/catalog';
import type { InventoryView, ItemView, OfferView } from '@stardrift/shared/protocol';
import { type Holdings, isLimitReached, isOnSale, itemById, ownsAll, type Revision } from './order.ts';
import type { Inventory } from './ports.ts';

/**
 * The shop as one player sees it now, in their language.
 * @param left sku → copies left, of the offers that are limited
 */
export function viewShelf(
  { id, catalog }: Revision,
  language: Language,
  holdings: Holdings,
  left: Map<string, number>,
  nowMs: number,
): { revision: string; offers: OfferView[]; items: ItemView[] } {
  const offers = catalog.offers
    .filter((offer) => isOnSale(offer, nowMs))
    .map((offer): OfferView => {
      const first = itemById(catalog, Object.keys(offer.grant)[0] ?? '');
      const view: OfferView = {
        sku: offer.sku,
        category: offer.category,
        title: inLanguage(offer.title, language),
        description: inLanguage(offer.description, language),
        priceStars: offer.priceStars,
        grant: offer.grant,
        icon: offer.icon ?? first?.icon ?? { glyph: 'pack', hue: 45 },
        maxQuantity: offer.maxQuantity,
      };
      if (offer.until !== undefined) view.untilMs = Date.parse(offer.until);
      const copies = left.get(offer.sku);
      if (copies !== undefined) view.left = copies;
      if (ownsAll(catalog, offer.grant, holdings.items)) view.unavailable = 'owned';
      else if (isLimitReached(offer, 1, holdings.bought)) view.unavailable = 'limit_reached';
      else if (copies === 0) view.unavailable = 'sold_out';
      return view;
    });
  const items = catalog.items.map((item) => ({
    ...item,
    title: inLanguage(item.title, language),
    description: inLanguage(item.description, language),
  }));
  return { revision: id, offers, items };
}

export function viewInventory({ rev, items, debts }: Inventory, { catalog }: Revision): InventoryView {
  const owned = catalog.items.filter((item) => isEntitlement(item) && (items[item.id] ?? 0) > 0);
  const view: InventoryView = { rev, items, entitlements: owned.map(({ id }) => id) };
  return Object.keys(debts).length > 0 ? { ...view, debts } : view;
}
