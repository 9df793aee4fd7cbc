import type { Catalog, Grant, Offer } from '@stardrift/shared/catalog';
import type { Revision } from '../../../src/purchase/order.ts';

/** What an offer costs and gives in one revision: the judge's own list, from which the catalogues are made as well. */
export interface Price {
  stars: number;
  goods: Grant;
  onSale: boolean;
  /** How many one player may have. */
  perPlayer?: number;
  /** How many all players together may have. */
  copies?: number;
}

/** The kinds of offers: a plain one, a look, three per player, a limited one, and one of both kinds. */
export const OFFERS = ['shield', 'ember', 'starter', 'limited', 'rare'] as const;
export type OfferKind = (typeof OFFERS)[number];
export const ITEMS = ['shield', 'magnet'] as const;
/** It is worn, and not used up. */
export const LOOK = 'trail_ember';
export const MOST_AT_ONCE = 3;

/** The same offers in time: dearer and richer in the second revision, and one of them withdrawn in the third. */
export const REVISIONS = ['0123456789aa', '0123456789bb', '0123456789cc'] as const;

const FIRST: Record<OfferKind, Price> = {
  shield: { stars: 15, goods: { shield: 3 }, onSale: true },
  ember: { stars: 50, goods: { [LOOK]: 1 }, onSale: true },
  starter: { stars: 25, goods: { shield: 1, magnet: 2 }, onSale: true, perPlayer: 3 },
  limited: { stars: 30, goods: { magnet: 4 }, onSale: true, copies: 3 },
  rare: { stars: 90, goods: { shield: 2, magnet: 1 }, onSale: true, perPlayer: 1, copies: 2 },
};

function dearer(price: Price): Price {
  const goods = Object.entries(price.goods).map(([item, count]) => [item, count + 1]);
  return { ...price, stars: price.stars + 5, goods: Object.fromEntries(goods) };
}

function listOf(revision: string): Record<OfferKind, Price> {
  if (revision === REVISIONS[0]) return FIRST;
  if (revision === REVISIONS[2]) return { ...FIRST, shield: { ...FIRST.shield, onSale: false } };
  return Object.fromEntries(OFFERS.map((kind) => [kind, dearer(FIRST[kind])])) as typeof FIRST;
}

const LISTS = new Map<string, Record<OfferKind, Price>>(REVISIONS.map((id) => [id, listOf(id)]));

/** A shop's own name of an offer, for the copies of a limited one are counted by name. */
export const skuOf = (kind: OfferKind, shop: number): string => `${kind}_${shop}`;

export function priceOf(sku: string, revision: string): Price | undefined {
  return LISTS.get(revision)?.[sku.split('_')[0] as OfferKind];
}

export function timesGoods(goods: Grant, quantity: number): Grant {
  return Object.fromEntries(Object.entries(goods).map(([item, count]) => [item, count * quantity]));
}

const words = (text: string) => ({ en: text, ru: text });

const ITEM_LIST: Catalog['items'] = [
  ...ITEMS.map((id) => ({
    id,
    kind: 'consumable' as const,
    title: words(id),
    description: words(id),
    icon: { glyph: 'shield' as const, hue: 195 },
    slots: ['hud' as const],
    effects: [{ on: 'use' as const, op: 'charge' as const, stat: 'hitGuard' as const, add: 1, max: 1 }],
  })),
  {
    id: LOOK,
    kind: 'cosmetic',
    title: words('Ember'),
    description: words('Sparks.'),
    icon: { glyph: 'trail', hue: 18 },
    look: { part: 'trail', palette: ['#ffffff', '#e4572e'], width: 10 },
  },
];

function offerOf(kind: OfferKind, shop: number, price: Price): Offer {
  return {
    sku: skuOf(kind, shop),
    category: 'help',
    title: words(kind),
    description: words(kind),
    priceStars: price.stars,
    grant: price.goods,
    maxQuantity: kind === 'ember' ? 1 : MOST_AT_ONCE,
    onSale: price.onSale,
    ...(price.perPlayer !== undefined && { perPlayer: price.perPlayer }),
    ...(price.copies !== undefined && { stock: price.copies }),
  };
}

/** The catalogues of one shop, oldest first. */
export function catalogsOf(shop: number): Revision[] {
  return [...LISTS].map(([id, list]) => ({
    id,
    catalog: { items: ITEM_LIST, offers: OFFERS.map((kind) => offerOf(kind, shop, list[kind])) },
  }));
}
