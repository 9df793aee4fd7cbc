import type { Player } from './world.ts';

const KEY = /^[A-Za-z0-9_-]{1,128}$/;
const VALUE_MAX = 4096;
const KEYS_MAX = 1024;

type Parameters = Readonly<Record<string, unknown>>;

/**
 * A custom method of the Mini App bridge: CloudStorage lives behind these. A wrong call throws its error's
 * name.
 */
export function customMethod({ storage }: Player, method: string, parameters: Parameters): unknown {
  switch (method) {
    case 'saveStorageValue': {
      const key = readKey(parameters.key);
      const value = parameters.value;
      if (typeof value !== 'string' || value.length > VALUE_MAX) throw new Error('VALUE_INVALID');
      if (!storage.has(key) && storage.size >= KEYS_MAX) throw new Error('QUOTA_EXCEEDED');
      storage.set(key, value);
      return true;
    }
    case 'getStorageValues':
      return Object.fromEntries(readKeys(parameters.keys).map((key) => [key, storage.get(key) ?? '']));
    case 'deleteStorageValues':
      for (const key of readKeys(parameters.keys)) storage.delete(key);
      return true;
    case 'getStorageKeys':
      return [...storage.keys()];
    default:
      throw new Error('METHOD_INVALID');
  }
}

function readKey(key: unknown): string {
  if (typeof key !== 'string' || !KEY.test(key)) throw new Error('KEY_INVALID');
  return key;
}

function readKeys(keys: unknown): string[] {
  if (!Array.isArray(keys) || keys.length > KEYS_MAX) throw new Error('KEYS_INVALID');
  return keys.map(readKey);
}
