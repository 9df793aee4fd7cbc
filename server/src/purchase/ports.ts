import type { Grant, Language } from '@stardrift/shared/catalog';
import type { OrderState } from '@stardrift/shared/protocol';
import type { Charge, Payment } from './charge.ts';
import type { Order, Revision } from './order.ts';

/** An open order with less life than this is not offered again: its payer would be turned away in the sheet. */
export const MIN_LIFE_LEFT_MS = 5 * 60_000;

export type Placed =
  | { kind: 'placed'; order: Order }
  /** This id was placed before, or the player has an open order for just the same, which the id then stands for. */
  | { kind: 'exists'; order: Order }
  /** A charge was credited for this id, and its order is no longer kept. */
  | { kind: 'order_paid' }
  | { kind: 'too_many_orders' }
  | { kind: 'limit_reached' };

/** An order that may have ended without a payment, and has not given back what it held. */
export interface Ending {
  playerId: number;
  sku: string;
  orderId: string;
}

/** Orders, until some time after they end. */
export interface Orders {
  /** One atomic step: the repeat, the open twin, the limits, the record. An open order this one replaces is closed. */
  place(
    order: Order,
    limits: { open: number; perPlayer?: number | undefined },
    nowMs: number,
  ): Promise<Placed>;
  /** The order of that id, or the one the id stands for. */
  find(playerId: number, orderId: string): Promise<Order | undefined>;
  /** Keeps the first link only, and gives back the one kept; `undefined` for an order that is gone. */
  keepInvoice(playerId: number, orderId: string, url: string): Promise<string | undefined>;
  /** Moves an open order to `ready`. Answers the state it has then; `undefined` for an order that is gone. */
  markReady(playerId: number, orderId: string): Promise<OrderState | undefined>;
  /** An open order has taken its copies of a limited offer. Answers its state; `undefined` for one that is gone. */
  markHeld(playerId: number, orderId: string): Promise<OrderState | undefined>;
  /** Ends an open order: `closed` at once, `expired` when its time is over. Answers the state it has then. */
  end(order: Ending, as: 'closed' | 'expired', nowMs: number): Promise<OrderState | undefined>;
  /** Orders whose end has come and which were not forgotten since. */
  ending(nowMs: number): Promise<Ending[]>;
  /** Nothing is left to do for the end of this order. */
  forget(order: Ending): Promise<void>;
}

export type Credited =
  | { kind: 'credited'; rev: number }
  /** The same charge was settled before, whatever its result. */
  | { kind: 'exists'; charge: Charge }
  /** Another charge was credited for the order. Nothing was written; nor is it in the cases below. */
  | { kind: 'order_paid' }
  /** The order of that id was for something else. */
  | { kind: 'other_order' }
  /** Only an open order with its copies was to be credited, and it is not one. */
  | { kind: 'not_held' }
  /** The player has bought as many of the offer as one may. */
  | { kind: 'limit_reached' };

export type Refunded =
  | { kind: 'refunded'; charge: Charge; rev?: number | undefined }
  | { kind: 'already'; charge: Charge }
  | { kind: 'unknown' };

export type RefundBegun =
  | { kind: 'begun'; charge: Charge; rev: number }
  /** It is on its way or back already. */
  | { kind: 'already'; charge: Charge }
  /** Nothing was credited for it, so it goes back by itself. */
  | { kind: 'not_credited'; charge: Charge }
  | { kind: 'unknown' };

export interface CreditLimits {
  /** How many of the offer one player may have bought, this one included. */
  perPlayer?: number | undefined;
  /** Credit only an open order that has taken its copies of a limited offer. */
  heldOnly?: boolean | undefined;
}

/** Charges: what was paid, what became of it, what has to go back. Each call is one atomic step. */
export interface Ledger {
  /** The claim of the charge, the goods, the order, the outbox. Debts of its items are paid first. */
  credit(charge: Charge, limits?: CreditLimits): Promise<Credited>;
  /** Records a charge that is to be refunded, and queues the refund. */
  hold(charge: Charge): Promise<{ kind: 'held' } | { kind: 'exists'; charge: Charge }>;
  /** Takes the goods of a credited charge and queues its refund. */
  beginRefund(payerId: number, chargeId: string, by: string, nowMs: number): Promise<RefundBegun>;
  /** Telegram will never give those Stars back: the goods return. */
  cancelRefund(payerId: number, chargeId: string): Promise<boolean>;
  /** The Stars went back: ends the record, and takes the goods unless that was done. Goods used up become a debt. */
  refund(payerId: number, chargeId: string, atMs: number): Promise<Refunded>;
  find(payerId: number, chargeId: string): Promise<Charge | undefined>;
  charges(playerId: number): Promise<Charge[]>;
  /** Refunds whose time has come, the longest due first; at most so many. */
  owed(nowMs: number, most?: number): Promise<OwedRefund[]>;
  postpone(owed: OwedRefund, nextAtMs: number): Promise<void>;
}

export interface OwedRefund {
  payerId: number;
  chargeId: string;
}

/** Copies of limited offers. A holder takes and gives once, however often it asks. */
export interface Stock {
  /** False when fewer than that are left of `limit`. */
  take(sku: string, holder: string, copies: number, limit: number): Promise<boolean>;
  give(sku: string, holder: string): Promise<void>;
  /** How many copies are held. */
  taken(sku: string): Promise<number>;
}

export interface Inventory {
  rev: number;
  items: Grant;
  /** Goods used up whose Stars went back; the next ones of the item pay for them. */
  debts: Grant;
}

export type Used =
  | { kind: 'used'; inventory: Inventory }
  /** This operation was done before. */
  | { kind: 'exists'; inventory: Inventory }
  | { kind: 'not_enough' }
  | { kind: 'op_conflict' };

export interface Inventories {
  read(playerId: number): Promise<Inventory>;
  /** Once per `opId`; a repeat that names something else is a conflict. */
  use(playerId: number, opId: string, itemId: string, count: number): Promise<Used>;
}

/** Catalogues by revision. */
export interface Revisions {
  current(): Revision;
  find(id: string): Promise<Revision | undefined>;
}

/** Keeps published catalogues, so that any past purchase can be explained and settled. */
export interface Archive {
  keep(revision: Revision): Promise<void>;
  find(id: string): Promise<Revision | undefined>;
}

/** Makes invoice links. */
export interface Invoices {
  link(order: Order, words: { title: string; description: string }): Promise<string>;
}

/** A row of Telegram's ledger that concerns an invoice. */
export interface LedgerRow {
  kind: 'payment' | 'refund';
  payment: Payment;
}

/** Telegram will not refund this charge, today or ever. */
export class RefundRefused extends Error {}

/** Telegram's side of the money. */
export interface Stars {
  /**
   * Resolves when the Stars are back with the payer.
   * @returns false when they had gone back before
   * @throws {RefundRefused} when asking again is no use
   */
  refund(payerId: number, chargeId: string): Promise<boolean>;
  /** Rows from `offset` on, oldest first. `count` includes the rows that are no concern of the shop. */
  rows(offset: number, limit: number): Promise<{ rows: LedgerRow[]; count: number }>;
}

/** Tells people in their chats what happened to money. Nothing waits for a message to arrive. */
export interface News {
  /** To the player: the Stars are back, and what that means for their things. */
  refunded(charge: Charge): void;
  /** To the player and the admins: Telegram refused a refund of ours, and the goods are back. */
  cancelled(charge: Charge): void;
  /** To the admins: refunds that could not be finished in time. */
  overdue(charges: Charge[], reason: string): void;
}

/** How far Telegram's ledger has been walked. */
export interface Cursor {
  /** `undefined` until the ledger has been walked to its end once: what was bought before may be missing till then. */
  read(): Promise<number | undefined>;
  /** The same, with a name that the store was given when its first walk began: another name, another store. */
  look(): Promise<{ rows: number | undefined; store: string }>;
  /** Where a walk begins that starts now, and the token that ends it. */
  begin(): Promise<{ from: number | undefined; token: string }>;
  /** False, and nothing is written, when the store has forgotten since what the walk began with, or another was faster. */
  end(token: string, offset: number): Promise<boolean>;
  /** As if the ledger had never been walked. */
  clear(): Promise<void>;
}

export interface Clock {
  nowMs(): number;
}

export interface Player {
  id: number;
  language: Language;
  /** As they call themselves, one short line; may be empty. */
  name: string;
}
