/** A drawer of the browser's storage. Blocked, full or tampered-with storage reads as empty, never as a fault. */
export interface Drawer {
  /** What was kept under `key`, if it is JSON and passes `is`. */
  get<T>(key: string, is: (value: unknown) => value is T): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

/** Several players can share one browser (and one sandbox), so every key carries the player's id. */
export function createDrawer(area: () => Storage, playerId: string): Drawer {
  const name = (key: string) => `stardrift.${playerId}.${key}`;
  return {
    get(key, is) {
      try {
        const value: unknown = JSON.parse(area().getItem(name(key)) ?? 'null');
        return is(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    set(key, value) {
      attempt(() => area().setItem(name(key), JSON.stringify(value)));
    },
    remove(key) {
      attempt(() => area().removeItem(name(key)));
    },
  };
}

function attempt(change: () => void): void {
  try {
    change();
  } catch (error) {
    // A private window or a full disk: the game goes on, it only remembers less.
    console.warn('storage: could not keep a value', error);
  }
}

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
