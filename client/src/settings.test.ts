import { expect, test } from 'vitest';
import { createSettings } from './settings.ts';
import { createDrawer } from './storage.ts';

/** A browser's storage, as far as a drawer asks. */
function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

test('all is on at first, and what is switched off stays off for this player', () => {
  const storage = memoryStorage();
  const settings = createSettings(createDrawer(() => storage, '42'));
  let told = 0;
  settings.onChange(() => told++);
  expect(settings.isOn('music')).toBe(true);
  settings.toggle('music');
  settings.toggle('haptics');
  settings.toggle('haptics');
  expect(told).toBe(3);

  const again = createSettings(createDrawer(() => storage, '42'));
  expect([again.isOn('music'), again.isOn('effects'), again.isOn('haptics')]).toEqual([false, true, true]);
  expect(createSettings(createDrawer(() => storage, '43')).isOn('music')).toBe(true);
});

test('what stands in the storage and is none of ours changes nothing', () => {
  const storage = memoryStorage();
  storage.setItem('stardrift.42.settings', '{"music":"no","effects":false}');
  const settings = createSettings(createDrawer(() => storage, '42'));
  expect([settings.isOn('music'), settings.isOn('effects')]).toEqual([true, false]);
});
