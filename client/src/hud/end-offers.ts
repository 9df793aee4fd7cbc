import type { OfferView, RunKind } from '@stardrift/shared/protocol';
import type { Game } from '../game/port.ts';
import type { Goods } from '../shop/goods.ts';
import type { Looks } from '../shop/looks.ts';
import { type ConsumableView, fits, isSpent } from '../shop/slots.ts';
import type { SecondWind, TriedLook } from './panels.ts';

/** What the end of a run has to offer. */
export interface EndOffers {
  /** What brings the run back. A daily one has nothing of the kind. */
  reviver(): ConsumableView | undefined;
  /** Undefined when the run can't be brought back, or not any more. */
  secondWind(): SecondWind | undefined;
  /** The offer of the look that was tried, if it can be had. */
  tried(): (TriedLook & Pick<OfferView, 'sku'>) | undefined;
}

export interface EndOffersParts {
  game: Game;
  goods: Goods;
  looks: Looks;
  kind: () => RunKind;
}

export function createEndOffers({ game, goods, looks, kind }: EndOffersParts): EndOffers {
  function reviver(): ConsumableView | undefined {
    return kind() === 'daily' ? undefined : goods.catalog?.items.find(fits('death'));
  }

  return {
    reviver,
    secondWind() {
      const item = reviver();
      if (!item || isSpent(item, game.run.used)) return undefined;
      const owned = goods.owned(item.id);
      const offer = goods.offerFor(item.id);
      if (owned === 0 && (!offer || offer.unavailable)) return undefined;
      const text = owned > 0 ? undefined : offer?.description;
      const title = owned > 0 || !offer ? item.title : offer.title;
      return { title, text, owned, priceStars: offer?.priceStars };
    },
    tried() {
      const offer = looks.tried && goods.offerFor(looks.tried.id);
      if (!looks.tried || !offer || offer.unavailable) return undefined;
      return { sku: offer.sku, title: looks.tried.title, priceStars: offer.priceStars };
    },
  };
}
