import { describe, expect, test } from 'vitest';
import { dispatch, HANDLERS, isSince, parseEvent, pushed } from './bridge.ts';
import { BRIDGE_EVENTS } from './bridge-coverage.ts';
import { type BridgeState, type HostFacts, initialState } from './bridge-state.ts';
import { THEME_PARAMS } from './theme.ts';

const facts: HostFacts = {
  version: '9.1',
  botUsername: 'slingdust_bot',
  themeParams: THEME_PARAMS.dark,
  viewport: { width: 390, height: 700 },
  statusBarHeight: 34,
  nowMs: 1_000,
};

function send(type: string, data: Record<string, unknown> = {}, state: Partial<BridgeState> = {}, more = {}) {
  return dispatch({ ...initialState(), ...state }, { type, data }, { ...facts, ...more });
}

const post = (eventType: string, eventData?: unknown) => ({ kind: 'post', eventType, eventData });

describe('coverage', () => {
  test('every event that is supported or partial has a handler, and every handler is listed', () => {
    const listed = Object.entries(BRIDGE_EVENTS).filter(([, { status }]) => status !== 'absent');
    expect(Object.keys(HANDLERS).sort()).toEqual(listed.map(([name]) => name).sort());
  });

  test.each(Object.keys(HANDLERS))('%s does not fail without data', (type) => {
    expect(send(type).heard).toBe(true);
  });
});

describe('parseEvent', () => {
  test.each([
    ['data', '{"eventType":"a","eventData":{"x":1}}', { type: 'a', data: { x: 1 } }],
    ['no data', '{"eventType":"a"}', { type: 'a', data: {} }],
    ['data that is an empty string', '{"eventType":"a","eventData":""}', { type: 'a', data: {} }],
    ['data that is null', '{"eventType":"a","eventData":null}', { type: 'a', data: {} }],
    ['data that is a list', '{"eventType":"a","eventData":[1]}', { type: 'a', data: {} }],
    ['an object instead of a string', { eventType: 'a' }, undefined],
    ['no JSON', 'hello', undefined],
    ['JSON of another kind', '[]', undefined],
    ['JSON null', 'null', undefined],
    ['a type that is no string', '{"eventType":7}', undefined],
  ])('%s', (_what, raw, expected) => {
    expect(parseEvent(raw)).toEqual(expected);
  });
});

describe('versions', () => {
  test.each([
    ['6.0', '6.0', true],
    ['7.10', '7.7', false],
    ['7.7', '7.10', true],
    ['6.9', '8.0', true],
    ['8.0', '7.10', false],
  ])('an event of %s for a game launched with %s: %s', (since, version, expected) => {
    expect(isSince(since, version)).toBe(expected);
  });

  test('an event newer than the launch is ignored in silence', () => {
    const before = initialState();
    const after = send('web_app_request_fullscreen', {}, {}, { version: '7.10' });
    expect(after).toEqual({ state: before, actions: [], heard: false });
  });

  test.each(['web_app_invented', 'toString', '__proto__'])('%s is unknown and ignored', (type) => {
    expect(send(type)).toEqual({ state: initialState(), actions: [], heard: false });
  });
});

describe('answers', () => {
  const insets = { top: 0, bottom: 0, left: 0, right: 0 };
  const viewport = { height: 700, width: 390, is_expanded: true, is_state_stable: true };
  test.each([
    ['web_app_request_theme', {}, [post('theme_changed', { theme_params: THEME_PARAMS.dark })]],
    ['web_app_request_viewport', {}, [post('viewport_changed', viewport)]],
    ['web_app_expand', {}, [post('viewport_changed', viewport)]],
    ['web_app_request_safe_area', {}, [post('safe_area_changed', insets)]],
    ['web_app_request_content_safe_area', {}, [post('content_safe_area_changed', insets)]],
    ['web_app_close', { return_back: true }, [{ kind: 'close' }]],
    ['web_app_check_home_screen', {}, [post('home_screen_checked', { status: 'unsupported' })]],
    ['web_app_open_link', { url: 'https://example.com' }, [{ kind: 'openLink', url: 'https://example.com' }]],
    ['web_app_open_link', { url: 'javascript:alert(1)' }, []],
    [
      'web_app_read_text_from_clipboard',
      { req_id: 'r' },
      [post('clipboard_text_received', { req_id: 'r', data: null })],
    ],
    [
      'web_app_secure_storage_get_key',
      { req_id: 'r', key: 'k' },
      [post('secure_storage_failed', { req_id: 'r', error: 'UNSUPPORTED' })],
    ],
    [
      'web_app_invoke_custom_method',
      { req_id: 'r', method: 'getStorageKeys', params: {} },
      [{ kind: 'customMethod', reqId: 'r', method: 'getStorageKeys', params: {} }],
    ],
    [
      'web_app_trigger_haptic_feedback',
      { type: 'impact', impact_style: 'light' },
      [{ kind: 'haptic', label: 'impact · light', durationMs: 18 }],
    ],
    [
      'web_app_trigger_haptic_feedback',
      { type: 'selection_change' },
      [{ kind: 'haptic', label: 'selection', durationMs: 8 }],
    ],
  ])('%s %o', (type, data, actions) => {
    expect(send(type, data).actions).toEqual(actions);
  });

  test('iframe_ready is answered by a style, and tells whether the game reloads itself', () => {
    const { state, actions } = send('iframe_ready', { reload_supported: true });
    expect(state.reloadSupported).toBe(true);
    expect(actions).toMatchObject([
      { eventType: 'set_custom_style', eventData: expect.stringContaining('scrollbar') },
    ]);
  });
});

describe('state', () => {
  test.each([
    ['web_app_ready', {}, { ready: true }],
    ['web_app_setup_back_button', { is_visible: true }, { backVisible: true }],
    ['web_app_setup_settings_button', { is_visible: true }, { settingsVisible: true }],
    ['web_app_setup_closing_behavior', { need_confirmation: true }, { needsClosingConfirmation: true }],
    ['web_app_setup_swipe_behavior', { allow_vertical_swipe: false }, { allowsVerticalSwipe: false }],
    ['web_app_toggle_orientation_lock', { locked: true }, { orientationLocked: true }],
    ['web_app_set_header_color', { color_key: 'secondary_bg_color' }, { headerColor: 'secondary_bg_color' }],
    ['web_app_set_header_color', { color: '#0B1026' }, { headerColor: '#0b1026' }],
    ['web_app_set_header_color', { color: 'red; }' }, { headerColor: 'header_bg_color' }],
    ['web_app_set_background_color', { color: '#0b1026' }, { backgroundColor: '#0b1026' }],
    ['web_app_set_bottom_bar_color', { color: '#0b1026' }, { bottomBarColor: '#0b1026' }],
  ])('%s %o', (type, data, expected) => {
    expect(send(type, data).state).toEqual({ ...initialState(), ...expected });
  });

  test('the loader is back while the game reloads', () => {
    expect(send('iframe_will_reload', {}, { ready: true }).state.ready).toBe(false);
  });

  test('a button keeps what a later setting leaves out, and is not shown without a text', () => {
    const shown = send('web_app_setup_main_button', { is_visible: true, text: 'Go', color: '#102030' }).state;
    const { main } = send('web_app_setup_main_button', { is_active: false }, shown).state;
    expect(main).toMatchObject({ visible: true, active: false, text: 'Go', color: '#102030' });
    expect(send('web_app_setup_main_button', { text: ' ' }, shown).state.main.visible).toBe(false);
  });

  test('the secondary button takes only a known position', () => {
    const top = send('web_app_setup_secondary_button', { position: 'top' }).state;
    expect(top.secondary.position).toBe('top');
    expect(send('web_app_setup_secondary_button', { position: 'moon' }, top).state.secondary.position).toBe(
      'top',
    );
  });
});

describe('fullscreen', () => {
  test('gives the game the whole phone and tells it what to keep clear of', () => {
    const { state, actions } = send('web_app_request_fullscreen');
    expect(state.fullscreen).toBe(true);
    expect(actions).toEqual([
      post('fullscreen_changed', { is_fullscreen: true }),
      post('safe_area_changed', { top: 34, bottom: 0, left: 0, right: 0 }),
      post('content_safe_area_changed', { top: 46, bottom: 0, left: 0, right: 0 }),
    ]);
  });

  test('asked for twice it fails', () => {
    const { actions } = send('web_app_request_fullscreen', {}, { fullscreen: true });
    expect(actions).toEqual([post('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' })]);
  });

  test('left, the header keeps the game clear again', () => {
    const { state, actions } = send('web_app_exit_fullscreen', {}, { fullscreen: true });
    expect(state.fullscreen).toBe(false);
    expect(actions).toEqual([
      post('fullscreen_changed', { is_fullscreen: false }),
      ...pushed.insets(false, facts),
    ]);
  });
});

describe('invoices', () => {
  test('opens one pay sheet', () => {
    const { state, actions } = send('web_app_open_invoice', { slug: 'a' });
    expect(state.invoiceSlug).toBe('a');
    expect(actions).toEqual([{ kind: 'pay', slug: 'a' }]);
  });

  test('the same invoice again, as after a reload, keeps its sheet', () => {
    expect(send('web_app_open_invoice', { slug: 'a' }, { invoiceSlug: 'a' }).actions).toEqual([]);
  });

  test('another one meanwhile is cancelled at once', () => {
    const { state, actions } = send('web_app_open_invoice', { slug: 'b' }, { invoiceSlug: 'a' });
    expect(state.invoiceSlug).toBe('a');
    expect(actions).toEqual([post('invoice_closed', { slug: 'b', status: 'cancelled' })]);
  });
});

describe('popups', () => {
  const ok = { id: 'ok', type: 'ok' };
  test('pass on title, message and buttons', () => {
    const buttons = [ok, { id: 'x', type: 'destructive', text: 'Leave' }];
    const { actions } = send('web_app_open_popup', { title: 'T', message: 'M', buttons });
    expect(actions).toEqual([{ kind: 'popup', title: 'T', message: 'M', buttons }]);
  });

  test.each([
    ['no message', { message: ' ', buttons: [ok] }],
    ['a message of 257 characters', { message: 'm'.repeat(257), buttons: [ok] }],
    ['a title of 65 characters', { title: 't'.repeat(65), message: 'M', buttons: [ok] }],
    ['no buttons', { message: 'M', buttons: [] }],
    ['four buttons', { message: 'M', buttons: [ok, ok, ok, ok] }],
    ['a button without words', { message: 'M', buttons: [{ id: 'x', type: 'default' }] }],
  ])('with %s are dropped', (_what, data) => {
    expect(send('web_app_open_popup', data).actions).toEqual([]);
  });

  test('three come through in two seconds, the fourth does not', () => {
    const popup = { message: 'M', buttons: [ok] };
    let state = initialState();
    const shown: number[] = [];
    for (const nowMs of [0, 100, 200, 300, 2_050]) {
      const outcome = send('web_app_open_popup', popup, state, { nowMs });
      state = outcome.state;
      if (outcome.actions.length > 0) shown.push(nowMs);
    }
    expect(shown).toEqual([0, 100, 200, 2_050]);
  });
});

describe('links within Telegram', () => {
  test.each([
    ['/$abc_DEF', { kind: 'pay', slug: 'abc_DEF' }],
    ['/invoice/abc', { kind: 'pay', slug: 'abc' }],
    ['/share/url?url=https%3A%2F%2Fa.b&text=hi', { kind: 'share', url: 'https://a.b', text: 'hi' }],
    ['/Slingdust_bot?start=x', { kind: 'command', text: '/start x' }],
    ['slingdust_bot/app?startapp=shop', { kind: 'relaunch', startParam: 'shop' }],
    ['/durov', { kind: 'notice', text: 't.me/durov' }],
    ['//evil.example/x', { kind: 'notice', text: 't.me/evil.example/x' }],
  ])('%s', (path, action) => {
    expect(send('web_app_open_tg_link', { path_full: path }).actions).toEqual([action]);
  });
});
