import { h } from './dom.ts';
import type { PanelView } from './panel-view.ts';
import type { Traffic, TrafficEntry } from './traffic.ts';

const MARKS: Record<TrafficEntry['direction'], string> = { in: '→', out: '←', ignored: '×' };
const MEANINGS: Record<TrafficEntry['direction'], string> = {
  in: 'from the game',
  out: 'to the game',
  ignored: 'from the game, not known to this version',
};

/** The messages between game and host, newest first. */
export function bridgeView(traffic: Traffic): PanelView {
  const list = h('ol', { class: 'traffic' });
  const hint = h('p', { class: 'hint' }, '→ the game says, ← the host says, × the host does not know.');
  return {
    element: h('div', {}, hint, list),
    refresh() {
      const rows = traffic.entries.map(({ direction, type, data }) => {
        const detail = data === undefined || JSON.stringify(data) === '{}' ? '' : JSON.stringify(data);
        return h(
          'li',
          { class: `is-${direction}` },
          h('span', { attrs: { title: MEANINGS[direction] } }, MARKS[direction]),
          h('div', {}, h('b', {}, type.replace(/^web_app_/, '')), h('code', {}, detail)),
        );
      });
      list.replaceChildren(...rows);
    },
  };
}
