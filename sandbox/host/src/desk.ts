import type { Platform } from '../../src/host-profile.ts';
import { Conversation } from './conversation.ts';
import { h } from './dom.ts';
import { clearDeviceStorage } from './effects.ts';
import { failure } from './failure.ts';
import { choiceFrom } from './launch.ts';
import { createPanel } from './panel.ts';
import { createPhone } from './phone.ts';
import { follow, type PlayerChange, type Session, type SessionEvent, sandbox } from './session.ts';
import { applyTheme, preferredTheme, type ThemeName } from './theme.ts';
import { createTraffic } from './traffic.ts';

const NAMES = ['Mira', 'Timur', 'Lena', 'Noor', 'Ivo', 'Zoya', 'Kenji', 'Ada', 'Oleg', 'Sofia'] as const;
const NEW_PLAYER_STARS = 500;

/** The player of the address if there is such a one, else the first. */
async function chosenPlayer(): Promise<number> {
  const { players } = await sandbox.players();
  const wanted = Number(new URLSearchParams(location.search).get('player'));
  const found = players.find(({ id }) => id === wanted) ?? players[0];
  if (!found) throw new Error('The sandbox has no player. Make one with POST /sandbox/players.');
  return found.id;
}

/** Keeps a choice in the address, so that a reload or a second tab shows the same. */
function setAddress(name: 'player' | 'theme' | 'platform', value: string): void {
  const url = new URL(location.href);
  url.searchParams.set(name, value);
  history.replaceState(undefined, '', url);
}

/** The whole page: a phone, and the panel beside it. */
export class Desk {
  readonly #phone = createPhone(false);
  readonly #choice = choiceFrom(location.search);
  readonly #traffic = createTraffic(() => this.#panel.touch('bridge'));
  readonly #panel = createPanel(this.#traffic, this.#phone.notify, {
    choice: this.#choice,
    switchPlayer: (id) => this.#attempt(this.#show(id)),
    newPlayer: () => this.#attempt(this.#newPlayer()),
    setPlatform: (platform) => this.#attempt(this.#setPlatform(platform)),
    setLanguage: (code) => this.#attempt(this.#setLanguage(code)),
    addStars: (stars) => this.#attempt(this.#change({ stars: (this.#session?.player.stars ?? 0) + stars })),
    toggleTheme: () => this.#setTheme(this.#theme === 'dark' ? 'light' : 'dark'),
    openGame: () => {
      this.#panel.shut();
      void this.#conversation?.openGame();
    },
    reset: () => this.#attempt(sandbox.reset()),
  });
  #theme = preferredTheme();
  #session: Session | undefined;
  #conversation: Conversation | undefined;
  #stopFollowing = (): void => undefined;

  async start(): Promise<void> {
    document.body.append(h('div', { class: 'desk' }, this.#phone.element, this.#panel.element));
    applyTheme(this.#theme);
    this.#panel.setTheme(this.#theme);
    try {
      await this.#show(await chosenPlayer());
    } catch (error) {
      this.#phone.screen.append(failure(error));
    }
  }

  /** Reads a player's session and draws it anew; an open game is launched again only when asked for. */
  async #show(id: number, reopenGame = false): Promise<void> {
    const session = await sandbox.session(id);
    this.#stopFollowing();
    this.#conversation?.dispose();
    this.#session = session;
    setAddress('player', String(id));
    document.documentElement.lang = session.player.language_code;
    this.#panel.show(session);
    this.#panel.touch('sandbox');
    this.#conversation = new Conversation({
      session,
      phone: this.#phone,
      choice: this.#choice,
      theme: this.#theme,
      traffic: this.#traffic,
      openPanel: this.#panel.open,
    });
    this.#stopFollowing = follow(
      id,
      (event) => this.#hear(event),
      () => this.#attempt(this.#catchUp(id)),
    );
    if (reopenGame) await this.#conversation.openGame();
  }

  /** After the connection was lost: the messages that came meanwhile, without touching an open game. */
  async #catchUp(id: number): Promise<void> {
    const { chat, player, menuButton } = await sandbox.session(id);
    for (const message of chat) this.#hear({ type: 'message', message });
    this.#hear({ type: 'balance', stars: player.stars });
    this.#hear({ type: 'menu', menuButton });
  }

  #hear(event: SessionEvent): void {
    if (event.type === 'reset') {
      clearDeviceStorage();
      this.#attempt(chosenPlayer().then((id) => this.#show(id)));
      return;
    }
    if (event.type === 'balance' && this.#session) {
      this.#session.player.stars = event.stars;
      this.#panel.show(this.#session);
    }
    this.#conversation?.hear(event);
    this.#panel.touch('sandbox');
  }

  async #change(fields: Omit<PlayerChange, 'id'>): Promise<void> {
    if (this.#session) await sandbox.putPlayer({ id: this.#session.player.id, ...fields });
  }

  async #newPlayer(): Promise<void> {
    const name = NAMES[(this.#session?.players.length ?? 0) % NAMES.length];
    const { id } = await sandbox.putPlayer({ first_name: name, stars: NEW_PLAYER_STARS });
    await this.#show(id);
  }

  async #setLanguage(languageCode: string): Promise<void> {
    await this.#change({ language_code: languageCode });
    if (this.#session) await this.#show(this.#session.player.id, this.#conversation?.hasGame);
  }

  async #setPlatform(platform: Platform): Promise<void> {
    this.#choice.platform = platform;
    setAddress('platform', platform);
    if (this.#session) await this.#show(this.#session.player.id, this.#conversation?.hasGame);
  }

  #setTheme(theme: ThemeName): void {
    this.#theme = theme;
    applyTheme(theme);
    setAddress('theme', theme);
    this.#panel.setTheme(theme);
    this.#conversation?.setTheme(theme);
  }

  #attempt(work: Promise<unknown>): void {
    void work.catch((error: unknown) =>
      this.#phone.notify(error instanceof Error ? error.message : String(error)),
    );
  }
}
