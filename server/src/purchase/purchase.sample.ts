import type { Catalog, Offer } from '@stardrift/shared/catalog';
import type { Payload } from '@stardrift/shared/payload';
import type { Order, Revision } from './order.ts';

/** A small catalogue and an order of it, for tables that change one thing at a time. */
export const NOW_MS = 1_790_000_000_000;

const words = (text: string) => ({ en: text, ru: text });

export const SHIELD_OFFER: Offer = {
  sku: 'shield_3',
  category: 'help',
  title: words('Shield'),
  description: words('Three shields.'),
  priceStars: 15,
  grant: { shield: 3 },
  maxQuantity: 5,
  onSale: true,
};

export const CATALOG: Catalog = {
  items: [
    {
      id: 'shield',
      kind: 'consumable',
      title: words('Shield'),
      description: words('Takes a hit.'),
      icon: { glyph: 'shield', hue: 195 },
      slots: ['hud'],
      effects: [{ on: 'use', op: 'charge', stat: 'hitGuard', add: 1, max: 1 }],
    },
    {
      id: 'trail_ember',
      kind: 'cosmetic',
      title: words('Ember'),
      description: words('Sparks.'),
      icon: { glyph: 'trail', hue: 18 },
      look: { part: 'trail', palette: ['#ffffff', '#e4572e'], width: 10 },
    },
  ],
  offers: [
    SHIELD_OFFER,
    {
      ...SHIELD_OFFER,
      sku: 'trail_ember',
      priceStars: 50,
      grant: { trail_ember: 1 },
      maxQuantity: 1,
      category: 'looks',
    },
    {
      ...SHIELD_OFFER,
      sku: 'starter',
      priceStars: 25,
      grant: { shield: 1, trail_ember: 1 },
      maxQuantity: 1,
      perPlayer: 1,
    },
  ],
};

export const REVISION: Revision = { id: '0123456789ab', catalog: CATALOG };

export const withOffer = (change: Partial<Offer>): Revision => ({
  ...REVISION,
  catalog: {
    ...CATALOG,
    offers: CATALOG.offers.map((offer) => (offer.sku === 'shield_3' ? { ...offer, ...change } : offer)),
  },
});

export const ORDER: Order = {
  id: 'order_000000000000001',
  playerId: 42,
  sku: 'shield_3',
  quantity: 1,
  priceStars: 15,
  grant: { shield: 3 },
  revision: REVISION.id,
  createdAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 900_000,
  state: 'new',
};

export const PAYLOAD: Payload = {
  playerId: 42,
  orderId: ORDER.id,
  sku: 'shield_3',
  quantity: 1,
  revision: REVISION.id,
};
