import type { Update } from '@grammyjs/types';
import { counter, counterStart } from '../ids.ts';
import { DEFAULT_TYPES } from './update-types.ts';

export interface PendingUpdate {
  readonly update: Update;
  /** Updates with the same key go to a webhook one after the other. */
  readonly key: number;
  readonly expiresAtMs: number;
  /** How often it is still to be delivered: 1, or more when it is to arrive twice. */
  copies: number;
  /** Called once, when the first attempt at delivery was answered or the update is gone. */
  onAttempt?: () => void;
}

/** One of the two ways out of the queues that wants to know about each new update. */
export interface Outlet {
  push(pending: PendingUpdate): void;
  /** All pending updates are forgotten. */
  clear?(): void;
}

export interface Draft {
  type: Exclude<keyof Update, 'update_id'>;
  content: Update[keyof Update];
  key: number;
  lifeMs: number;
  copies?: number;
}

/**
 * The updates of one bot that are not confirmed yet, in the order of their ids. A webhook and getUpdates are two
 * ways out of this one store; at any time at most one of them is open.
 */
export class Updates {
  readonly #pending = new Map<number, PendingUpdate>();
  readonly #nextId = counter(counterStart(16));
  allowed: ReadonlySet<string> = DEFAULT_TYPES;
  outlet: Outlet | undefined;

  /** Undefined when the bot did not ask for updates of this type: such an update is lost for good. */
  add({ type, content, key, lifeMs, copies = 1 }: Draft): PendingUpdate | undefined {
    if (!this.allowed.has(type)) return undefined;
    const update: Update = { update_id: this.#nextId(), [type]: content };
    const pending: PendingUpdate = { update, key, copies, expiresAtMs: Date.now() + lifeMs };
    this.#pending.set(update.update_id, pending);
    this.outlet?.push(pending);
    return pending;
  }

  /** The update was delivered, or its time is over. */
  remove(pending: PendingUpdate): void {
    this.#pending.delete(pending.update.update_id);
    attempted(pending);
  }

  /** Confirms every update before `offset`; a negative offset keeps only that many of the newest. */
  confirm(offset: number): void {
    if (offset < 0) {
      let surplus = this.#pending.size + offset;
      for (const pending of this.#pending.values()) {
        if (surplus-- <= 0) return;
        this.remove(pending);
      }
      return;
    }
    for (const [id, pending] of this.#pending) {
      if (id >= offset) return;
      this.remove(pending);
    }
  }

  /** The oldest `limit` updates that are still alive; those beyond their time are dropped on the way. */
  oldest(limit: number): PendingUpdate[] {
    const now = Date.now();
    const found: PendingUpdate[] = [];
    for (const pending of this.#pending.values()) {
      if (pending.expiresAtMs < now) this.remove(pending);
      else if (found.push(pending) === limit) break;
    }
    return found;
  }

  /** All that are still alive, oldest first. */
  all(): PendingUpdate[] {
    return this.oldest(Number.POSITIVE_INFINITY);
  }

  /** Forgets every pending update. Ids go on from where they were. */
  clear(): void {
    for (const pending of this.#pending.values()) attempted(pending);
    this.#pending.clear();
    this.outlet?.clear?.();
  }
}

/** Tells whoever waits for it that the first attempt at delivery is over. */
export function attempted(pending: PendingUpdate): void {
  pending.onAttempt?.();
  delete pending.onAttempt;
}
