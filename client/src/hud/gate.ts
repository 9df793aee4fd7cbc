import type { Game } from '../game/port.ts';
import type { Goods } from '../shop/goods.ts';
import { type ConsumableView, fitsSlot, type Slots } from '../shop/slots.ts';
import { offerAt } from './offers.ts';

/** What is offered at the gates of one run. */
export interface GateOffers {
  /** A run begins. In a quiet one nothing is offered. */
  begin(isQuiet: boolean): void;
  /** At a gate, while the void rests: what would help now, if anything. */
  next(): ConsumableView | undefined;
}

export function createGateOffers(game: Game, goods: Goods, slots: Slots): GateOffers {
  let isQuiet = false;
  let offered: string[] = [];

  function candidate(item: ConsumableView) {
    const sold = goods.offerFor(item.id);
    return {
      item,
      owned: goods.owned(item.id),
      isSold: sold !== undefined && !sold.unavailable,
      isInView: slots.sideOf(item.id) !== undefined,
    };
  }

  return {
    begin(quiet) {
      isQuiet = quiet;
      offered = [];
    },
    next() {
      const candidates = (goods.catalog?.items ?? []).filter(fitsSlot).map(candidate);
      const item = isQuiet
        ? undefined
        : offerAt(candidates, { outlook: game.outlook, run: game.run, offered });
      if (item) offered = [...offered, item.id];
      return item;
    },
  };
}
