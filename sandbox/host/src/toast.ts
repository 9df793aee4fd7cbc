import { h } from './dom.ts';

const SHOWN_MS = 3_000;

export type Notify = (text: string) => void;

/** A place for short notices; a screen reader hears each of them. */
export function createToasts(screen: HTMLElement): Notify {
  const place = h('div', { class: 'toasts', attrs: { role: 'status', 'aria-live': 'polite' } });
  screen.append(place);
  let timer = 0;
  return (text) => {
    clearTimeout(timer);
    place.replaceChildren(h('p', { class: 'toast' }, text));
    timer = setTimeout(() => place.replaceChildren(), SHOWN_MS);
  };
}
