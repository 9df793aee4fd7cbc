import type { HostProfile } from '../../src/host-profile.ts';
import type { Action, BottomButton, BridgeState, HostFacts, Outcome, PopupButton } from './bridge-state.ts';

type Data = Readonly<Record<string, unknown>>;

/** Height of the close and menu buttons that float above a fullscreen game, in CSS pixels. */
export const FLOATING_CONTROLS_HEIGHT = 46;

const POPUP_WINDOW_MS = 2_000;
const COLOR = /^#[0-9a-f]{6}$/i;

/** In a window the header keeps the game clear of everything; in fullscreen the game must do so itself. */
export function safeAreas(fullscreen: boolean, { host, statusBarHeight }: HostFacts) {
  const none = { top: 0, bottom: 0, left: 0, right: 0 };
  const has = fullscreen && host.insetsAfterMs !== undefined;
  return {
    safeArea: has ? { ...none, top: statusBarHeight } : none,
    contentSafeArea: has ? { ...none, top: FLOATING_CONTROLS_HEIGHT } : none,
  };
}

export function shade(wanted: unknown, current: string): string {
  if (wanted === 'bg_color' || wanted === 'secondary_bg_color' || wanted === 'bottom_bar_bg_color')
    return wanted;
  return typeof wanted === 'string' && COLOR.test(wanted) ? wanted.toLowerCase() : current;
}

/** What the game leaves out of a button keeps its value; an empty text never shows a button. */
export function buttonChange(button: BottomButton, data: Data): BottomButton {
  const flag = (value: unknown, current: boolean): boolean => (typeof value === 'boolean' ? value : current);
  const label = typeof data.text === 'string' ? data.text.trim() : button.text;
  return {
    visible: flag(data.is_visible, button.visible) && label !== '',
    active: flag(data.is_active, button.active),
    progress: flag(data.is_progress_visible, button.progress),
    shine: flag(data.has_shine_effect, button.shine),
    text: label,
    color: shade(data.color, button.color ?? '') || undefined,
    textColor: shade(data.text_color, button.textColor ?? '') || undefined,
  };
}

function popupButton(raw: unknown): PopupButton | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { id, type, text } = raw as { id?: unknown; type?: unknown; text?: unknown };
  const known = type === 'ok' || type === 'close' || type === 'cancel' || type === 'destructive';
  const button: PopupButton = { id: typeof id === 'string' ? id : '', type: known ? type : 'default' };
  if (typeof text === 'string' && text.trim() !== '') button.text = text.slice(0, 64);
  const needsText = button.type === 'default' || button.type === 'destructive';
  return needsText && button.text === undefined ? undefined : button;
}

/** A popup that breaks Telegram's limits, or is one too many for the host, is dropped without an answer. */
export function popupOf(data: Data, state: BridgeState, { host, nowMs }: HostFacts): Outcome {
  const recent = state.popupTimesMs.filter((timeMs) => nowMs - timeMs < POPUP_WINDOW_MS);
  const message = typeof data.message === 'string' ? data.message.trim() : '';
  const title = typeof data.title === 'string' ? data.title.trim() : '';
  const raw = Array.isArray(data.buttons) ? data.buttons : [];
  const buttons = raw.map(popupButton).filter((button) => button !== undefined);
  const fits = message !== '' && message.length <= 256 && title.length <= 64;
  const hasButtons = buttons.length === raw.length && buttons.length >= 1 && buttons.length <= 3;
  const tooMany = host.popups !== undefined && recent.length >= host.popups;
  if (!fits || !hasButtons || tooMany) return { change: { popupTimesMs: recent } };
  return {
    change: { popupTimesMs: [...recent, nowMs] },
    actions: [{ kind: 'popup', title, message, buttons }],
  };
}

/** One pay sheet at a time: the same invoice keeps its sheet, another one is refused at once, as on Android. */
export function openInvoice(slug: string, state: BridgeState, host: HostProfile): Outcome {
  if (slug === '' || slug === state.invoiceSlug) return {};
  if (state.invoiceSlug !== undefined) {
    if (state.sheetIsOld && host.isDeafUnderOldSheet) return {};
    return {
      actions: [{ kind: 'post', eventType: 'invoice_closed', eventData: { slug, status: 'cancelled' } }],
    };
  }
  return { change: { invoiceSlug: slug, sheetIsOld: false }, actions: [{ kind: 'pay', slug }] };
}

/** A link within Telegram, given as the path and query of `https://t.me/…`. */
export function telegramLink(path: string, state: BridgeState, { host, botUsername }: HostFacts): Outcome {
  const url = new URL(path.replace(/^\/*/, '/'), 'https://t.me');
  const invoice = /^\/(?:\$|invoice\/)([\w-]+)$/.exec(url.pathname)?.[1];
  if (invoice !== undefined) return openInvoice(invoice, state, host);
  const action = actionOf(url, botUsername);
  // A launch anew takes the place of the game by itself.
  const closes = host.closesOnLink && action.kind !== 'relaunch';
  return { actions: closes ? [action, { kind: 'close' }] : [action] };
}

/** What Telegram does with a link to t.me that is no invoice. */
export function actionOf(url: URL, botUsername: string): Action {
  if (url.pathname === '/share/url') {
    const share = { url: url.searchParams.get('url') ?? '', text: url.searchParams.get('text') ?? '' };
    return { kind: 'share', ...share };
  }
  const [username, appName] = url.pathname.slice(1).split('/');
  if (username?.toLowerCase() === botUsername.toLowerCase()) {
    const startApp = url.searchParams.get('startapp');
    if (startApp !== null || appName !== undefined) {
      return { kind: 'relaunch', startParam: startApp ?? '' };
    }
    const start = url.searchParams.get('start');
    if (start !== null) return { kind: 'command', text: `/start ${start}`.trim() };
  }
  return { kind: 'notice', text: `t.me${url.pathname}${url.search}` };
}
