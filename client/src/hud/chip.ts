import type { Icon } from '@stardrift/shared/catalog';
import { h, prefersStillness } from '../dom.ts';
import { iconSvg } from '../game/icon.ts';

const STAY_MS = 1_500;
const FLY_MS = 420;

/** "+1 Shield": shown for a moment, then flies to its slot, or fades where it has none. */
export function flyChip(root: HTMLElement, icon: Icon, text: string, target: HTMLElement | undefined): void {
  const chip = h(
    'div',
    { class: 'chip', 'aria-hidden': true },
    h('span', { class: 'icon', html: iconSvg(icon) }),
    h('span', {}, text),
  );
  root.append(chip);
  setTimeout(() => void depart(chip, target), STAY_MS);
}

async function depart(chip: HTMLElement, target: HTMLElement | undefined): Promise<void> {
  const from = chip.getBoundingClientRect();
  const to = target && !target.hidden ? target.getBoundingClientRect() : undefined;
  const flies = to && to.width > 0 && !prefersStillness();
  const dx = flies ? to.x + to.width / 2 - (from.x + from.width / 2) : 0;
  const dy = flies ? to.y + to.height / 2 - (from.y + from.height / 2) : 0;
  const frames = {
    transform: `translate(${dx}px, ${dy}px) scale(${flies ? 0.3 : 1})`,
    opacity: flies ? 0.6 : 0,
  };
  await chip.animate(frames, { duration: FLY_MS, easing: 'cubic-bezier(.5,0,.9,.5)', composite: 'add' })
    .finished;
  chip.remove();
  if (flies) target?.animate({ scale: ['1', '1.18', '1'] }, { duration: 260, easing: 'ease-out' });
}
