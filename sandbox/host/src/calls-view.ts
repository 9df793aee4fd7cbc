import { CLOCK_SECONDS } from './clock.ts';
import { h } from './dom.ts';
import type { PanelView } from './panel-view.ts';
import { type BotApiCall, sandbox } from './session.ts';

const SHOWN = 100;

function row({ method, params, atMs, ok, status }: BotApiCall): HTMLElement {
  const time = new Date(atMs).toLocaleTimeString([], CLOCK_SECONDS);
  return h(
    'li',
    { class: ok ? 'call' : 'call is-refused' },
    h(
      'details',
      {},
      h('summary', {}, h('b', {}, method), h('span', {}, ok ? time : `${status} · ${time}`)),
      h('pre', {}, JSON.stringify(params, undefined, 2)),
    ),
  );
}

/** The calls the bot made, newest first. */
export function callsView(): PanelView {
  const list = h('ol', { class: 'calls' });
  const filter = h('input', {
    attrs: {
      type: 'search',
      placeholder: 'Method, e.g. answerPreCheckoutQuery',
      'aria-label': 'Only this method',
    },
  });
  const note = h('p', { class: 'hint' });
  let newestMs = 0;
  async function refresh(): Promise<void> {
    const { calls } = await sandbox.calls(filter.value.trim());
    const newest = calls.at(-1)?.atMs ?? 0;
    // Rows a person has unfolded stay as they are until there is something new.
    if (newest === newestMs && list.childElementCount > 0) return;
    newestMs = newest;
    list.replaceChildren(...calls.slice(-SHOWN).toReversed().map(row));
    note.textContent = calls.length === 0 ? 'No calls yet.' : `${calls.length} calls, newest first.`;
  }
  filter.addEventListener('change', () => {
    newestMs = -1;
    void refresh();
  });
  return { element: h('div', {}, filter, note, list), refresh };
}
