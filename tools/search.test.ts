import { expect, it } from 'vitest';
import { candidates } from './search.ts';

const places = {
  setting: undefined,
  path: '/home/a/bin:/usr/bin',
  names: ['redis-server', 'valkey-server'],
  usual: ['/usr/bin', '/opt/bin'],
  own: ['/clone/.cache/redis-server'],
};

it('tries the PATH, then the usual places, then the own ones, no file twice', () => {
  expect(candidates(places)).toEqual([
    '/home/a/bin/redis-server',
    '/home/a/bin/valkey-server',
    '/usr/bin/redis-server',
    '/usr/bin/valkey-server',
    '/opt/bin/redis-server',
    '/opt/bin/valkey-server',
    '/clone/.cache/redis-server',
  ]);
});

it('tries the setting before all', () => {
  expect(candidates({ ...places, setting: '/mine/redis' })[0]).toBe('/mine/redis');
});

it('takes an empty setting and an empty PATH for none', () => {
  expect(candidates({ ...places, setting: '', path: '', usual: [] })).toEqual(places.own);
});
