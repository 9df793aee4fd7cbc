import {
  backButton,
  closingBehavior,
  hapticFeedback,
  init,
  initData,
  invoice,
  isTMA,
  miniApp,
  openLink,
  openTelegramLink,
  retrieveLaunchParams,
  retrieveRawInitData,
  shareURL,
  swipeBehavior,
  targetOrigin,
  themeParams,
  type ViewportState,
  viewport,
} from '@telegram-apps/sdk';
import type { Host, InvoiceHint } from '../shop/ports.ts';
import { isFramed } from './frame.ts';
import { createPace } from './pace.ts';
import { palette, SKY } from './theme.ts';

/** What the server wrote into the page: who may frame it, and where the bot is. */
export interface Page {
  webOrigin: string | undefined;
  botLink: string | undefined;
}

/** A tap needs an answer, not a massage: more than this drains batteries and slows Android down. */
const HAPTICS_PER_SECOND = 8;

/** Telegram around the page, and what of it can wait until the game is in sight. */
export interface TelegramHost extends Host {
  /** Takes up the rest: the buttons, colours and sizes of the app around the page. Once. */
  settle(): void;
}

/** Telegram around the page; `undefined` when the page was opened anywhere else. Never throws. */
export function openHost(page: Page): TelegramHost | undefined {
  try {
    // Before the SDK's first message: under another parent origin the browser drops every one of them in silence.
    if (page.webOrigin) targetOrigin.set(page.webOrigin);
    sayStartParamOnce();
    // Launch parameters outlive Telegram in the tab's storage; without an app to talk to they mean nothing.
    if (!isTMA() || !isFramed()) return undefined;
    init();
    const raw = retrieveRawInitData();
    if (!raw) return undefined;
    start();
    return createHost(raw, page);
  } catch (error) {
    console.warn('telegram: this page is not inside Telegram, or Telegram is too old', error);
    return undefined;
  }
}

/**
 * Telegram may say the start parameter in the address' query and again in its hash, where the rest stands. The SDK reads
 * both as one list, and takes an address that says a thing twice for one that was not opened by Telegram.
 */
function sayStartParamOnce(): void {
  const name = 'tgWebAppStartParam';
  const { href, hash } = window.location;
  const url = new URL(href);
  if (!url.searchParams.has(name) || !hash.includes(`${name}=`)) return;
  url.searchParams.delete(name);
  window.history.replaceState(window.history.state, '', url);
}

/** What the first sight of the game needs, and no more: a phone takes its time for each call that is the first of its kind. */
function start(): void {
  themeParams.mountSync.ifAvailable();
  initData.restore();
  followTheme();
}

function mountRest(): void {
  miniApp.mountSync.ifAvailable();
  backButton.mount.ifAvailable();
  closingBehavior.mount.ifAvailable();
  swipeBehavior.mount.ifAvailable();
  swipeBehavior.disableVertical.ifAvailable();
  attempt('header colour', () => miniApp.setHeaderColor.ifAvailable(SKY));
  attempt('background colour', () => miniApp.setBackgroundColor.ifAvailable(SKY));
  attempt('bottom bar colour', () => miniApp.setBottomBarColor.ifAvailable(SKY));
}

function createHost(raw: string, page: Page): TelegramHost {
  const params = retrieveLaunchParams();
  const pace = createPace(HAPTICS_PER_SECOND, () => performance.now());
  const insets = followInsets();
  // Wished for before there was a button to show, or a question to ask, and then granted as soon as there is.
  let back: (() => void) | undefined;
  let asks = false;
  const showBack = (): void => {
    if (back) backButton.show.ifAvailable();
    else backButton.hide.ifAvailable();
  };
  const setQuestion = (): void => {
    if (asks) closingBehavior.enableConfirmation.ifAvailable();
    else closingBehavior.disableConfirmation.ifAvailable();
  };
  return {
    initData: raw,
    playerId: String(initData.user()?.id ?? 'unknown'),
    language: initData.user()?.language_code ?? navigator.language,
    platform: params.tgWebAppPlatform,
    startParam: initData.startParam(),
    openInvoice,
    onBack(handler) {
      back = handler;
      showBack();
    },
    confirmClosing(on) {
      asks = on;
      setQuestion();
    },
    haptic(kind) {
      if (!pace()) return;
      if (kind === 'tap') hapticFeedback.impactOccurred.ifAvailable('light');
      else hapticFeedback.notificationOccurred.ifAvailable(kind);
    },
    onSafeArea: insets,
    onVisible,
    openBot: (path) => openBot(page.botLink, path),
    share(startParam, text) {
      if (!page.botLink) return;
      const url = new URL(page.botLink);
      url.searchParams.set('startapp', startParam);
      attempt('sharing', () => shareURL.ifAvailable(url.href, text));
    },
    close: () => void miniApp.close.ifAvailable(),
    settle() {
      mountRest();
      backButton.onClick.ifAvailable(() => back?.());
      if (back) showBack();
      if (asks) setQuestion();
      void mountViewport(params.tgWebAppPlatform);
    },
  };
}

async function openInvoice(
  url: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<InvoiceHint> {
  if (!invoice.open.isAvailable()) return 'failed';
  // A sheet that never reported back keeps the SDK's lock; a fresh attempt must not be refused for it.
  invoice.openPromise()?.abort();
  try {
    return hintOf(await invoice.open(url, 'url', { timeout: timeoutMs, abortSignal: signal }));
  } catch (error) {
    if (signal.aborted || (error instanceof Error && error.name === 'TimeoutError')) return 'silent';
    console.warn('telegram: the invoice could not be opened', error);
    return 'failed';
  }
}

function hintOf(status: string): InvoiceHint {
  return status === 'paid' || status === 'cancelled' || status === 'failed' || status === 'pending'
    ? status
    : 'silent';
}

function followTheme(): void {
  const paint = () => {
    const colours = palette({
      background: themeParams.backgroundColor(),
      text: themeParams.textColor(),
      hint: themeParams.hintColor(),
      link: themeParams.linkColor(),
      destructive: themeParams.destructiveTextColor(),
    });
    for (const [name, value] of Object.entries(colours))
      document.documentElement.style.setProperty(name, value);
  };
  paint();
  themeParams.state.sub(paint);
}

/** Phones report insets late, and again on every turn: whoever listens is told each time. */
function followInsets(): Host['onSafeArea'] {
  const listeners = new Set<Parameters<Host['onSafeArea']>[0]>();
  // Of the state as it is told: the SDK's signals for the single insets may lag one change behind it.
  const areaOf = ({ safeAreaInsets: phone, contentSafeAreaInsets: bars }: ViewportState) => ({
    top: phone.top + bars.top,
    bottom: phone.bottom + bars.bottom,
  });
  viewport.state.sub((state) => {
    for (const listener of listeners) listener(areaOf(state));
  });
  return (listener) => {
    listeners.add(listener);
    listener(areaOf(viewport.state()));
  };
}

/** Neither the first frame nor anything else waits for this. */
async function mountViewport(platform: string): Promise<void> {
  try {
    await viewport.mount({ timeout: 10_000 });
  } catch (error) {
    console.warn('telegram: no viewport', error);
  }
  if (platform !== 'android' && platform !== 'ios') return;
  try {
    await viewport.requestFullscreen.ifAvailable({ timeout: 10_000 })[1];
  } catch (error) {
    console.warn('telegram: no fullscreen', error);
  }
}

/** Older hosts say nothing when they go to the background, browsers do; both say nothing twice. */
function onVisible(listener: (visible: boolean) => void): void {
  let last = true;
  const look = () => {
    const now = document.visibilityState === 'visible' && (miniApp.isActive() ?? true);
    if (now === last) return;
    last = now;
    listener(now);
  };
  document.addEventListener('visibilitychange', look);
  miniApp.isActive.sub(look);
}

/** Opens the chat with the bot; `path` is the start parameter it is opened with. */
function openBot(botLink: string | undefined, path: string): void {
  if (!botLink) return;
  const url = new URL(botLink);
  url.searchParams.set('start', path);
  attempt('link to the bot', () => {
    if (url.hostname === 't.me') openTelegramLink.ifAvailable(url.href);
    else openLink.ifAvailable(url.href);
  });
}

/** Colours and links are manners: an old client that refuses one must not keep the game from starting. */
function attempt(what: string, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    console.warn(`telegram: no ${what}`, error);
  }
}
