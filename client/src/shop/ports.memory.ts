import type { Grant } from '@stardrift/shared/catalog';
import type {
  Answer,
  Cause,
  InventoryView,
  ItemView,
  OfferView,
  OrderView,
  RefusalCode,
  RequestBody,
  RequestName,
} from '@stardrift/shared/protocol';
import type { Drawer } from '../storage.ts';
import type { Host, InvoiceHint, Link, Server } from './ports.ts';

/** The shop's ports in memory, for its tests: a server with one shelf, and a pay sheet that does as it is told. */
export const SHELF: OfferView[] = [
  {
    sku: 'shield_1',
    category: 'help',
    title: 'Shield',
    description: 'Takes the next hit.',
    priceStars: 6,
    grant: { shield: 1 },
    icon: { glyph: 'shield', hue: 195 },
    maxQuantity: 5,
  },
];

export function memoryDrawer(): Drawer {
  const kept = new Map<string, string>();
  return {
    get(key, is) {
      const value: unknown = JSON.parse(kept.get(key) ?? 'null');
      return is(value) ? value : undefined;
    },
    set: (key, value) => void kept.set(key, JSON.stringify(value)),
    remove: (key) => void kept.delete(key),
  };
}

export interface MemoryServer extends Server {
  readonly asked: { name: RequestName; body: unknown }[];
  readonly orders: Map<string, OrderView>;
  items: Grant;
  debts: Grant;
  offers: OfferView[];
  /** What the catalogue says of the items. */
  known: ItemView[];
  setLink(link: Link): void;
  /** From now on this request is refused with the code, or answered again. */
  refuse(name: RequestName, code: RefusalCode | undefined): void;
  /** The payment arrived: credited once, debts first, then pushed unless `quietly`. */
  credit(orderId: string, quietly?: boolean): void;
  /** The order's Stars are going back, or are back; its goods are taken, and owed as far as they were used. */
  refund(orderId: string, state: 'refunding' | 'refunded', quietly?: boolean): void;
  push(cause: Cause): void;
  /** The next answer to this request never comes. */
  lose(name: RequestName): void;
}

export function memoryServer(items: Grant = {}): MemoryServer {
  let link: Link = 'connecting';
  let rev = 1;
  const lost = new Set<RequestName>();
  const refusals = new Map<RequestName, RefusalCode>();
  const links = new Set<(link: Link) => void>();
  const inventories = new Set<(change: InventoryView & { cause: Cause }) => void>();
  const view = (): InventoryView => {
    const inventory = { rev, items: { ...server.items }, entitlements: [] };
    return Object.keys(server.debts).length > 0 ? { ...inventory, debts: { ...server.debts } } : inventory;
  };

  function add(grant: Grant, sign: 1 | -1): void {
    for (const [id, count] of Object.entries(grant)) {
      const have = (server.items[id] ?? 0) - (server.debts[id] ?? 0) + sign * count;
      server.items = { ...server.items, [id]: Math.max(0, have) };
      const { [id]: _, ...others } = server.debts;
      server.debts = have < 0 ? { ...others, [id]: -have } : others;
    }
    rev++;
  }

  function answer(name: RequestName, body: Record<string, unknown>): unknown {
    const code = refusals.get(name);
    if (code) return { ok: false, code, message: `Refused: ${code}.` };
    if (name === 'catalog') return { ok: true, revision: 'r1', offers: server.offers, items: server.known };
    if (name === 'inventory') return { ok: true, ...view() };
    if (name === 'history') return { ok: true, entries: [] };
    if (name === 'use') return use(String(body.opId), String(body.itemId));
    const id = String(body.orderId);
    if (name === 'order' && !server.orders.has(id)) server.orders.set(id, placed(id, String(body.sku)));
    const order = server.orders.get(id);
    if (!order) return { ok: false, code: 'unknown_order', message: 'There is no such order.' };
    return { ok: true, order, invoiceUrl: `https://t.me/$${id}` };
  }

  const used = new Set<string>();
  function use(opId: string, itemId: string): unknown {
    if (!used.has(opId)) {
      if (!server.items[itemId]) return { ok: false, code: 'not_enough', message: 'None left.' };
      used.add(opId);
      server.items = { ...server.items, [itemId]: (server.items[itemId] ?? 0) - 1 };
      rev++;
    }
    return { ok: true, rev, items: { ...server.items } };
  }

  const server: MemoryServer = {
    asked: [],
    orders: new Map(),
    items,
    debts: {},
    offers: SHELF,
    known: [],
    get link() {
      return link;
    },
    async ask<E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E>> {
      server.asked.push({ name, body });
      const result = answer(name, body) as Answer<E>;
      if (link !== 'online' || lost.delete(name)) throw new Error(`${name}: no answer`);
      return structuredClone(result);
    },
    onLink: (listener) => subscribe(links, listener),
    onInventory: (listener) => subscribe(inventories, listener),
    onCatalog: () => () => {},
    setLink(now) {
      link = now;
      for (const listener of links) listener(now);
      if (now === 'online') server.push('sync');
    },
    credit(orderId, quietly = false) {
      const order = server.orders.get(orderId);
      if (!order || order.state === 'credited') return;
      order.state = 'credited';
      add(order.grant, 1);
      if (!quietly) server.push('purchase');
    },
    refund(orderId, state, quietly = false) {
      const order = server.orders.get(orderId);
      if (!order) return;
      if (order.state === 'credited') add(order.grant, -1);
      order.state = state;
      if (!quietly) server.push('refund');
    },
    push(cause) {
      for (const listener of inventories) listener({ ...view(), cause });
    },
    refuse(name, code) {
      if (code) refusals.set(name, code);
      else refusals.delete(name);
    },
    lose: (name) => void lost.add(name),
  };
  return server;
}

const placed = (id: string, sku: string): OrderView => ({
  ...{ id, sku, quantity: 1, priceStars: 6, grant: { shield: 1 } },
  ...{ expiresAtMs: 3_600_000, state: 'ready' },
});

export interface MemoryHost extends Pick<Host, 'openInvoice' | 'haptic'> {
  readonly opened: string[];
  /** Telegram's sheet closes and says so. */
  close(hint: InvoiceHint): void;
}

export function memoryHost(): MemoryHost {
  const opened: string[] = [];
  let settle: ((hint: InvoiceHint) => void) | undefined;
  return {
    opened,
    openInvoice(url, { signal }) {
      opened.push(url);
      return new Promise((resolve) => {
        settle = resolve;
        signal.addEventListener('abort', () => resolve('silent'));
      });
    },
    haptic() {},
    close: (hint) => settle?.(hint),
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
