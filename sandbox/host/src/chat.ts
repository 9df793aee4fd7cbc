import { type BubbleCommands, bubble } from './bubble.ts';
import { type ComposerCommands, createComposer } from './composer.ts';
import { button, h } from './dom.ts';
import { avatar, icon } from './icons.ts';
import type { Message } from './message.ts';
import type { MenuButton, Session } from './session.ts';
import type { Words } from './words.ts';

export type ChatCommands = BubbleCommands & ComposerCommands & { openPanel: () => void };

export interface Chat {
  element: HTMLElement;
  put: (message: Message) => void;
  remove: (messageId: number) => void;
  setMenu: (menuButton: MenuButton) => void;
  /** Shows above the composer that a game waits, minimised. */
  showRunning: (restore: (() => void) | undefined) => void;
}

function dayOf(message: Message, language: string): string {
  return new Date(message.date * 1000).toLocaleDateString(language, { day: 'numeric', month: 'long' });
}

/** The chat of the player with the bot. */
export function createChat(session: Session, words: Words, commands: ChatCommands): Chat {
  const { bot, description, player } = session;
  const messages = new Map<number, Message>();
  const log = h('ol', { class: 'log', attrs: { 'aria-label': bot.first_name } });
  const scroller = h('div', { class: 'log-scroller', attrs: { role: 'log' } }, log);
  const running = h('div', { class: 'running', attrs: { hidden: true } });
  const composer = createComposer(session, words, commands);
  const header = h(
    'header',
    { class: 'chat-header' },
    avatar(bot.first_name, bot.id),
    h('div', { class: 'chat-title' }, h('strong', {}, bot.first_name), h('span', {}, words.botSubtitle)),
    button(words.openPanel, 'round panel-opener', commands.openPanel, icon('panel')),
  );
  const element = h('section', { class: 'chat' }, header, scroller, running, composer.element);

  function draw(): void {
    const items: HTMLElement[] = [];
    let day = '';
    for (const message of [...messages.values()].sort((a, b) => a.message_id - b.message_id)) {
      const date = dayOf(message, player.language_code);
      if (date !== day) items.push(h('li', { class: 'message is-day' }, h('p', { class: 'service' }, date)));
      day = date;
      items.push(bubble(message, bot.first_name, commands, words));
    }
    if (messages.size === 0) items.push(introduction());
    log.replaceChildren(...items);
    composer.setStarted(messages.size > 0);
  }

  function introduction(): HTMLElement {
    return h(
      'li',
      { class: 'introduction' },
      avatar(bot.first_name, bot.id),
      h('strong', {}, words.whatCanItDo),
      h('p', {}, description || `@${bot.username}`),
    );
  }

  for (const message of session.chat) messages.set(message.message_id, message);
  draw();
  return {
    element,
    put(message) {
      // The scroller runs from its foot upwards, so 0 is the newest message.
      if (!messages.has(message.message_id)) scroller.scrollTop = 0;
      messages.set(message.message_id, message);
      draw();
    },
    remove(messageId) {
      messages.delete(messageId);
      draw();
    },
    setMenu: composer.setMenu,
    showRunning(restore) {
      running.hidden = restore === undefined;
      running.replaceChildren(
        h('span', {}, words.gameRuns(bot.first_name)),
        button(words.openGame, 'small-primary', () => restore?.(), words.openGame),
      );
    },
  };
}
