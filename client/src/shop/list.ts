import type { ItemView, OfferView } from '@stardrift/shared/protocol';
import { type Child, h } from '../dom.ts';
import type { CosmeticView } from './looks.ts';
import {
  button,
  contents,
  debtLines,
  isGone,
  itemIcon,
  leftLine,
  lookOf,
  namedButton,
  ownedLook,
  ownedOf,
  price,
  swatch,
  wordButton,
} from './parts.ts';
import type { ShopView } from './view.ts';

/** The shelves. A row leads to the card, the price on it straight to Telegram. */
export function list(view: ShopView): Child[] {
  const { goods, words } = view;
  if (!goods.catalog) return [skeleton(view)];
  const shelves = (['help', 'packs', 'looks'] as const).map((category) => {
    const offers = goods.catalog?.offers.filter((offer) => offer.category === category) ?? [];
    const kept = category === 'looks' ? keptLooks(view, offers) : [];
    if (offers.length + kept.length === 0) return undefined;
    return h(
      'section',
      { class: `shelf ${category}`, 'aria-labelledby': `shelf-${category}` },
      h('h3', { id: `shelf-${category}` }, words(category)),
      h(
        'ul',
        {},
        ...offers.map((offer) => (category === 'looks' ? tile(view, offer) : row(view, offer))),
        ...kept.map((item) => keptTile(view, item)),
      ),
    );
  });
  return [
    ...shelves,
    shelves.every((shelf) => !shelf) && h('p', { class: 'empty' }, words('emptyShop')),
    h('div', { class: 'foot' }, wordButton('quiet wide', words('history'), view.toHistory)),
  ];
}

function row(view: ShopView, offer: OfferView): HTMLElement {
  const { goods, words } = view;
  const bundle = Object.keys(offer.grant).length > 1;
  return h(
    'li',
    { class: 'offer' },
    opener(
      view,
      offer,
      itemIcon(offer.icon),
      h(
        'span',
        { class: 'text' },
        h('span', { class: 'title' }, offer.title),
        bundle
          ? contents(offer, goods, words, false)
          : h('span', { class: 'description' }, offer.description),
        ownedLine(view, offer),
        ...debtLines(offer, goods, words, 'debtShort'),
        leftLine(offer, view),
      ),
    ),
    action(view, offer),
  );
}

function tile(view: ShopView, offer: OfferView): HTMLElement {
  const look = lookOf(offer, view.goods);
  return h(
    'li',
    { class: 'offer tile' },
    opener(
      view,
      offer,
      look ? swatch(look) : itemIcon(offer.icon),
      h('span', { class: 'text' }, h('span', { class: 'title' }, offer.title), leftLine(offer, view)),
    ),
    action(view, offer),
  );
}

function opener(view: ShopView, offer: OfferView, ...children: Child[]): HTMLElement {
  const name = view.words('more', { title: offer.title });
  return namedButton({ class: 'open', name, key: name, tap: () => view.toCard(offer.sku) }, ...children);
}

function ownedLine({ goods, words }: ShopView, offer: OfferView): HTMLElement | undefined {
  const owned = ownedOf(offer, goods);
  return owned ? h('span', { class: 'owned' }, words('owned', { count: words.number(owned) })) : undefined;
}

/** Owned looks are worn, not sold; everything else shows its price. */
function action(view: ShopView, offer: OfferView): HTMLElement {
  const { goods, words } = view;
  const mine = ownedLook(offer, goods);
  if (mine) return wearButton(view, mine);
  if (isGone(offer, view)) return h('span', { class: 'sold' }, words('soldOut'));
  if (offer.unavailable === 'owned' || offer.unavailable === 'limit_reached')
    return h('span', { class: 'sold' }, words(offer.unavailable === 'owned' ? 'ownedLook' : 'limitReached'));
  return button(
    'buy-pill',
    words('buy', { title: offer.title, count: offer.priceStars }),
    () => view.buyNow(offer.sku),
    price(words, offer.priceStars),
  );
}

export function wearButton(view: ShopView, look: CosmeticView, className = 'wear'): HTMLElement {
  const worn = view.looks.isWorn(look.id);
  const name = view.words(worn ? 'wornItem' : 'wearItem', { title: look.title });
  const element = button(
    className,
    name,
    () => view.wear(look),
    worn && h('span', { class: 'tick', 'aria-hidden': true }),
    view.words(worn ? 'worn' : 'wear'),
  );
  element.setAttribute('aria-pressed', String(worn));
  // The name changes with the tap; the key must not, or the focus is lost.
  element.dataset.key = `wear-${look.id}`;
  return element;
}

/** Looks the player owns although they are no longer sold, or came in a pack. */
function keptLooks({ goods }: ShopView, offers: readonly OfferView[]): CosmeticView[] {
  const sold = new Set(offers.map((offer) => lookOf(offer, goods)?.id));
  return (goods.catalog?.items ?? [])
    .filter((item: ItemView): item is CosmeticView => item.kind === 'cosmetic')
    .filter((item) => goods.owned(item.id) > 0 && !sold.has(item.id));
}

const keptTile = (view: ShopView, item: CosmeticView): HTMLElement =>
  h(
    'li',
    { class: 'offer tile' },
    h(
      'span',
      { class: 'open' },
      swatch(item),
      h('span', { class: 'text' }, h('span', { class: 'title' }, item.title)),
    ),
    wearButton(view, item),
  );

/** Grey rows in the place of the offers, so that nothing jumps when the prices come. */
function skeleton({ words, offline }: ShopView): HTMLElement {
  const text = offline ? words('offline') : words('loading');
  return h(
    'div',
    { class: 'skeleton', 'aria-busy': true },
    h('p', { class: offline ? 'note' : 'visually-hidden' }, text),
    ...Array.from({ length: 4 }, () => h('div', { class: 'ghost', 'aria-hidden': true })),
  );
}
