import { bridgeView } from './bridge-view.ts';
import { callsView } from './calls-view.ts';
import { button, h } from './dom.ts';
import { faultsView } from './faults-view.ts';
import { icon } from './icons.ts';
import { ledgerView } from './ledger-view.ts';
import { type PlayerCommands, playerView } from './player-view.ts';
import type { Session } from './session.ts';
import { createTabs } from './tabs.ts';
import type { ThemeName } from './theme.ts';
import type { Notify } from './toast.ts';
import type { Traffic } from './traffic.ts';

export interface Panel {
  element: HTMLElement;
  show: (session: Session) => void;
  setTheme: (theme: ThemeName) => void;
  /** Something changed in the sandbox or on the bridge: the page in view is brought up to date soon. */
  touch: (what: 'sandbox' | 'bridge') => void;
  /** On a narrow window the panel is a drawer. */
  open: () => void;
  shut: () => void;
}

const REFRESH_AFTER_MS = 150;

/** The developer's side of the sandbox: the player, the faults, and what happened behind the scenes. */
export function createPanel(traffic: Traffic, notify: Notify, commands: PlayerCommands): Panel {
  let timer = 0;
  const player = playerView(commands);
  const tabs = createTabs(
    'Behind the scenes',
    [
      { id: 'faults', title: 'Faults', view: faultsView() },
      { id: 'ledger', title: 'Ledger', view: ledgerView() },
      { id: 'calls', title: 'Bot API', view: callsView() },
      { id: 'bridge', title: 'Bridge', view: bridgeView(traffic) },
    ],
    () => void refresh(),
  );
  const shut = (): void => element.classList.remove('is-open');
  const close = button('Close panel', 'round panel-closer', shut, icon('close'));
  const title = h('div', {}, h('h1', {}, 'Sandbox'), h('p', {}, 'A Telegram on your own machine'));
  const element = h(
    'aside',
    { class: 'panel', attrs: { 'aria-label': 'Sandbox panel' } },
    h('header', { class: 'panel-header' }, title, player.themeButton, close),
    player.element,
    tabs.list,
    tabs.body,
  );

  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') shut();
  });

  async function refresh(): Promise<void> {
    timer = 0;
    try {
      await tabs.current().view.refresh();
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    element,
    show: player.show,
    setTheme: player.setTheme,
    shut,
    touch(what) {
      const isInView = (what === 'bridge') === (tabs.current().id === 'bridge');
      if (isInView && timer === 0) timer = setTimeout(() => void refresh(), REFRESH_AFTER_MS);
    },
    open() {
      element.classList.add('is-open');
      close.focus();
    },
  };
}
