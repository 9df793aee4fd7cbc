import type {
  Answer,
  Cause,
  ClientEvents,
  HandshakeRefusal,
  InventoryView,
  PROTOCOL_VERSION,
  RequestBody,
  RequestName,
  ServerEvents,
} from '@stardrift/shared/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Link, Server } from '../shop/ports.ts';
import { createPass, type PassDrawer } from './pass.ts';

// Types alone are taken from the protocol: its schemas would bring their whole library into the download.
const PROTOCOL: typeof PROTOCOL_VERSION = 1;
const REFUSALS: Record<HandshakeRefusal, true> = { unauthorized: true, expired: true, protocol: true };

const ANSWER_TIMEOUT_MS = 8_000;
const RETRY_MS = 3_000;

type Wire = Socket<ServerEvents, ClientEvents>;

/** Our server, and what must happen when the app is in front of the player again. */
export interface ServerLink extends Server {
  /** Connects for the first time; nothing is asked or heard before. */
  connect(): void;
  /** Phones kill sockets in the background without a word: reconnects if needed and reads the inventory again. */
  wake(): void;
}

/** The Server port over socket.io: once connected it reconnects for ever, and reads the inventory on every connection. */
export function createServerLink(initData: string, drawer: PassDrawer): ServerLink {
  const pass = createPass(initData, drawer);
  const socket: Wire = io({
    // Asked at every connection: a reconnect shows what was given last.
    auth: (show) => show({ ...pass.show(), protocol: PROTOCOL }),
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  let link: Link = 'connecting';
  let rev = -1;
  const links = new Set<(link: Link) => void>();
  const inventories = new Set<(change: InventoryView & { cause: Cause }) => void>();

  function linked(now: Link): void {
    if (now === link) return;
    link = now;
    for (const listener of links) listener(now);
  }

  /** Old news is dropped: answers and pushes overtake one another. */
  function newer(change: InventoryView & { cause: Cause }): void {
    if (change.rev <= rev) return;
    rev = change.rev;
    for (const listener of inventories) listener(change);
  }

  async function ask<E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E>> {
    if (!socket.connected) throw new Error(`${name}: no connection to the server`);
    // socket.io's types can't follow a generic event name; the protocol's can.
    const timed = socket.timeout(ANSWER_TIMEOUT_MS) as unknown as {
      emitWithAck(name: E, body: RequestBody<E>): Promise<Answer<E>>;
    };
    return timed.emitWithAck(name, body);
  }

  async function readInventory(): Promise<void> {
    try {
      const answer = await ask('inventory', {});
      if (answer.ok) {
        const { ok: _, ...view } = answer;
        newer({ ...view, cause: 'sync' });
      } else setTimeout(wake, RETRY_MS);
    } catch {
      // A phone may have killed the connection without telling: a fresh one is quicker than the heartbeat.
      if (socket.connected) socket.io.engine.close();
    }
  }

  function wake(): void {
    if (socket.connected) void readInventory();
    else if (typeof link === 'string') socket.connect();
  }

  socket.on('connect', () => {
    // A fresh connection is read from the start: the server may have been rebuilt and count anew.
    rev = -1;
    linked('online');
    void readInventory();
  });
  socket.on('disconnect', () => {
    linked('offline');
    // After a disconnect by the server socket.io waits to be told; a restarted server wants us back.
    if (!socket.active) setTimeout(wake, RETRY_MS);
  });
  socket.on('connect_error', (error) => {
    if (Object.hasOwn(REFUSALS, error.message)) {
      if (pass.refused()) socket.connect();
      else linked({ refused: error.message });
      return;
    }
    linked('offline');
    if (!socket.active) setTimeout(wake, RETRY_MS);
  });
  socket.on('inventory:changed', (change) => {
    // Told anew by the server itself: its store may have lost something, and counts from an earlier number again.
    if (change.cause === 'sync') rev = -1;
    newer(change);
  });
  socket.on('session', pass.keep);

  return {
    get link() {
      return link;
    },
    ask,
    onLink: (listener) => subscribe(links, listener),
    onInventory: (listener) => subscribe(inventories, listener),
    onCatalog(listener) {
      socket.on('catalog:changed', listener);
      return () => void socket.off('catalog:changed', listener);
    },
    connect: () => void socket.connect(),
    wake,
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
