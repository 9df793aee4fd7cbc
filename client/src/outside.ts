import { h } from './dom.ts';
import type { Words } from './words/words.ts';

/** The page for someone who came by a plain link: what this is, and the way in. */
export function outside(words: Words, botLink: string | undefined): HTMLElement {
  return h(
    'main',
    { class: 'outside' },
    ...emblem(words),
    h('p', { class: 'lead' }, words('outside')),
    h('p', {}, words('outsideText')),
    botLink !== undefined && h('a', { class: 'primary wide', href: botLink }, words('openTelegram')),
  );
}

/** The page for a game that can't be shown: its download broke off, or the browser has nothing to draw with. */
export function broken(words: Words, reason: 'broken' | 'undrawable'): HTMLElement {
  const again = h(
    'button',
    { type: 'button', class: 'primary wide', onclick: () => location.reload() },
    words('reload'),
  );
  return h(
    'main',
    { class: 'outside' },
    ...emblem(words),
    h('p', { class: 'lead' }, words(reason)),
    h('p', {}, words(`${reason}Text`)),
    again,
  );
}

const emblem = (words: Words): HTMLElement[] => [
  h('div', { class: 'planet', 'aria-hidden': true }, h('i')),
  h('h1', { class: 'logo' }, words('game')),
];
