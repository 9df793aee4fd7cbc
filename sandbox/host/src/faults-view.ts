import { described } from './described.ts';
import { h } from './dom.ts';
import type { PanelView } from './panel-view.ts';
import { sandbox } from './session.ts';

/** "event_before_update" as a person would write it. */
const title = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function faultRow(
  name: string,
  description: string,
  active: { count?: number } | undefined,
  changed: () => void,
) {
  const isOn = active !== undefined;
  const { count: left, ...options } = active ?? {};
  const toggle = h('input', {
    class: 'switch',
    attrs: { type: 'checkbox', role: 'switch', id: `fault-${name}`, checked: isOn },
  });
  const count = h('input', {
    class: 'count',
    attrs: {
      type: 'number',
      min: 1,
      max: 999,
      placeholder: '∞',
      value: left,
      'aria-label': `${title(name)}: how many times`,
    },
  });
  const send = async (): Promise<void> => {
    const times = count.valueAsNumber;
    await sandbox.setFault(name, toggle.checked && (Number.isNaN(times) ? true : times));
    changed();
  };
  toggle.addEventListener('change', () => void send().catch(changed));
  count.addEventListener('change', () => {
    if (toggle.checked) void send().catch(changed);
  });
  const label = h(
    'label',
    { attrs: { for: `fault-${name}` } },
    h('b', {}, title(name)),
    h('span', {}, ...described(description)),
  );
  const detail = Object.keys(options).length === 0 ? undefined : h('code', {}, JSON.stringify(options));
  return h('li', { class: isOn ? 'fault is-on' : 'fault' }, toggle, h('div', {}, label, detail), count);
}

/** The faults, each with a switch and how many times it shall strike (empty: until switched off). */
export function faultsView(): PanelView {
  const list = h('ul', { class: 'faults' });
  const element = h(
    'div',
    {},
    h(
      'p',
      { class: 'hint' },
      'What goes wrong from now on, and how many times. Empty means until switched off.',
    ),
    list,
  );
  async function refresh(): Promise<void> {
    const { known, faults } = await sandbox.faults();
    const typing = document.activeElement;
    if (typing instanceof HTMLInputElement && typing.type === 'number' && list.contains(typing)) return;
    const focused = typing instanceof HTMLElement && list.contains(typing) ? typing.id : '';
    const rows = Object.entries(known).map(([name, what]) =>
      faultRow(name, what, faults[name], () => void refresh()),
    );
    list.replaceChildren(...rows);
    if (focused !== '') document.getElementById(focused)?.focus();
  }
  return { element, refresh };
}
