import { actionOf } from './bridge-rules.ts';
import { type Chat, createChat } from './chat.ts';
import { type LaunchChoice, launch } from './launch.ts';
import type { Message } from './message.ts';
import { MiniApp } from './mini-app.ts';
import { PaySheet } from './pay-sheet.ts';
import type { Phone } from './phone.ts';
import { openPopup } from './popup.ts';
import { type Session, type SessionEvent, sandbox } from './session.ts';
import type { ThemeName } from './theme.ts';
import type { Traffic } from './traffic.ts';
import { type Words, wordsFor } from './words.ts';

export interface ConversationOptions {
  phone: Phone;
  session: Session;
  choice: LaunchChoice;
  theme: ThemeName;
  traffic: Traffic;
  openPanel: () => void;
}

/** The chat of one player with the bot, and the game it opened, on the phone's screen. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #words: Words;
  readonly #chat: Chat;
  #theme: ThemeName;
  #game: MiniApp | undefined;

  constructor(options: ConversationOptions) {
    const { session, phone, openPanel, theme } = options;
    const userId = session.player.id;
    this.#options = options;
    this.#theme = theme;
    this.#words = wordsFor(session.player.language_code);
    this.#chat = createChat(session, this.#words, {
      openPanel,
      say: (text) => this.#attempt(sandbox.say(userId, text)),
      openGame: (url) => void this.openGame(url),
      press: ({ message_id: id }, data) => this.#attempt(sandbox.press(userId, id, data)),
      pay: (message) => this.#payInvoice(message),
      follow: (href) => this.#follow(href),
    });
    phone.screen.append(this.#chat.element);
  }

  get hasGame(): boolean {
    return this.#game !== undefined;
  }

  /** Opens the game at `url`, or that of the menu button; one that is open already makes room. */
  async openGame(url?: string, startParam = this.#options.choice.startParam): Promise<void> {
    const { phone, session, choice, traffic, openPanel } = this.#options;
    const userId = session.player.id;
    try {
      const src = await launch(userId, { ...choice, startParam }, this.#theme, url);
      this.#game?.dispose();
      this.#showChat(false);
      this.#game = new MiniApp({
        phone,
        src,
        session,
        traffic,
        openPanel,
        words: this.#words,
        theme: this.#theme,
        choice,
        bare: false,
        onMinimised: () => this.#minimised(),
        onClosed: () => this.#closed(),
        relaunch: (next) => void this.openGame(url, next),
      });
    } catch (error) {
      this.#complain(error);
    }
  }

  /** Takes in what happened in the chat. */
  hear(event: SessionEvent): void {
    if (event.type === 'message' || event.type === 'edited') this.#chat.put(event.message);
    if (event.type === 'deleted') this.#chat.remove(event.messageId);
    if (event.type === 'menu') this.#chat.setMenu(event.menuButton);
    if (event.type === 'callback_answer') this.#answer(event.text ?? '', event.showAlert === true);
  }

  setTheme(theme: ThemeName): void {
    this.#theme = theme;
    this.#game?.setTheme(theme);
  }

  dispose(): void {
    this.#game?.dispose();
    this.#chat.element.remove();
    for (const layer of this.#options.phone.screen.querySelectorAll('.modal')) layer.remove();
  }

  #showChat(shown: boolean, restore?: () => void): void {
    this.#chat.element.inert = !shown;
    this.#chat.showRunning(restore);
  }

  #minimised(): void {
    this.#showChat(true, () => {
      this.#showChat(false);
      this.#game?.restore();
    });
  }

  #closed(): void {
    this.#game = undefined;
    this.#showChat(true);
  }

  /** A link to the bot itself opens the game, or starts the bot, as it does in Telegram. */
  #follow(href: string): boolean {
    const { bot, player } = this.#options.session;
    const url = URL.canParse(href) ? new URL(href) : undefined;
    if (url?.hostname !== 't.me') return false;
    const action = actionOf(url, bot.username);
    if (action.kind === 'relaunch') void this.openGame(undefined, action.startParam);
    else if (action.kind === 'command') this.#attempt(sandbox.say(player.id, action.text));
    else return false;
    return true;
  }

  #payInvoice(message: Message): void {
    const { phone, session, choice } = this.#options;
    new PaySheet({
      ...phone,
      platform: choice.platform,
      userId: session.player.id,
      words: this.#words,
      // The sandbox names the invoice of a message after the message.
      slug: `message-${message.message_id}`,
      // There is no game to be told: the service message in the chat is the news.
      report: () => undefined,
      onClosed: () => undefined,
    });
  }

  #answer(text: string, showAlert: boolean): void {
    const { phone, session } = this.#options;
    if (text === '') return;
    if (!showAlert) {
      phone.notify(text);
      return;
    }
    const popup = {
      title: session.bot.first_name,
      message: text,
      buttons: [{ id: 'ok', type: 'ok' as const }],
    };
    void openPopup(phone.screen, popup, this.#words);
  }

  #attempt(work: Promise<unknown>): void {
    void work.catch((error: unknown) => this.#complain(error));
  }

  #complain(error: unknown): void {
    this.#options.phone.notify(error instanceof Error ? error.message : String(error));
  }
}
