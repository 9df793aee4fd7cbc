import { h } from './dom.ts';

/** One polite live region for the whole page. An open modal dialog hides what is outside it, so the region moves in. */
export function createAnnouncer(): (text: string) => void {
  const region = h('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  document.body.append(region);
  return (text) => {
    const home = document.querySelector('dialog[open]') ?? document.body;
    if (region.parentElement !== home) home.append(region);
    region.textContent = '';
    // A region that just moved, or says the same words again, is read only if its text changes afterwards.
    requestAnimationFrame(() => (region.textContent = text));
  };
}
