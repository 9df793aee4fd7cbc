import type { MenuButton, Message } from '@grammyjs/types';

/** What the host page is told as it happens. */
export type HostEvent =
  | { type: 'message'; message: Message }
  | { type: 'edited'; message: Message }
  | { type: 'deleted'; messageId: number }
  | { type: 'balance'; stars: number }
  | { type: 'menu'; menuButton: MenuButton }
  | { type: 'callback_answer'; text?: string; showAlert?: boolean; url?: string }
  | { type: 'state' }
  | { type: 'reset' };

type Listener = (event: HostEvent) => void;

/**
 * Tells the open host pages of a player, or of everybody, what has changed. Costs nothing when none is open.
 */
export class HostEvents {
  readonly #listeners = new Map<number, Set<Listener>>();

  /** Calls `listener` with every event of that player until the returned function is called. */
  listen(userId: number, listener: Listener): () => void {
    const listeners = this.#listeners.get(userId) ?? new Set();
    this.#listeners.set(userId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(userId) === listeners) this.#listeners.delete(userId);
    };
  }

  tell(userId: number, event: HostEvent): void {
    for (const listener of this.#listeners.get(userId) ?? []) listener(event);
  }

  tellAll(event: HostEvent): void {
    for (const userId of this.#listeners.keys()) this.tell(userId, event);
  }
}
