import type { OfferView } from '@stardrift/shared/protocol';
import { h, setText } from '../dom.ts';
import { dustSvg, iconSvg, starSvg } from '../game/icon.ts';
import type { RunView } from '../game/port.ts';
import type { Goods } from '../shop/goods.ts';
import { button, getName, markLot } from '../shop/parts.ts';
import { type ConsumableView, isSpent, type Side, type Slots } from '../shop/slots.ts';
import type { Words } from '../words/words.ts';
import { lineSvg } from './line.ts';
import { createOffer } from './offer.ts';

/** What is drawn over a run: score, dust, combo, effects, pause, the way to the shop and the two slots. */
export interface Hud {
  /** Cheap enough for every frame. */
  draw(run: RunView): void;
  /** Draws the slots again: counts, prices or the choice of items changed. */
  refresh(run: RunView): void;
  /** A quiet offer between the slots, or none any more. */
  offer(item: ConsumableView | undefined): void;
  show(visible: boolean): void;
  /** Out of reach, with something else in front of it. */
  rest(now: boolean): void;
  /** Without slots, in a run that knows no items. */
  bare(now: boolean): void;
  /** Where a gained item flies to. */
  slotOf(itemId: string): HTMLElement | undefined;
}

export interface HudParts {
  goods: Goods;
  slots: Slots;
  words: Words;
  onPause: () => void;
  onShop: () => void;
  onSlot: (item: ConsumableView) => void;
  onOffer: (item: ConsumableView) => void;
}

const BAG = '<path d="M5 8.500h14l-1.200 11H6.200Z"/><path d="M8.500 11V7.500a3.500 3.500 0 0 1 7 0V11"/>';

export function createHud(root: HTMLElement, parts: HudParts): Hud {
  const { goods, words } = parts;
  // Not an <output>: a screen reader would read every point aloud.
  const score = h('span', { class: 'score' }, '0');
  const dust = h('span', {}, '0');
  const label = (text: string) => h('span', { class: 'visually-hidden' }, text);
  const combo = h('span', { class: 'combo', dir: 'ltr', hidden: true });
  const effects = h('div', { class: 'effects' });
  const pause = button('round glass pause', words('pause'), parts.onPause, h('span', { class: 'bars' }));
  const shop = button('round glass bag', words('shop'), parts.onShop);
  shop.innerHTML = lineSvg(BAG);
  // As with the slots: the next Space is meant for the comet.
  shop.addEventListener('mousedown', (event) => event.preventDefault());
  const sides = { left: slotButton(parts, 'left'), right: slotButton(parts, 'right') };
  const offer = createOffer(words, parts.onOffer);
  const slots = h('div', { class: 'slots' }, sides.left.element, offer.element, sides.right.element);
  const view = h(
    'section',
    { class: 'hud', hidden: true },
    h(
      'div',
      { class: 'top' },
      h(
        'div',
        { class: 'dust' },
        label(words('dust')),
        h('span', { class: 'glyph', html: dustSvg(), 'aria-hidden': true }),
        dust,
      ),
      h('div', { class: 'middle' }, label(words('score')), score, combo),
      h('div', { class: 'keys' }, pause, shop),
    ),
    effects,
    slots,
  );
  root.append(view);
  const bars = createEffects(effects, goods, words);
  let combined = 0;

  return {
    draw(run) {
      setText(score, words.number(Math.floor(run.score)));
      setText(dust, words.number(run.dust));
      combo.hidden = run.combo < 2;
      if (run.combo >= 2 && run.combo !== combined) setText(combo, words('combo', { count: run.combo }));
      combined = run.combo;
      bars(run);
    },
    refresh(run) {
      sides.left.draw(run);
      sides.right.draw(run);
    },
    offer(item) {
      offer.show(item, item && goods.offerFor(item.id));
    },
    show(visible) {
      view.hidden = !visible;
    },
    rest(now) {
      view.inert = now;
    },
    bare(now) {
      slots.hidden = now;
    },
    slotOf(itemId) {
      const side = parts.slots.sideOf(itemId);
      return side && sides[side].element;
    },
  };
}

/** One slot: owned → a use, none → the way to get one. */
function slotButton(
  parts: HudParts,
  side: Side,
): { element: HTMLButtonElement; draw: (run: RunView) => void } {
  const { goods, slots, words } = parts;
  const icon = h('span', { class: 'icon' });
  const badge = h('bdi', { class: 'badge' });
  const element = h('button', { type: 'button', class: `slot glass ${side}`, hidden: true }, icon, badge);
  // A pointer must not leave the focus here: the next Space is meant for the comet and would use up a paid item.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', () => {
    const item = slots.item(side);
    if (item) parts.onSlot(item);
  });
  let drawn = '';
  return {
    element,
    draw(run) {
      const item = slots.item(side);
      element.hidden = !item;
      if (!item) return;
      const owned = goods.owned(item.id);
      const sold = goods.offerFor(item.id);
      const offer = sold?.unavailable ? undefined : sold;
      const spent = isSpent(item, run.used);
      const owes = goods.owes(item.id);
      const use = slotName(words, item, owned, offer, spent);
      const name = owes > 0 ? `${use}. ${words('debtShort', { count: owes })}` : use;
      const now = `${name}|${item.icon.glyph}|${item.icon.hue}`;
      if (now === drawn) return;
      drawn = now;
      icon.innerHTML = iconSvg(item.icon);
      element.setAttribute('aria-label', name);
      element.dataset.owned = String(owned);
      element.classList.toggle('unowned', owned === 0);
      element.disabled = spent;
      // A price that can't be paid now is not shown.
      badge.hidden = spent;
      badge.replaceChildren(...badgeOf(words, owned, offer?.priceStars));
      markLot(element, words, owned > 0 || spent ? undefined : offer);
    },
  };
}

function badgeOf(words: Words, owned: number, stars: number | undefined): (Node | string)[] {
  if (owned > 0) return [words.number(owned)];
  return stars === undefined ? ['+'] : [h('span', { class: 'star', html: starSvg() }), words.number(stars)];
}

function slotName(
  words: Words,
  { title }: ConsumableView,
  owned: number,
  offer: OfferView | undefined,
  spent: boolean,
): string {
  if (spent) return words('usedUp', { title });
  if (owned > 0) return words('useItem', { title, count: owned });
  return getName(words, title, offer);
}

/** Effects under way: an icon in a ring that runs out. Nodes are kept from frame to frame. */
function createEffects(root: HTMLElement, goods: Goods, words: Words): (run: RunView) => void {
  const shown = new Map<string, HTMLElement>();
  return (run) => {
    for (const { itemId, msLeft, msTotal } of run.active) {
      let ring = shown.get(itemId);
      if (!ring) {
        const item = goods.item(itemId);
        if (!item) continue;
        const label = words('effectLeft', { title: item.title });
        ring = h('span', { class: 'effect', role: 'img', 'aria-label': label, html: iconSvg(item.icon) });
        shown.set(itemId, ring);
        root.append(ring);
      }
      const part = Number.isFinite(msLeft) && msTotal > 0 ? Math.max(0, msLeft / msTotal) : 1;
      // Whole percents: a style that is not written costs nothing.
      const percent = `${Math.ceil(part * 100)}%`;
      if (ring.dataset.left !== percent) {
        ring.dataset.left = percent;
        ring.style.setProperty('--left', percent);
      }
    }
    for (const [itemId, ring] of shown) {
      if (run.active.some((effect) => effect.itemId === itemId)) continue;
      ring.remove();
      shown.delete(itemId);
    }
  };
}
