import type { Icon } from '@stardrift/shared/catalog';
import type { OfferView } from '@stardrift/shared/protocol';
import { type Child, h } from '../dom.ts';
import { iconSvg, starSvg } from '../game/icon.ts';
import type { Words } from '../words/words.ts';
import { type Goods, lotOf, soleItemOf } from './goods.ts';
import type { CosmeticView } from './looks.ts';
import type { ShopView } from './view.ts';

/** Star and number are one run of text in either direction of writing. */
export function price(words: Words, stars: number): HTMLElement {
  return h(
    'bdi',
    { class: 'price' },
    h('span', { class: 'star', html: starSvg(), 'aria-hidden': true }),
    h('span', {}, words.number(stars)),
  );
}

/** Says on the key of an item, in its other corner, how many the price on it is for. Styles show it; its name says the offer's title. */
export function markLot(key: HTMLElement, words: Words, offer: OfferView | undefined): void {
  const lot = offer ? lotOf(offer) : 1;
  if (lot > 1) key.dataset.lot = `×${words.number(lot)}`;
  else delete key.dataset.lot;
}

/** What the key is called that leads to an item the player has none of: the offer's title says how many it gives. */
export const getName = (words: Words, title: string, offer: OfferView | undefined): string =>
  offer
    ? words('getItem', { title: offer.title, count: offer.priceStars })
    : words('getItemNoPrice', { title });

export const itemIcon = (icon: Icon, className = 'icon'): HTMLElement =>
  h('span', { class: className, 'aria-hidden': true, html: iconSvg(icon) });

export const button = (
  className: string,
  name: string,
  tap: () => void,
  ...children: Child[]
): HTMLButtonElement =>
  h(
    'button',
    { type: 'button', class: className, 'aria-label': name, 'data-key': name, onclick: tap },
    ...children,
  );

/** A button that shows more, or other words, than it is called: who listens hears the name, who looks sees the rest. */
export const namedButton = (
  props: {
    class: string;
    name: string;
    /** Heard after the name. */
    description?: string | undefined;
    key: string;
    disabled?: boolean;
    tap: () => void;
  },
  ...seen: Child[]
): HTMLButtonElement =>
  h(
    'button',
    {
      ...{ type: 'button', class: props.class, 'data-key': props.key, onclick: props.tap },
      ...{ disabled: props.disabled, 'aria-description': props.description },
    },
    h('span', { class: 'visually-hidden' }, props.name),
    h('span', { class: 'seen', 'aria-hidden': true }, ...seen),
  );

/** A button whose visible words are its name. */
export const wordButton = (className: string, text: string, tap: () => void): HTMLButtonElement =>
  h('button', { type: 'button', class: className, 'data-key': text, onclick: tap }, text);

/** The look an offer is all about, if it grants one look and nothing else. */
export function lookOf(offer: OfferView, goods: Goods): CosmeticView | undefined {
  const sole = soleItemOf(offer);
  const item = sole && goods.item(sole.id);
  return item?.kind === 'cosmetic' ? item : undefined;
}

/** That look, once the player owns it. */
export function ownedLook(offer: OfferView, goods: Goods): CosmeticView | undefined {
  const look = lookOf(offer, goods);
  return look && goods.owned(look.id) > 0 ? look : undefined;
}

/** How many the player has of what the offer is about; bundles of several things have no one count. */
export function ownedOf(offer: OfferView, goods: Goods): number | undefined {
  const sole = soleItemOf(offer);
  return sole && goods.owned(sole.id);
}

type Stock = Pick<ShopView, 'goods' | 'words' | 'holds'>;

/** Sold out for everybody but who has one set aside. */
export const isGone = (offer: OfferView, { holds }: Pick<Stock, 'holds'>): boolean =>
  offer.unavailable === 'sold_out' && !holds(offer.sku);

/** How many there are for everybody, if the offer is limited and the player can still want one. */
export function leftLine(offer: OfferView, { goods, words, holds }: Stock): Child {
  const { sku, left, unavailable } = offer;
  if (left === undefined || ownedLook(offer, goods)) return undefined;
  if (holds(sku)) return h('span', { class: 'left' }, words('heldForYou'));
  if (unavailable) return undefined;
  return h('span', { class: 'left' }, words('left', { count: left, left: words.number(left) }));
}

/** What of the offer's goods is owed: the next of them go to used ones whose Stars went back. */
export function debtLines(offer: OfferView, goods: Goods, words: Words, key: 'debt' | 'debtShort'): Child[] {
  const ids = Object.keys(offer.grant);
  return ids
    .filter((id) => goods.owes(id) > 0)
    .map((id) => {
      const text = words(key, { count: goods.owes(id) });
      const title = goods.item(id)?.title ?? id;
      return h('span', { class: 'debt' }, ids.length > 1 ? words('about', { title, text }) : text);
    });
}

/** A taste of a look: the colours it brings. */
export function swatch(item: CosmeticView): HTMLElement {
  const { look } = item;
  if (look.part === 'trail')
    return h('span', {
      class: 'swatch trail',
      'aria-hidden': true,
      style: `--trail: linear-gradient(90deg, transparent, ${look.palette.toReversed().join(', ')})`,
    });
  return h(
    'span',
    { class: 'swatch planets', 'aria-hidden': true },
    ...look.palettes
      .slice(0, 3)
      .map(([light, dark]) => h('i', { style: `--light: ${light}; --dark: ${dark}` })),
  );
}

/** What a bundle holds, on its card. */
export function contents(offer: OfferView, goods: Goods, words: Words): HTMLElement {
  const parts = Object.entries(offer.grant).map(([id, count]) => {
    const item = goods.item(id);
    return h(
      'li',
      { class: 'part' },
      item && itemIcon(item.icon, 'icon small'),
      h('span', { class: 'item-name' }, item?.title ?? id),
      item?.kind !== 'cosmetic' && h('bdi', { class: 'count' }, `×${words.number(count)}`),
    );
  });
  return h('ul', { class: 'contents', 'aria-label': words('contains') }, ...parts);
}

/** The same in a line, for the row of the shop: three of this, five of that. */
export const spelled = (offer: OfferView, goods: Goods, words: Words): string =>
  words.list(
    Object.entries(offer.grant).map(([id, count]) => {
      const item = goods.item(id);
      const title = item?.title ?? id;
      return item?.kind === 'cosmetic' ? title : `${title}\u00a0×${words.number(count)}`;
    }),
  );
