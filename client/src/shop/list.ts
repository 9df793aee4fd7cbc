import type { ItemView, OfferView } from '@stardrift/shared/protocol';
import { type Child, h } from '../dom.ts';
import { isStill } from '../motion.ts';
import { soleItemOf } from './goods.ts';
import type { CosmeticView } from './looks.ts';
import {
  button,
  debtLines,
  isGone,
  itemIcon,
  leftLine,
  lookOf,
  namedButton,
  ownedLook,
  price,
  spelled,
  swatch,
  wordButton,
} from './parts.ts';
import type { ConsumableView } from './slots.ts';
import type { ShopView } from './view.ts';

/** The shelves. A row leads to the card, the price on it straight to Telegram. */
export function list(view: ShopView): Child[] {
  const { goods, words } = view;
  if (!goods.catalog) return [skeleton(view)];
  const shelves = CATEGORIES.map((category) => shelf(view, category)).filter((each) => each !== undefined);
  return [
    shelves.length > 1 && aisles(view, shelves),
    ...shelves,
    shelves.length === 0 && h('p', { class: 'empty' }, words('emptyShop')),
    h('div', { class: 'foot' }, wordButton('quiet wide', words('history'), view.toHistory)),
  ];
}

type Category = OfferView['category'];
const CATEGORIES: readonly Category[] = ['help', 'packs', 'looks'];

function shelf(view: ShopView, category: Category): HTMLElement | undefined {
  const { goods, words } = view;
  const offers = goods.catalog?.offers.filter((offer) => offer.category === category) ?? [];
  const tiles = [
    ...offers.map((offer) => (category === 'looks' ? tile(view, offer) : row(view, offer))),
    ...(category === 'looks' ? keptLooks(view, offers).map((item) => keptTile(view, item)) : []),
    ...(category === 'help' ? keptHelp(view).map((item) => keptRow(view, item)) : []),
  ];
  if (tiles.length === 0) return undefined;
  return h(
    'section',
    { class: `shelf ${category}`, 'aria-labelledby': `shelf-${category}` },
    h('h3', { id: `shelf-${category}`, tabindex: '-1' }, words(category)),
    h('ul', {}, ...tiles),
  );
}

/** From the top of a long shop to one of its shelves. */
function aisles({ words }: ShopView, shelves: readonly HTMLElement[]): HTMLElement {
  const leads = CATEGORIES.flatMap((category) => {
    const heading = shelves
      .map((each) => each.querySelector<HTMLElement>(`#shelf-${category}`))
      .find(Boolean);
    if (!heading) return [];
    const go = () => {
      heading.scrollIntoView({ behavior: isStill() ? 'auto' : 'smooth', block: 'start' });
      heading.focus({ preventScroll: true });
    };
    return [wordButton('aisle', words(category), go)];
  });
  return h('nav', { class: 'aisles', 'aria-label': words('shelves') }, ...leads);
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
          ? h('span', { class: 'description spelled' }, spelled(offer, goods, words))
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

/** How many the player has, and whether they lie under the thumb in a run. */
function ownedLine(view: ShopView, offer: OfferView): HTMLElement | undefined {
  const sole = soleItemOf(offer);
  const owned = sole && view.goods.owned(sole.id);
  return owned ? ownedText(view, sole.id, owned) : undefined;
}

function ownedText({ slots, words }: ShopView, itemId: string, owned: number): HTMLElement {
  const isEquipped = slots.sideOf(itemId) !== undefined;
  return h(
    'span',
    { class: 'owned' },
    h('span', {}, words('owned', { count: words.number(owned) })),
    isEquipped && h('span', { class: 'equipped' }, tick(), words('inSlot')),
  );
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
    worn && tick(),
    view.words(worn ? 'worn' : 'wear'),
  );
  element.setAttribute('aria-pressed', String(worn));
  // The name changes with the tap; the key must not, or the focus is lost.
  element.dataset.key = `wear-${look.id}`;
  return element;
}

const tick = (): HTMLElement => h('span', { class: 'tick', 'aria-hidden': true });

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

/** Items in hand that no offer of their own leads to any more. */
function keptHelp({ goods }: ShopView): ConsumableView[] {
  const offers = goods.catalog?.offers ?? [];
  const sold = new Set(
    offers.filter(({ category }) => category === 'help').flatMap(({ grant }) => Object.keys(grant)),
  );
  return (goods.catalog?.items ?? [])
    .filter((item: ItemView): item is ConsumableView => item.kind === 'consumable')
    .filter((item) => goods.owned(item.id) > 0 && !sold.has(item.id));
}

const keptRow = (view: ShopView, item: ConsumableView): HTMLElement =>
  h(
    'li',
    { class: 'offer' },
    h(
      'span',
      { class: 'open' },
      itemIcon(item.icon),
      h(
        'span',
        { class: 'text' },
        h('span', { class: 'title' }, item.title),
        h('span', { class: 'description' }, item.description),
        ownedText(view, item.id, view.goods.owned(item.id)),
      ),
    ),
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
