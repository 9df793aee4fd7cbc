import type { Grant } from '@stardrift/shared/catalog';
import type { Answers, Cause, InventoryView, ItemView, OfferView } from '@stardrift/shared/protocol';
import type { Server } from './ports.ts';

/** The counts a `use` answer carries. */
export type Counted = Answers['use'];
export type Gain = { gained: Grant; lost: Grant; cause: Cause };

/** What there is and what the player owns, as the server last said it. */
export interface Goods {
  readonly catalog: Answers['catalog'] | undefined;
  readonly inventory: InventoryView | undefined;
  /** Owned now; uses under way are already taken off. */
  owned(itemId: string): number;
  item(itemId: string): ItemView | undefined;
  offer(sku: string): OfferView | undefined;
  /** The server's counts after a use, if newer; without them the screen is only told to count again. */
  settle(counted: Counted | undefined): void;
  /** Reads the catalogue again. */
  refresh(): void;
  onChange(listener: () => void): void;
  /** Something came or went, other than by a use. Not called for the first reading. */
  onGain(listener: (gain: Gain) => void): void;
}

const RETRY_MS = 3_000;

export function createGoods(server: Server, pending: (itemId: string) => number): Goods {
  let catalog: Answers['catalog'] | undefined;
  let inventory: InventoryView | undefined;
  let reading = false;
  /** The catalogue changed while it was being read. */
  let outdated = false;
  const changed = new Set<() => void>();
  const gained = new Set<(gain: Gain) => void>();
  const tell = () => {
    for (const listener of changed) listener();
  };

  async function readCatalog(): Promise<void> {
    if (reading) outdated = true;
    if (reading || server.link !== 'online') return;
    reading = true;
    outdated = false;
    try {
      const answer = await server.ask('catalog', {});
      if (answer.ok) {
        catalog = { revision: answer.revision, offers: answer.offers, items: answer.items };
        tell();
      } else setTimeout(refresh, RETRY_MS);
    } catch {
      setTimeout(refresh, RETRY_MS);
    } finally {
      reading = false;
      if (outdated) refresh();
    }
  }
  const refresh = () => void readCatalog();

  server.onLink((link) => {
    if (link === 'online') refresh();
    tell();
  });
  server.onCatalog(refresh);
  server.onInventory(({ cause, ...view }) => {
    // The answer to a use may have overtaken this push.
    if (inventory && view.rev < inventory.rev && cause !== 'sync') return;
    apply(view, cause);
  });

  function apply(view: InventoryView, cause: Cause): void {
    const before = inventory?.items;
    inventory = view;
    tell();
    if (!before) return;
    const change = difference(before, view.items);
    const grew = Object.keys(change.gained).length > 0;
    // Which offers are still open to this player (owned, limit reached) changes with what they own.
    if (grew || cause === 'refund') refresh();
    if (grew || (cause !== 'use' && Object.keys(change.lost).length > 0))
      for (const listener of gained) listener({ ...change, cause });
  }

  return {
    get catalog() {
      return catalog;
    },
    get inventory() {
      return inventory;
    },
    owned: (itemId) => Math.max(0, (inventory?.items[itemId] ?? 0) - pending(itemId)),
    item: (itemId) => catalog?.items.find((item) => item.id === itemId),
    offer: (sku) => catalog?.offers.find((offer) => offer.sku === sku),
    settle(counted) {
      if (inventory && counted && counted.rev > inventory.rev)
        apply({ rev: counted.rev, items: counted.items, entitlements: inventory.entitlements }, 'use');
      else tell();
    },
    refresh,
    onChange: (listener) => void changed.add(listener),
    onGain: (listener) => void gained.add(listener),
  };
}

/** What `after` has more and less of than `before`. */
export function difference(before: Grant, after: Grant): { gained: Grant; lost: Grant } {
  const gained: Grant = {};
  const lost: Grant = {};
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = (after[id] ?? 0) - (before[id] ?? 0);
    if (change > 0) gained[id] = change;
    if (change < 0) lost[id] = -change;
  }
  return { gained, lost };
}

/** True when `gained` holds everything `grant` promised. */
export const covers = (gained: Grant, grant: Grant): boolean =>
  Object.entries(grant).every(([id, count]) => (gained[id] ?? 0) >= count);

/** The offer to show for an item: one that gives nothing else, and the cheapest of those. */
export function offerFor(itemId: string, offers: readonly OfferView[]): OfferView | undefined {
  const rank = (offer: OfferView) => [
    offer.unavailable ? 1 : 0,
    Object.keys(offer.grant).length,
    offer.priceStars,
  ];
  return offers
    .filter((offer) => (offer.grant[itemId] ?? 0) > 0)
    .sort((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      const at = left.findIndex((value, index) => value !== right[index]);
      return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
    })[0];
}
