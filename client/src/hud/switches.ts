import { h } from '../dom.ts';
import { type Settings, SWITCHES, type Switch } from '../settings.ts';
import type { Words } from '../words/words.ts';
import { lineSvg } from './line.ts';

const SHAPES: Record<Switch, string> = {
  music:
    '<path d="M9 18V6.5l10-2V16"/><circle cx="6.5" cy="18" r="2.5"/><circle cx="16.500" cy="16" r="2.500"/>',
  effects:
    '<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z"/><path d="M15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11"/>',
  haptics:
    '<rect x="8" y="4.500" width="8" height="15" rx="2"/><path d="M4.500 9v6M2 10.500v3M19.500 9v6M22 10.500v3"/>',
};

/** Seen while the switch is off. */
const STRUCK = '<path class="off" d="M4 20 20 4"/>';

/** Three keys that stay down while what they stand for is on. */
export function createSwitches(settings: Settings, words: Words): HTMLElement {
  const keys = SWITCHES.map((which) => ({
    which,
    key: switchKey(which, words, () => settings.toggle(which)),
  }));
  const draw = (): void => {
    for (const { which, key } of keys) key.setAttribute('aria-pressed', String(settings.isOn(which)));
  };
  settings.onChange(draw);
  draw();
  return h('div', { class: 'switches' }, ...keys.map(({ key }) => key));
}

const switchKey = (which: Switch, words: Words, tap: () => void): HTMLElement =>
  h('button', {
    type: 'button',
    class: 'round glass switch',
    'aria-label': words(which),
    'data-key': which,
    onclick: tap,
    html: switchSvg(which),
  });

const switchSvg = (which: Switch): string => lineSvg(`${SHAPES[which]}${STRUCK}`);
