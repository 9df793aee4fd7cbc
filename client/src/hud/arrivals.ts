import { gainedText, paidLines, titleOf } from '../shop/delivery.ts';
import { type Gain, type Goods, isEmpty } from '../shop/goods.ts';
import type { Sound } from '../sound/sound.ts';
import type { Words } from '../words/words.ts';
import type { Chips } from './chips.ts';

export interface ArrivalsParts {
  goods: Goods;
  chips: Chips;
  words: Words;
  sound: Pick<Sound, 'arrived'>;
  announce: (text: string) => void;
  /** Where a gained item flies to. */
  slotOf: (itemId: string) => HTMLElement | undefined;
  /** The shop, when it is open, says what it cost on its card. */
  isShopOpen: () => boolean;
}

/** Tells, in the picture, by ear and for screen readers, what came to the player and what was taken. */
export function tellArrivals(parts: ArrivalsParts): void {
  const { goods, chips, words } = parts;

  goods.onGain((gain) => {
    const { gained, paid, cause } = gain;
    if (cause !== 'sync' && !isEmpty(gained)) parts.sound.arrived();
    for (const [id, count] of Object.entries(gained)) {
      const item = goods.item(id);
      if (item) chips.fly(item.icon, gainedText({ [id]: count }, goods, words), parts.slotOf(id));
    }
    const added = isEmpty(gained) ? [] : [words('added', { items: gainedText(gained, goods, words) })];
    const notices = [...paidLines(paid, goods, words, true), ...takenLines(gain)];
    const [first] = [gain.paid, gain.lost, gain.owed].flatMap((grant) => Object.keys(grant));
    const icon = goods.item(first ?? '')?.icon;
    if (!isEmpty(paid)) chips.hush();
    if (icon && notices.length > 0 && !parts.isShopOpen()) chips.tell(icon, notices);
    const all = [...added, ...notices];
    if (all.length > 0) parts.announce(all.join('. '));
  });

  /** What a refund took, and what of it is owed because it was used up. */
  function takenLines({ lost, owed, cause }: Gain): string[] {
    const items = Object.entries(lost).map(([id, count]) => {
      const title = titleOf(goods, id);
      return count > 1 ? `${title} ×${words.number(count)}` : title;
    });
    const taken =
      cause === 'refund' && items.length > 0 ? [words('removed', { items: items.join(', ') })] : [];
    const debts = Object.keys(owed).map((id) =>
      words('about', { title: titleOf(goods, id), text: words('debt', { count: goods.owes(id) }) }),
    );
    return [...taken, ...debts];
  }
}
