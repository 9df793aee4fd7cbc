import { type Drawer, isRecord } from './storage.ts';

/** What a player hears and feels. */
export const SWITCHES = ['music', 'effects', 'haptics'] as const;
export type Switch = (typeof SWITCHES)[number];

export interface Settings {
  isOn(which: Switch): boolean;
  toggle(which: Switch): void;
  onChange(listener: () => void): void;
}

const KEY = 'settings';

/** Everything is on until it is switched off; what was switched off stays so on this device. */
export function createSettings(drawer: Drawer): Settings {
  const listeners = new Set<() => void>();
  const kept = drawer.get(KEY, isRecord) ?? {};
  const off = new Set<Switch>(SWITCHES.filter((each) => kept[each] === false));
  return {
    isOn: (which) => !off.has(which),
    toggle(which) {
      if (!off.delete(which)) off.add(which);
      drawer.set(KEY, Object.fromEntries(SWITCHES.map((each) => [each, !off.has(each)])));
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.add(listener),
  };
}
