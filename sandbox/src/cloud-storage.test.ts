import { expect, test } from 'vitest';
import { customMethod } from './cloud-storage.ts';
import { putPlayer } from './players.ts';
import { createTelegram } from './sandbox.ts';

const newPlayer = () => putPlayer(createTelegram({}), undefined);

test.each<[string, object, string]>([
  ['saveStorageValue', { key: '', value: 'x' }, 'KEY_INVALID'],
  ['saveStorageValue', { key: 'no spaces', value: 'x' }, 'KEY_INVALID'],
  ['saveStorageValue', { key: 'x'.repeat(129), value: 'x' }, 'KEY_INVALID'],
  ['saveStorageValue', { key: 'x', value: 'x'.repeat(4097) }, 'VALUE_INVALID'],
  ['saveStorageValue', { key: 'x', value: 7 }, 'VALUE_INVALID'],
  ['getStorageValues', { keys: 'x' }, 'KEYS_INVALID'],
  ['deleteStorageValues', { keys: ['?'] }, 'KEY_INVALID'],
  ['getRequestedContact', {}, 'METHOD_INVALID'],
])('%s refuses %j', (method, parameters, error) => {
  expect(() => customMethod(newPlayer(), method, { ...parameters })).toThrow(error);
});

test('holds 1024 keys and no more, but lets those change', () => {
  const player = newPlayer();
  const save = (key: string) => customMethod(player, 'saveStorageValue', { key, value: 'x'.repeat(4096) });
  for (let index = 0; index < 1024; index++) save(`key-${index}`);
  expect(save('key-0')).toBe(true);
  expect(() => save('key-1024')).toThrow('QUOTA_EXCEEDED');
});
