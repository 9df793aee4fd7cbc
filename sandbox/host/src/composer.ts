import { button, h } from './dom.ts';
import { icon } from './icons.ts';
import type { MenuButton, Session } from './session.ts';
import type { Words } from './words.ts';

export interface ComposerCommands {
  say: (text: string) => void;
  /** Without a url: the game of the menu button. */
  openGame: (url?: string) => void;
}

export interface Composer {
  element: HTMLElement;
  setMenu: (menuButton: MenuButton) => void;
  /** Before the first message there is only one button: Start. */
  setStarted: (started: boolean) => void;
}

/** The foot of the chat: menu button, list of commands and the field to write in. */
export function createComposer(session: Session, words: Words, commands: ComposerCommands): Composer {
  const list = h('ul', { class: 'command-list', attrs: { hidden: true, 'aria-label': words.commands } });
  let isListed = false;
  const showList = (shown: boolean): void => {
    isListed = shown && session.commands.length > 0;
    list.hidden = !isListed;
  };
  for (const { command, description } of session.commands) {
    const entry = h(
      'button',
      { attrs: { type: 'button' } },
      h('b', {}, `/${command}`),
      h('span', {}, description),
    );
    entry.addEventListener('click', () => {
      showList(false);
      commands.say(`/${command}`);
    });
    list.append(h('li', {}, entry));
  }
  const menu = h('div', { class: 'menu-slot' });
  const input = h('input', {
    class: 'write',
    attrs: {
      type: 'text',
      placeholder: words.writeMessage,
      'aria-label': words.writeMessage,
      autocomplete: 'off',
      enterkeyhint: 'send',
      maxlength: 4096,
    },
  });
  input.addEventListener('input', () => showList(input.value === '/'));
  const send = h(
    'button',
    { class: 'round send', attrs: { type: 'submit', 'aria-label': words.send } },
    icon('send'),
  );
  const start = button(words.start, 'start', () => commands.say('/start'), words.start);
  const form = h('form', { class: 'write-row' }, menu, input, send, start);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    showList(false);
    commands.say(text);
  });
  const element = h('footer', { class: 'composer' }, list, form);

  function setMenu(menuButton: MenuButton): void {
    const text = menuButton.text ?? words.menu;
    menu.replaceChildren(
      menuButton.type === 'web_app'
        ? button(text, 'menu-button', () => commands.openGame(), icon('play'), h('span', {}, text))
        : button(words.commands, 'menu-button', () => showList(!isListed), icon('menu')),
    );
  }

  setMenu(session.menuButton);
  return {
    element,
    setMenu,
    setStarted(started) {
      start.hidden = started;
      input.hidden = !started;
      send.hidden = !started;
    },
  };
}
