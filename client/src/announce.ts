import { h } from './dom.ts';

/** Long enough to be read out; later it is no news any more for who goes through the page. */
const NEWS_MS = 10_000;

/** One polite live region for the whole page. An open modal dialog hides what is outside it, so the region moves in. */
export function createAnnouncer(): (text: string) => void {
  const region = h('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  document.body.append(region);
  let old: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    const home = document.querySelector('dialog[open]') ?? document.body;
    if (region.parentElement !== home) home.append(region);
    region.textContent = '';
    // A region that just moved, or says the same words again, is read only if its text changes afterwards.
    requestAnimationFrame(() => (region.textContent = text));
    clearTimeout(old);
    old = setTimeout(() => (region.textContent = ''), NEWS_MS);
  };
}
