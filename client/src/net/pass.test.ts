import { expect, test } from 'vitest';
import { createPass, type PassDrawer } from './pass.ts';

const LAUNCH = 'query_id=AAH&user=%7B%22id%22%3A7%7D&auth_date=1790000000&hash=abc';
const LATER = LAUNCH.replace('1790000000', '1790009000');

function openDrawer(kept: Record<string, string> = {}): PassDrawer & { kept: Record<string, string> } {
  return {
    kept,
    get(key, is) {
      const value: unknown = JSON.parse(kept[key] ?? 'null');
      return is(value) ? value : undefined;
    },
    set(key, value) {
      kept[key] = JSON.stringify(value);
    },
    remove(key) {
      delete kept[key];
    },
  };
}

test('the launch data is shown first, a session from then on, also after a reload', () => {
  const drawer = openDrawer();
  const pass = createPass(LAUNCH, drawer);
  expect(pass.show()).toEqual({ initData: LAUNCH });
  pass.keep({ token: 's1.first' });
  expect(pass.show()).toEqual({ session: 's1.first' });
  pass.keep({ token: 's1.second' });
  expect(createPass(LAUNCH, drawer).show()).toEqual({ session: 's1.second' });
});

test('a refused session is forgotten and the launch data tried; refused launch data is the end', () => {
  const drawer = openDrawer();
  createPass(LAUNCH, drawer).keep({ token: 's1.old' });
  const pass = createPass(LAUNCH, drawer);
  expect(pass.refused()).toBe(true);
  expect(drawer.kept).toEqual({});
  expect(pass.show()).toEqual({ initData: LAUNCH });
  expect(pass.refused()).toBe(false);
});

test('a new launch shows its own data, not the session of the launch before', () => {
  const drawer = openDrawer();
  createPass(LAUNCH, drawer).keep({ token: 's1.old' });
  expect(createPass(LATER, drawer).show()).toEqual({ initData: LATER });
});

test.each(['{', 'null', '5', '{"session":5}', '{"session":"s1.x"}', '[]'])(
  'a drawer that holds %s holds no session',
  (text) => {
    const drawer = openDrawer();
    const get: PassDrawer['get'] = (_key, is) => {
      const value: unknown = text === '{' ? undefined : JSON.parse(text);
      return is(value) ? value : undefined;
    };
    expect(createPass(LAUNCH, { ...drawer, get }).show()).toEqual({ initData: LAUNCH });
  },
);
