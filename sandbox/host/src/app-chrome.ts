import type { BottomButton, BridgeState } from './bridge-state.ts';
import { button, h } from './dom.ts';
import { icon } from './icons.ts';
import { readableOn, type ThemeParams, themeColor } from './theme.ts';
import type { Words } from './words.ts';

export interface ChromeCommands {
  back: () => void;
  close: () => void;
  minimise: () => void;
  reload: () => void;
  settings: () => void;
  leaveFullscreen: () => void;
  openPanel: () => void;
  pressMain: () => void;
  pressSecondary: () => void;
}

export interface Chrome {
  header: HTMLElement;
  footer: HTMLElement;
  render: (state: BridgeState, params: ThemeParams) => void;
}

function menuEntry(label: string, run: () => void): HTMLButtonElement {
  const entry = h('button', { class: 'menu-entry', attrs: { type: 'button' } }, label);
  entry.addEventListener('click', run);
  return entry;
}

function bottomButton(kind: string, press: () => void) {
  const label = h('span', { class: 'label' });
  const element = h('button', { class: `bottom-button is-${kind}`, attrs: { type: 'button' } }, label);
  element.addEventListener('click', press);
  return {
    element,
    render(state: BottomButton, fallback: { color: string; textColor: string }) {
      element.hidden = !state.visible;
      element.disabled = !state.active || state.progress;
      element.classList.toggle('is-busy', state.progress);
      element.classList.toggle('is-shining', state.shine);
      element.style.backgroundColor = state.color ?? fallback.color;
      element.style.color = state.textColor ?? fallback.textColor;
      label.textContent = state.text;
    },
  };
}

/** The bars Telegram puts around a game: the header with its menu, and the buttons at the foot. */
export function createChrome(title: string, words: Words, commands: ChromeCommands): Chrome {
  const menu = h('div', { class: 'menu', attrs: { hidden: true } });
  const showMenu = (shown: boolean): void => {
    menu.hidden = !shown;
    more.setAttribute('aria-expanded', String(shown));
  };
  const run = (command: () => void) => (): void => {
    showMenu(false);
    command();
  };
  const settings = menuEntry(words.settings, run(commands.settings));
  const leave = menuEntry(words.fullscreenOff, run(commands.leaveFullscreen));
  const closeEntry = menuEntry(words.closeGame, run(commands.close));
  const panelEntry = menuEntry(words.openPanel, run(commands.openPanel));
  panelEntry.classList.add('panel-opener');
  menu.append(menuEntry(words.reload, run(commands.reload)), settings, leave, panelEntry, closeEntry);
  const back = button(words.back, 'round', commands.back, icon('back'));
  const close = button(words.closeGame, 'round', commands.close, icon('close'));
  const more = button(words.gameMenu, 'round', () => showMenu(menu.hidden === true), icon('dots'));
  const minimise = button(words.minimise, 'round', commands.minimise, icon('down'));
  const header = h(
    'header',
    { class: 'app-header' },
    h('div', { class: 'pill' }, back, close),
    h('strong', { class: 'app-title' }, title),
    h('div', { class: 'pill' }, minimise, more),
    menu,
  );
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !header.contains(target)) showMenu(false);
  });
  const main = bottomButton('main', commands.pressMain);
  const secondary = bottomButton('secondary', commands.pressSecondary);
  const footer = h('footer', { class: 'app-footer' }, secondary.element, main.element);

  return {
    header,
    footer,
    render(state, params) {
      back.hidden = !state.backVisible;
      // The close button gives way to the back button, as in Telegram; the menu still closes the game.
      close.hidden = state.backVisible;
      closeEntry.hidden = !state.backVisible;
      settings.hidden = !state.settingsVisible;
      leave.hidden = !state.fullscreen;
      const headerColor = themeColor(params, state.headerColor);
      header.style.setProperty('--header', headerColor);
      header.style.setProperty('--on-header', readableOn(headerColor));
      footer.style.backgroundColor = themeColor(params, state.bottomBarColor);
      footer.hidden = !state.main.visible && !state.secondary.visible;
      footer.dataset.position = state.secondary.position;
      const accent = themeColor(params, 'button_color');
      main.render(state.main, { color: accent, textColor: themeColor(params, 'button_text_color') });
      secondary.render(state.secondary, {
        color: themeColor(params, state.bottomBarColor),
        textColor: accent,
      });
    },
  };
}
