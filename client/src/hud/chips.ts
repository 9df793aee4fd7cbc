import type { Icon } from '@stardrift/shared/catalog';
import { h } from '../dom.ts';
import { iconSvg } from '../game/icon.ts';
import { isStill } from '../motion.ts';

/** Short news over the picture, one below the other. Nothing in it is for the screen reader, which is told in full. */
export interface Chips {
  /** "+1 Shield": shown for a moment, then flies to its slot, or fades where it has none. */
  fly(icon: Icon, text: string, target: HTMLElement | undefined): void;
  /** What a player has to read: it stays as long as that takes. */
  tell(icon: Icon, lines: readonly string[]): void;
  /** What was told is no longer so. */
  hush(): void;
}

const STAY_MS = 1_500;
const FLY_MS = 420;
/** A slow reader's pace, and the time to look up from the comet. */
const READ_MS = 70;
const NOTICE_MS = 2_500;

export function createChips(root: HTMLElement): Chips {
  const stack = h('div', { class: 'chips', 'aria-hidden': true, popover: 'manual' });
  root.append(stack);

  /** Above the shop too, whose sheet lies over everything that was there before it. */
  function raise(): void {
    if (!('popover' in stack)) return;
    if (stack.matches(':popover-open')) stack.hidePopover();
    stack.showPopover();
  }

  function put(className: string, icon: Icon, lines: readonly string[]): HTMLElement {
    const chip = h(
      'div',
      { class: className },
      h('span', { class: 'icon', html: iconSvg(icon) }),
      h('span', { class: 'lines' }, ...lines.map((line) => h('span', {}, line))),
    );
    stack.append(chip);
    raise();
    return chip;
  }

  return {
    fly(icon, text, target) {
      const chip = put('chip', icon, [text]);
      setTimeout(() => void depart(chip, target), STAY_MS);
    },
    tell(icon, lines) {
      const chip = put('chip notice', icon, lines);
      setTimeout(() => void depart(chip, undefined), NOTICE_MS + READ_MS * lines.join(' ').length);
    },
    hush() {
      for (const notice of stack.querySelectorAll('.notice')) notice.remove();
    },
  };
}

async function depart(chip: HTMLElement, target: HTMLElement | undefined): Promise<void> {
  const from = chip.getBoundingClientRect();
  const to = target && !target.hidden ? target.getBoundingClientRect() : undefined;
  const flies = to && to.width > 0 && !isStill();
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
