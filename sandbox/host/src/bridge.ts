import { BRIDGE_EVENTS } from './bridge-coverage.ts';
import { buttonChange, openInvoice, popupOf, safeAreas, shade, telegramLink } from './bridge-rules.ts';
import type { Action, AppEvent, BridgeState, Handler, HostFacts, Post } from './bridge-state.ts';
import { UNAVAILABLE } from './unavailable.ts';

const SCROLLBAR_STYLE =
  '* { scrollbar-width: thin; } ::-webkit-scrollbar { width: 6px; height: 6px; } ' +
  '::-webkit-scrollbar-thumb { border-radius: 3px; background: rgb(128 128 128 / 45%); }';

/** Reads what came by postMessage. Only JSON strings count; data may be absent or `""`. */
export function parseEvent(raw: unknown): AppEvent | undefined {
  if (typeof raw !== 'string') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { eventType, eventData } = parsed as { eventType?: unknown; eventData?: unknown };
  if (typeof eventType !== 'string') return undefined;
  const isRecord = typeof eventData === 'object' && eventData !== null && !Array.isArray(eventData);
  return { type: eventType, data: isRecord ? (eventData as Record<string, unknown>) : {} };
}

/** One event of the game: the state after it, and what is to be done. Unknown and too new events change nothing. */
export function dispatch(
  state: BridgeState,
  event: AppEvent,
  facts: HostFacts,
): { state: BridgeState; actions: Action[]; heard: boolean } {
  const handler = Object.hasOwn(HANDLERS, event.type) ? HANDLERS[event.type] : undefined;
  if (!handler || !isSince(BRIDGE_EVENTS[event.type]?.since ?? '6.0', facts.version)) {
    return { state, actions: [], heard: false };
  }
  const { change = {}, actions = [] } = handler(event.data, state, facts);
  return { state: { ...state, ...change }, actions, heard: true };
}

/** Whether something new in `since` is there in `version`; `7.10` is later than `7.7`. */
export function isSince(since: string, version: string): boolean {
  const [major = 0, minor = 0] = since.split('.').map(Number);
  const [hasMajor = 0, hasMinor = 0] = version.split('.').map(Number);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const post = (eventType: string, eventData?: unknown): Post => ({ kind: 'post', eventType, eventData });

/** The events the host sends of its own accord, in the same words as its answers. */
export const pushed = {
  theme: (facts: HostFacts): Post => post('theme_changed', { theme_params: facts.themeParams }),
  viewport: (expanded: boolean, { viewport, host }: HostFacts): Post =>
    post('viewport_changed', {
      height: viewport.height,
      width: viewport.width,
      is_expanded: expanded || host.expanded === 'always',
      is_state_stable: true,
    }),
  visibility: (isVisible: boolean): Post => post('visibility_changed', { is_visible: isVisible }),
  insets: (fullscreen: boolean, facts: HostFacts): Post[] => {
    const { safeArea, contentSafeArea } = safeAreas(fullscreen, facts);
    return [post('safe_area_changed', safeArea), post('content_safe_area_changed', contentSafeArea)];
  },
};

function fullscreen(wanted: boolean): Handler {
  return (_data, state, facts) => {
    if (wanted && state.fullscreen) {
      return { actions: [post('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' })] };
    }
    const afterMs = facts.host.insetsAfterMs ?? 0;
    const insets = pushed.insets(wanted, facts).map((event) => (afterMs > 0 ? { ...event, afterMs } : event));
    return {
      change: { fullscreen: wanted, insetsFromMs: facts.nowMs + afterMs },
      actions: [post('fullscreen_changed', { is_fullscreen: wanted }), ...insets],
    };
  };
}

/** The insets as the host knows them now, which may still be those before fullscreen came or went. */
function insetsNow({ fullscreen, insetsFromMs }: BridgeState, facts: HostFacts): Post[] {
  return pushed.insets(facts.nowMs < insetsFromMs ? !fullscreen : fullscreen, facts);
}

const deviceStorage =
  (operation: 'get' | 'save' | 'clear'): Handler =>
  (data) => ({
    actions: [
      {
        kind: 'deviceStorage',
        operation,
        reqId: text(data.req_id),
        key: text(data.key),
        value: typeof data.value === 'string' ? data.value : null,
      },
    ],
  });

export const HANDLERS: Record<string, Handler> = {
  ...UNAVAILABLE,
  iframe_ready: (data) => ({
    change: { reloadSupported: data.reload_supported === true },
    actions: [post('set_custom_style', SCROLLBAR_STYLE)],
  }),
  iframe_will_reload: () => ({ change: { ready: false } }),
  web_app_ready: () => ({ change: { ready: true } }),
  web_app_expand: (_data, _state, facts) => ({
    change: { expanded: true },
    actions: [pushed.viewport(true, facts)],
  }),
  web_app_close: () => ({ actions: [{ kind: 'close' }] }),
  web_app_request_theme: (_data, _state, facts) => ({ actions: [pushed.theme(facts)] }),
  web_app_request_viewport: (_data, { expanded }, facts) => ({ actions: [pushed.viewport(expanded, facts)] }),
  web_app_request_safe_area: (_data, state, facts) => ({
    actions: insetsNow(state, facts).slice(0, 1),
  }),
  web_app_request_content_safe_area: (_data, state, facts) => ({
    actions: insetsNow(state, facts).slice(1),
  }),
  web_app_setup_main_button: (data, state) => ({ change: { main: buttonChange(state.main, data) } }),
  web_app_setup_secondary_button: (data, { secondary }) => {
    const { position } = data;
    const known = position === 'left' || position === 'right' || position === 'top' || position === 'bottom';
    return {
      change: {
        secondary: { ...buttonChange(secondary, data), position: known ? position : secondary.position },
      },
    };
  },
  web_app_setup_back_button: (data) => ({ change: { backVisible: data.is_visible === true } }),
  web_app_setup_settings_button: (data) => ({ change: { settingsVisible: data.is_visible === true } }),
  web_app_setup_closing_behavior: (data) => ({
    change: { needsClosingConfirmation: data.need_confirmation === true },
  }),
  web_app_setup_swipe_behavior: (data) => ({
    change: { allowsVerticalSwipe: data.allow_vertical_swipe === true },
  }),
  web_app_toggle_orientation_lock: (data) => ({ change: { orientationLocked: data.locked === true } }),
  web_app_set_header_color: (data, state) => ({
    change: { headerColor: shade(data.color_key ?? data.color, state.headerColor) },
  }),
  web_app_set_background_color: (data, state) => ({
    change: { backgroundColor: shade(data.color, state.backgroundColor) },
  }),
  web_app_set_bottom_bar_color: (data, state) => ({
    change: { bottomBarColor: shade(data.color, state.bottomBarColor) },
  }),
  web_app_trigger_haptic_feedback: (data) => {
    const style = text(data.impact_style) || text(data.notification_type);
    const type = text(data.type).replace('_change', '');
    return {
      actions: [
        {
          kind: 'haptic',
          label: style ? `${type} · ${style}` : type,
          durationMs: type === 'selection' ? 8 : 18,
        },
      ],
    };
  },
  web_app_open_popup: (data, state, facts) => popupOf(data, state, facts),
  web_app_open_invoice: (data, state, facts) => openInvoice(text(data.slug), state, facts.host),
  web_app_open_link: (data) =>
    /^https?:\/\//i.test(text(data.url)) ? { actions: [{ kind: 'openLink', url: text(data.url) }] } : {},
  web_app_open_tg_link: (data, state, facts) => telegramLink(text(data.path_full), state, facts),
  web_app_request_fullscreen: fullscreen(true),
  web_app_exit_fullscreen: fullscreen(false),
  web_app_invoke_custom_method: (data) => ({
    actions: [
      {
        kind: 'customMethod',
        reqId: text(data.req_id),
        method: text(data.method),
        params: data.params ?? {},
      },
    ],
  }),
  web_app_request_write_access: () => ({
    actions: [
      {
        kind: 'ask',
        question: 'writeAccess',
        detail: '',
        yes: [post('write_access_requested', { status: 'allowed' })],
        no: [post('write_access_requested', { status: 'cancelled' })],
      },
    ],
  }),
  web_app_request_file_download: (data) => ({
    actions: [
      {
        kind: 'ask',
        question: 'download',
        detail: text(data.file_name),
        yes: [
          post('file_download_requested', { status: 'downloading' }),
          { kind: 'openLink', url: text(data.url) },
        ],
        no: [post('file_download_requested', { status: 'cancelled' })],
      },
    ],
  }),
  web_app_device_storage_get_key: deviceStorage('get'),
  web_app_device_storage_save_key: deviceStorage('save'),
  web_app_device_storage_clear: deviceStorage('clear'),
  web_app_hide_keyboard: () => ({ actions: [{ kind: 'hideKeyboard' }] }),
};
