import type { Grant } from '@stardrift/shared/catalog';
import type { Answers, Cause, InventoryView, ItemView, OfferView } from '@stardrift/shared/protocol';
import type { Server } from './ports.ts';

/** The counts a `use` answer carries. */
export type Counted = Answers['use'];
/** What is in hand, and what was used before its Stars went back. */
export type Held = Pick<InventoryView, 'items' | 'debts'>;
export interface Change {
  gained: Grant;
  lost: Grant;
  /** What came and went to used ones whose Stars had gone back. */
  paid: Grant;
  /** What was used and its Stars went back. */
  owed: Grant;
}
export type Gain = Change & { cause: Cause };

/** What there is and what the player owns, as the server last said it. */
export interface Goods {
  readonly catalog: Answers['catalog'] | undefined;
  readonly inventory: InventoryView | undefined;
  /** Owned now; uses under way are already taken off. */
  owned(itemId: string): number;
  /** Used ones whose Stars went back: as many of the next go to them. */
  owes(itemId: string): number;
  item(itemId: string): ItemView | undefined;
  offer(sku: string): OfferView | undefined;
  /** The offer to show for an item. */
  offerFor(itemId: string): OfferView | undefined;
  /** The server's counts after a use, if newer; without them the screen is only told to count again. */
  settle(counted: Counted | undefined): void;
  /** Reads the catalogue again. */
  refresh(): void;
  onChange(listener: () => void): void;
  /** Something came, went or is owed, other than by a use. Not called for the first reading. */
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
    const before = inventory;
    inventory = view;
    tell();
    if (!before) return;
    const change = difference(before, view);
    const came = !isEmpty(change.gained) || !isEmpty(change.paid);
    // Which offers are still open to this player (owned, limit reached) changes with what they own.
    if (came || cause === 'refund') refresh();
    if (came || !isEmpty(change.owed) || (cause !== 'use' && !isEmpty(change.lost)))
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
    owes: (itemId) => inventory?.debts?.[itemId] ?? 0,
    item: (itemId) => catalog?.items.find((item) => item.id === itemId),
    offer: (sku) => catalog?.offers.find((offer) => offer.sku === sku),
    offerFor: (itemId) => offerFor(itemId, catalog?.offers ?? []),
    settle(counted) {
      if (inventory && counted && counted.rev > inventory.rev)
        apply({ ...inventory, rev: counted.rev, items: counted.items }, 'use');
      else tell();
    },
    refresh,
    onChange: (listener) => void changed.add(listener),
    onGain: (listener) => void gained.add(listener),
  };
}

/** What `after` has and owes more and less of than `before`. */
export function difference(before: Held, after: Held): Change {
  const hand = split(before.items, after.items);
  const debts = split(before.debts ?? {}, after.debts ?? {});
  return { gained: hand.more, lost: hand.less, paid: debts.less, owed: debts.more };
}

function split(before: Grant, after: Grant): { more: Grant; less: Grant } {
  const more: Grant = {};
  const less: Grant = {};
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = (after[id] ?? 0) - (before[id] ?? 0);
    if (change > 0) more[id] = change;
    if (change < 0) less[id] = -change;
  }
  return { more, less };
}

/** True when everything `grant` promised came, into the hand or to used ones whose Stars had gone back. */
export const covers = ({ gained, paid }: Pick<Change, 'gained' | 'paid'>, grant: Grant): boolean =>
  Object.entries(grant).every(([id, count]) => (gained[id] ?? 0) + (paid[id] ?? 0) >= count);

export const isEmpty = (grant: Grant): boolean => Object.keys(grant).length === 0;

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

/** The one item an offer is about, and how many of it; undefined when it is about several things. */
export function soleItemOf({ grant }: Pick<OfferView, 'grant'>): { id: string; count: number } | undefined {
  const [only, ...others] = Object.entries(grant);
  return only && others.length === 0 ? { id: only[0], count: only[1] } : undefined;
}

/** How many of an item an offer sells at once; 1 when it is about more than that item. */
export const lotOf = (offer: Pick<OfferView, 'grant'>): number => soleItemOf(offer)?.count ?? 1;
