import { expect, test } from 'vitest';
import { choiceFrom, secondsOf } from './launch.ts';

const weba = { platform: 'weba', version: '9.1', startParam: '', fullscreen: false, reloadEvery: 0 };

test.each([
  ['', weba],
  ['?player=1&theme=dark', weba],
  ['?platform=ios&version=8.0', { ...weba, platform: 'ios', version: '8.0' }],
  ['?platform=android&reload=7', { ...weba, platform: 'android', reloadEvery: 7 }],
  ['?startapp=shop_shield&fullscreen=1', { ...weba, startParam: 'shop_shield', fullscreen: true }],
])('the address %j launches the game so', (search, choice) => {
  expect(choiceFrom(search)).toEqual(choice);
});

test('an address that names no app of Telegram says which there are', () => {
  expect(() => choiceFrom('?platform=symbian')).toThrow(
    /"symbian"\. There are weba, web, tdesktop, macos, ios, android/,
  );
});

test.each([
  ['', 0],
  ['7', 7],
  ['6.6', 7],
  ['-3', 0],
  ['often', 0],
  ['1e9', 600],
])('%j seconds between two reloads are %i', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});
