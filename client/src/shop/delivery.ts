import type { WordKey, Words } from '../words/words.ts';
import { inHand } from './debts.ts';
import { type Goods, isEmpty } from './goods.ts';
import type { ShopState } from './shop.ts';

type Delivered = Extract<ShopState, { at: 'delivered' }>;
type Named = Pick<Goods, 'item'>;

/** "It is yours" only of what came into the hand; a delivery may also go to used ones whose Stars went back. */
export function receivedTitle({ order, paid = order.grant }: Delivered): WordKey {
  return isEmpty(inHand(order.grant, paid)) ? 'state_credited' : 'delivered';
}

/** The lines that say what a delivery brought; none when it can't be told how much of it went to used ones. */
export function received({ order, paid }: Delivered, goods: Named, words: Words): string[] {
  if (!paid) return [];
  const came = gainedText(inHand(order.grant, paid), goods, words);
  const lines = paidLines(paid, goods, words, Object.keys(order.grant).length > 1);
  return came === '' ? lines : [came, ...lines];
}

export function gainedText(gained: Record<string, number>, goods: Named, words: Words): string {
  return Object.entries(gained)
    .map(([id, count]) => {
      const title = titleOf(goods, id);
      // There is one of each look.
      if (goods.item(id)?.kind === 'cosmetic') return title;
      return words('gained', { title, count: words.number(count) });
    })
    .join(', ');
}

/** What went to used ones, one line for each item. */
export function paidLines(
  paid: Record<string, number>,
  goods: Named,
  words: Words,
  isNamed: boolean,
): string[] {
  return Object.entries(paid).map(([id, count]) => {
    const text = words('paidBack', { count });
    return isNamed ? words('about', { title: titleOf(goods, id), text }) : text;
  });
}

export const titleOf = (goods: Named, id: string): string => goods.item(id)?.title ?? id;
