import { expect, test } from 'vitest';
import { profileFrom } from './launch.ts';

const weba = { platform: 'weba', version: '9.1', startParam: '', fullscreen: false };

test.each([
  ['', weba],
  ['?player=1&theme=dark', weba],
  ['?platform=ios&version=8.0', { ...weba, platform: 'ios', version: '8.0' }],
  ['?startapp=shop_shield&fullscreen=1', { ...weba, startParam: 'shop_shield', fullscreen: true }],
])('the address %j launches the game so', (search, profile) => {
  expect(profileFrom(search)).toEqual(profile);
});
