import { hostProfile } from '../../src/host-profile.ts';
import { type Chrome, createChrome } from './app-chrome.ts';
import { type AppStage, createStage } from './app-stage.ts';
import { dispatch, isSince, parseEvent, pushed } from './bridge.ts';
import { type BridgeState, type HostFacts, initialState, type Post } from './bridge-state.ts';
import { button, h } from './dom.ts';
import { type EffectsContext, perform } from './effects.ts';
import type { LaunchChoice } from './launch.ts';
import type { Phone } from './phone.ts';
import { confirm } from './popup.ts';
import type { Session } from './session.ts';
import { THEME_PARAMS, type ThemeName, themeColor } from './theme.ts';
import type { Traffic } from './traffic.ts';
import type { Words } from './words.ts';

export interface MiniAppOptions {
  phone: Phone;
  /** The signed address of the game, launch parameters in its hash. */
  src: string;
  choice: Readonly<LaunchChoice>;
  bare: boolean;
  session: Session;
  words: Words;
  theme: ThemeName;
  traffic: Traffic;
  openPanel: () => void;
  onMinimised: () => void;
  onClosed: () => void;
  relaunch: (startParam: string) => void;
}

/** How long a game that says it can reload itself is given to begin. */
const RELOAD_GRACE_MS = 500;

/** A game in an iframe, and the Telegram around it until it is closed. */
export class MiniApp {
  readonly #options: MiniAppOptions;
  readonly #context: EffectsContext;
  readonly #stage: AppStage;
  readonly #chrome: Chrome;
  readonly #element: HTMLElement;
  readonly #resized: ResizeObserver;
  #state: BridgeState;
  #theme: ThemeName;
  #isVisible = true;
  #reloadTimer = 0;
  #unrest = 0;

  constructor(options: MiniAppOptions) {
    const { phone, session, words, choice } = options;
    // What is chosen while the game is open holds from the next one on.
    this.#options = { ...options, choice: { ...choice } };
    this.#state = initialState(choice.fullscreen);
    this.#theme = options.theme;
    this.#stage = createStage(session, words, options.src);
    this.#chrome = this.#createChrome();
    this.#element = this.#createElement();
    this.#context = this.#createContext();
    this.#resized = new ResizeObserver(() =>
      this.#post(pushed.viewport(this.#state.expanded, this.#facts())),
    );
    addEventListener('message', this.#onMessage);
    document.addEventListener('visibilitychange', this.#onVisibility);
    phone.screen.append(this.#element);
    this.#render();
    this.#resized.observe(this.#stage.frame);
  }

  /** Loads the very same address again, hash and all; first a game that can is asked to do it itself. */
  reload(): void {
    this.#post({ eventType: 'reload_iframe' });
    const graceMs = this.#state.reloadSupported ? RELOAD_GRACE_MS : 0;
    this.#reloadTimer = setTimeout(() => this.#loadAgain(), graceMs);
  }

  minimise(): void {
    this.#setVisible(false);
    this.#options.onMinimised();
  }

  restore(): void {
    this.#setVisible(true);
  }

  setTheme(theme: ThemeName): void {
    this.#theme = theme;
    this.#render();
    this.#post(pushed.theme(this.#facts()));
  }

  /** Takes the game away without asking. */
  dispose(): void {
    clearTimeout(this.#reloadTimer);
    clearTimeout(this.#unrest);
    this.#stage.dispose();
    this.#resized.disconnect();
    removeEventListener('message', this.#onMessage);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#element.remove();
  }

  #createChrome(): Chrome {
    const { session, words, openPanel } = this.#options;
    const press = (eventType: string) => (): void => this.#post({ eventType });
    return createChrome(session.bot.first_name, words, {
      openPanel,
      back: press('back_button_pressed'),
      settings: press('settings_button_pressed'),
      pressMain: press('main_button_pressed'),
      pressSecondary: press('secondary_button_pressed'),
      close: () => void this.#askToClose(),
      minimise: () => this.minimise(),
      reload: () => this.reload(),
      leaveFullscreen: () => this.#hear('web_app_exit_fullscreen', {}),
    });
  }

  #createElement(): HTMLElement {
    const { session, words, bare } = this.#options;
    const back = (): void => this.#post({ eventType: 'back_button_pressed' });
    // Bare mode has no header; the back button stays within reach of a keyboard and of tests.
    const header = bare ? button(words.back, 'bare-back', back, words.back) : this.#chrome.header;
    const attrs = { 'aria-label': session.bot.first_name };
    return h('section', { class: 'app', attrs }, header, this.#stage.element, this.#chrome.footer);
  }

  #createContext(): EffectsContext {
    const { phone, session, words, relaunch, choice } = this.#options;
    return {
      platform: choice.platform,
      phone,
      session,
      words,
      relaunch,
      post: (event) => this.#post(event),
      minimise: () => this.minimise(),
      close: () => this.#close(),
      invoiceClosed: () => {
        this.#state = { ...this.#state, invoiceSlug: undefined, sheetIsOld: false };
      },
    };
  }

  #facts(): HostFacts {
    const { choice, session, phone } = this.#options;
    const { frame } = this.#stage;
    return {
      host: hostProfile(choice.platform),
      version: choice.version,
      botUsername: session.bot.username,
      themeParams: THEME_PARAMS[this.#theme],
      viewport: { width: frame.clientWidth, height: frame.clientHeight },
      statusBarHeight: phone.statusBarHeight(),
      nowMs: Date.now(),
    };
  }

  #post({ eventType, eventData }: Omit<Post, 'kind'>): void {
    this.#options.traffic.note('out', eventType, eventData);
    this.#stage.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), '*');
  }

  /** An event of the game, or one that a person raises in its place. */
  #hear(type: string, data: Readonly<Record<string, unknown>>): void {
    if (type === 'iframe_will_reload') clearTimeout(this.#reloadTimer);
    if (type === 'web_app_ready') this.#planReload();
    const { state, actions, heard } = dispatch(this.#state, { type, data }, this.#facts());
    this.#options.traffic.note(heard ? 'in' : 'ignored', type, data);
    this.#state = state;
    this.#render();
    for (const action of actions) perform(action, this.#context);
  }

  readonly #onMessage = ({ source, data }: MessageEvent): void => {
    if (source === null || source !== this.#stage.frame.contentWindow) return;
    const event = parseEvent(data);
    if (event) this.#hear(event.type, event.data);
  };

  readonly #onVisibility = (): void => {
    if (isSince('8.0', this.#options.choice.version))
      this.#post(pushed.visibility(this.#isVisible && !document.hidden));
  };

  #render(): void {
    const params = THEME_PARAMS[this.#theme];
    this.#chrome.render(this.#state, params);
    this.#element.classList.toggle('is-fullscreen', this.#state.fullscreen);
    this.#element.classList.toggle('is-minimised', !this.#isVisible);
    this.#element.style.backgroundColor = themeColor(params, this.#state.headerColor);
    this.#stage.element.style.backgroundColor = themeColor(params, this.#state.backgroundColor);
    this.#stage.setReady(this.#state.ready);
  }

  /** Some phones load a page anew soon after it has come up, again and again. */
  #planReload(): void {
    const { reloadEvery } = this.#options.choice;
    clearTimeout(this.#unrest);
    if (reloadEvery > 0) this.#unrest = setTimeout(() => this.#loadAgain(), reloadEvery * 1_000);
  }

  #loadAgain(): void {
    this.#stage.loadAgain();
    // An open pay sheet outlives the page that asked for it.
    const { fullscreen, invoiceSlug } = this.#state;
    this.#state = { ...initialState(fullscreen), invoiceSlug, sheetIsOld: invoiceSlug !== undefined };
    this.#render();
  }

  #setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.#render();
    this.#onVisibility();
  }

  async #askToClose(): Promise<void> {
    const { phone, words } = this.#options;
    const question = {
      title: words.leaveTitle,
      message: words.leaveText,
      yes: words.close,
      no: words.stay,
      destructive: true,
    };
    if (!this.#state.needsClosingConfirmation || (await confirm(phone.screen, question, words)))
      this.#close();
  }

  #close(): void {
    this.dispose();
    this.#options.onClosed();
  }
}
