import { type Drawer, isRecord } from '../storage.ts';
import type { Counted } from './goods.ts';
import { isLater, type Server } from './ports.ts';

/** Items used in the game that the server has not yet confirmed. Kept in storage until it has. */
export interface Uses {
  /** One more of this item was used, now, under the id of an operation. */
  add(itemId: string, opId: string): void;
  /** Uses the server has not answered for yet. */
  readonly waiting: number;
  /** Used but not yet taken off by the server. */
  pending(itemId: string): number;
  /** Tries again what is waiting, such as after a reconnect. */
  flush(): void;
}

interface Use {
  opId: string;
  itemId: string;
}
const KEY = 'uses';
const RETRY_MS = 3_000;

/**
 * Sends each use under its own operation id, one after another, until the server answers: a lost answer is repeated with
 * the same id, so nothing is taken off twice. `settle` gets the server's counts, which correct the screen's.
 */
export function createUses(
  drawer: Drawer,
  server: Pick<Server, 'ask' | 'link'>,
  settle: (counted: Counted | undefined) => void,
): Uses {
  let queue: Use[] = drawer.get(KEY, isUses) ?? [];
  let sending = false;

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let use = queue[0]; use && server.link === 'online'; use = queue[0]) {
        const answer = await server.ask('use', use);
        if (!answer.ok && isLater(answer.code)) {
          setTimeout(flush, RETRY_MS);
          return;
        }
        queue = queue.slice(1);
        drawer.set(KEY, queue);
        settle(answer.ok ? answer : undefined);
      }
    } catch {
      setTimeout(flush, RETRY_MS);
    } finally {
      sending = false;
    }
  }
  const flush = () => void send();

  return {
    get waiting() {
      return queue.length;
    },
    add(itemId, opId) {
      queue = [...queue, { opId, itemId }];
      drawer.set(KEY, queue);
      settle(undefined);
      flush();
    },
    pending: (itemId) => queue.filter((use) => use.itemId === itemId).length,
    flush,
  };
}

function isUses(value: unknown): value is Use[] {
  return (
    Array.isArray(value) &&
    value.every((use) => isRecord(use) && typeof use.opId === 'string' && typeof use.itemId === 'string')
  );
}
