import { button, h } from './dom.ts';

/** What stands on the screen when the page could not start, and a way to try again. */
export function failure(error: unknown): HTMLElement {
  const message = error instanceof Error ? error.message : String(error);
  return h(
    'section',
    { class: 'closed', attrs: { role: 'alert' } },
    h('p', {}, message),
    button('Try again', 'primary', () => location.reload(), 'Try again'),
  );
}
