import { describe, expect, test } from 'vitest';
import { HOST_PROFILES, PLATFORMS, type Platform } from '../../src/host-profile.ts';
import { dispatch, HANDLERS, isSince, parseEvent, pushed } from './bridge.ts';
import { BRIDGE_EVENTS } from './bridge-coverage.ts';
import { type BridgeState, type HostFacts, initialState } from './bridge-state.ts';
import { THEME_PARAMS } from './theme.ts';

const facts: HostFacts = {
  host: HOST_PROFILES.weba,
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

describe('apps of Telegram', () => {
  const on = (platform: Platform, type: string, data = {}, state: Partial<BridgeState> = {}, nowMs = 1_000) =>
    send(type, data, state, { host: HOST_PROFILES[platform], nowMs });
  const top = (px: number) => ({ top: px, bottom: 0, left: 0, right: 0 });

  test.each<[Platform, number, number, number | undefined]>([
    ['weba', 34, 46, undefined],
    ['web', 34, 46, undefined],
    ['tdesktop', 0, 0, undefined],
    ['macos', 34, 46, undefined],
    ['ios', 34, 46, 700],
    ['android', 34, 46, undefined],
  ])('%s tells of insets of %i and %i in fullscreen, %s ms late', (platform, status, bar, afterMs) => {
    const late = afterMs === undefined ? {} : { afterMs };
    expect(on(platform, 'web_app_request_fullscreen').actions).toEqual([
      post('fullscreen_changed', { is_fullscreen: true }),
      { ...post('safe_area_changed', top(status)), ...late },
      { ...post('content_safe_area_changed', top(bar)), ...late },
    ]);
  });

  test('asked for its insets too early, iOS still has the old ones', () => {
    const { state } = on('ios', 'web_app_request_fullscreen', {}, {}, 1_000);
    const asked = (nowMs: number) => on('ios', 'web_app_request_content_safe_area', {}, state, nowMs).actions;
    expect(asked(1_699)).toEqual([post('content_safe_area_changed', top(0))]);
    expect(asked(1_700)).toEqual([post('content_safe_area_changed', top(46))]);
    const left = on('ios', 'web_app_exit_fullscreen', {}, state, 5_000).state;
    expect(on('ios', 'web_app_request_content_safe_area', {}, left, 5_600).actions).toEqual([
      post('content_safe_area_changed', top(46)),
    ]);
  });

  test.each(PLATFORMS)('%s answers a way out of fullscreen with false, in it or not', (platform) => {
    for (const fullscreen of [true, false])
      expect(on(platform, 'web_app_exit_fullscreen', {}, { fullscreen }).actions[0]).toEqual(
        post('fullscreen_changed', { is_fullscreen: false }),
      );
  });

  test.each<[Platform, boolean]>([
    ['weba', true],
    ['web', true],
    ['tdesktop', true],
    ['macos', true],
    ['ios', false],
    ['android', false],
  ])('%s is expanded before the game asks: %s', (platform, expanded) => {
    const of = (type: string, state?: Partial<BridgeState>) => on(platform, type, {}, state).actions[0];
    expect(of('web_app_request_viewport')).toMatchObject({ eventData: { is_expanded: expanded } });
    const { state } = on(platform, 'web_app_expand');
    expect(of('web_app_expand')).toMatchObject({ eventData: { is_expanded: true } });
    expect(of('web_app_request_viewport', state)).toMatchObject({ eventData: { is_expanded: true } });
  });

  test.each<[Platform, number]>([
    ['weba', 3],
    ['web', 5],
    ['tdesktop', 5],
    ['macos', 5],
    ['ios', 5],
    ['android', 5],
  ])('%s shows, of five popups in half a second, %i', (platform, shown) => {
    let state = initialState();
    let count = 0;
    for (const nowMs of [0, 100, 200, 300, 400]) {
      const data = { message: 'M', buttons: [{ id: 'ok', type: 'ok' }] };
      const outcome = on(platform, 'web_app_open_popup', data, state, nowMs);
      state = outcome.state;
      count += outcome.actions.length;
    }
    expect(count).toBe(shown);
  });

  const refusal = [post('invoice_closed', { slug: 'b', status: 'cancelled' })];
  test.each(PLATFORMS)('%s refuses a second invoice beside an open one', (platform) => {
    expect(on(platform, 'web_app_open_invoice', { slug: 'b' }, { invoiceSlug: 'a' }).actions).toEqual(
      refusal,
    );
    const left = { invoiceSlug: 'a', sheetIsOld: true };
    expect(on(platform, 'web_app_open_invoice', { slug: 'b' }, left).actions).toEqual(
      platform === 'android' ? [] : refusal,
    );
  });

  test.each(PLATFORMS)('%s keeps a game that follows a link to t.me, unless it is Web A', (platform) => {
    const kinds = (path: string) =>
      on(platform, 'web_app_open_tg_link', { path_full: path }).actions.map(({ kind }) => kind);
    expect(kinds('/durov')).toEqual(platform === 'weba' ? ['notice', 'close'] : ['notice']);
    expect(kinds('/$abc')).toEqual(['pay']);
    expect(kinds('/slingdust_bot?startapp=shop')).toEqual(['relaunch']);
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
    const host = HOST_PROFILES.web;
    expect(send('web_app_open_tg_link', { path_full: path }, {}, { host }).actions).toEqual([action]);
  });
});
