import type { OfferView } from '@stardrift/shared/protocol';
import { h } from '../dom.ts';
import { iconSvg } from '../game/icon.ts';
import { getName, price } from '../shop/parts.ts';
import type { ConsumableView } from '../shop/slots.ts';
import type { Words } from '../words/words.ts';

/** A quiet offer at the lower edge of a run. It takes no focus and is not announced: who does not look for it misses nothing. */
export interface OfferChip {
  readonly element: HTMLElement;
  show(item: ConsumableView | undefined, offer: OfferView | undefined): void;
}

export function createOffer(words: Words, onTap: (item: ConsumableView) => void): OfferChip {
  let shown: ConsumableView | undefined;
  const element = h('button', { type: 'button', class: 'offer-chip glass', hidden: true });
  // As with the slots: the next Space is meant for the comet.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', () => shown && onTap(shown));
  return {
    element,
    show(item, offer) {
      if (item === shown) return;
      shown = item;
      element.hidden = !item || !offer;
      if (!item || !offer) return;
      element.setAttribute('aria-label', getName(words, item.title, offer));
      element.replaceChildren(
        h('span', { class: 'icon', html: iconSvg(item.icon) }),
        h('span', { class: 'title', dir: 'auto' }, offer.title),
        price(words, offer.priceStars),
      );
    },
  };
}
