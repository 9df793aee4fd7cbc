import type { OfferView } from '@stardrift/shared/protocol';
import { h, show } from '../dom.ts';
import { iconSvg } from '../game/icon.ts';
import type { Goods } from '../shop/goods.ts';
import { type Loadout, PLACES, type Place } from '../shop/loadout.ts';
import { button, getName, markLot, price } from '../shop/parts.ts';
import type { ConsumableView } from '../shop/slots.ts';
import type { Words } from '../words/words.ts';

/** The two places for what is taken along, as a row that stands on the title and after a death. */
export interface Packing {
  readonly element: HTMLElement;
  /** Counts, prices or the choice changed. */
  refresh(): void;
}

export interface PackingParts {
  goods: Goods;
  loadout: Loadout;
  words: Words;
  /** No run of theirs is known yet: who does not know what a run is needs nothing for it. */
  isNewcomer: () => boolean;
  /** The player owns nothing for this place and wants this item. */
  onWanted: (place: Place, item: ConsumableView) => void;
}

export function createPacking(parts: PackingParts): Packing {
  const { goods, loadout, words } = parts;
  let open: Place | undefined;
  const keys = { first: key('first'), second: key('second') };
  const pick = h('div', { class: 'pick', role: 'group', hidden: true });
  const label = h('span', { class: 'label', 'aria-hidden': true }, words('takeAlong'));
  const element = h(
    'div',
    { class: 'packing', role: 'group', 'aria-label': words('takeAlong') },
    ...[label, keys.first.element, keys.second.element, pick],
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    settle(open);
  });
  const isOutside = (target: EventTarget | null) => target instanceof Node && !element.contains(target);
  document.addEventListener('pointerdown', ({ target }) => {
    if (open && isOutside(target)) close();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (open && isOutside(relatedTarget)) close();
  });

  function key(place: Place) {
    const icon = h('span', { class: 'icon' });
    const badge = h('bdi', { class: 'badge' });
    const element = h('button', { type: 'button', class: 'place glass', 'data-key': `pack-${place}` });
    element.append(icon, badge);
    element.addEventListener('click', () => tap(place));
    return { element, icon, badge };
  }

  function tap(place: Place): void {
    const wanted = loadout.suggestion(place);
    if (open === place) close();
    else if (loadout.item(place) || loadout.choices(place).length > 0) unfold(place);
    else if (wanted) parts.onWanted(place, wanted);
  }

  function unfold(place: Place): void {
    open = place;
    refresh();
    pick.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }

  /** What there is to choose from, as it is now; closed when a refund took the last of it. */
  function drawChoice(place: Place): void {
    const chosen = loadout.item(place);
    const choose = (item: ConsumableView | undefined) => () => {
      loadout.put(place, item?.id);
      settle(place);
    };
    const owns = loadout.choices(place);
    if (owns.length === 0) {
      close();
      return;
    }
    const choices = owns.map((item) => {
      const owned = words.number(goods.owned(item.id));
      const name = words('packTake', { title: item.title, owned });
      const icon = h('span', { class: 'icon', 'aria-hidden': true, html: iconSvg(item.icon) });
      const element = button('choice', name, choose(item), icon, h('bdi', { class: 'badge' }, owned));
      element.setAttribute('aria-pressed', String(item.id === chosen?.id));
      return element;
    });
    const none = button('choice none', words('packNone'), choose(undefined), h('span', { class: 'cross' }));
    none.setAttribute('aria-pressed', String(!chosen));
    pick.setAttribute('aria-label', words('packEmpty'));
    show(pick, ...choices, none);
    pick.hidden = false;
  }

  function close(): void {
    open = undefined;
    pick.hidden = true;
    refresh();
  }

  /** Back to the key the choice was opened with. */
  function settle(place: Place): void {
    close();
    keys[place].element.focus();
  }

  function refresh(): void {
    if (open) drawChoice(open);
    for (const place of PLACES) draw(place);
    const nothing = PLACES.every((place) => !loadout.item(place) && loadout.choices(place).length === 0);
    element.hidden = (nothing && parts.isNewcomer()) || PLACES.every((place) => keys[place].element.hidden);
  }

  function draw(place: Place): void {
    const { element, icon, badge } = keys[place];
    const item = loadout.item(place);
    const hasChoice = loadout.choices(place).length > 0;
    const wanted = item || hasChoice ? undefined : loadout.suggestion(place);
    const offer = wanted && goods.offerFor(wanted.id);
    const shown = item ?? wanted;
    element.hidden = !shown && !hasChoice;
    element.classList.toggle('unowned', !item);
    if (shown) icon.innerHTML = iconSvg(shown.icon);
    else icon.replaceChildren();
    badge.replaceChildren(
      ...(item ? [words.number(goods.owned(item.id))] : offer ? [price(words, offer.priceStars)] : ['+']),
    );
    markLot(element, words, offer);
    if (item || hasChoice) element.setAttribute('aria-expanded', String(open === place));
    else element.removeAttribute('aria-expanded');
    element.setAttribute('aria-label', nameOf(item, wanted, offer));
  }

  function nameOf(
    item: ConsumableView | undefined,
    wanted: ConsumableView | undefined,
    offer: OfferView | undefined,
  ): string {
    if (item) return words('packed', { title: item.title, owned: words.number(goods.owned(item.id)) });
    return wanted ? getName(words, wanted.title, offer) : words('packEmpty');
  }

  refresh();
  return { element, refresh };
}
