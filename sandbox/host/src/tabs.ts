import { h } from './dom.ts';
import type { PanelView } from './panel-view.ts';

export interface Tab {
  id: string;
  title: string;
  view: PanelView;
}

export interface Tabs {
  list: HTMLElement;
  body: HTMLElement;
  current: () => Tab;
}

/** Pages of which one is shown, chosen by the tabs above it; arrow keys move between them. */
export function createTabs(label: string, pages: readonly [Tab, ...Tab[]], onSelect: () => void): Tabs {
  let current: Tab = pages[0];
  const body = h('div', {
    class: 'panel-view',
    attrs: { role: 'tabpanel', id: 'panel-view', tabindex: 0 },
  });
  const tabs: HTMLButtonElement[] = pages.map((page) => {
    const attrs = { type: 'button', role: 'tab', id: `tab-${page.id}`, 'aria-controls': 'panel-view' };
    const tab = h('button', { class: 'tab', attrs }, page.title);
    tab.addEventListener('click', () => {
      select(page);
      onSelect();
    });
    tab.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      if (step !== 0) tabs.at((tabs.indexOf(tab) + step) % tabs.length)?.focus();
    });
    return tab;
  });

  function select(page: Tab): void {
    current = page;
    for (const tab of tabs) tab.setAttribute('aria-selected', String(tab.id === `tab-${page.id}`));
    body.setAttribute('aria-labelledby', `tab-${page.id}`);
    body.replaceChildren(page.view.element);
  }

  select(current);
  const list = h('div', { class: 'tabs', attrs: { role: 'tablist', 'aria-label': label } }, ...tabs);
  return { list, body, current: () => current };
}
