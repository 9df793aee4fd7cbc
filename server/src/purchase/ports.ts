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
  | { kind: 'too_many_orders' }
  | { kind: 'limit_reached' };

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
  /** Keeps the first link only, and gives back the one kept. */
  keepInvoice(playerId: number, orderId: string, url: string): Promise<string>;
  /** Moves an open order to `ready`. Answers the state it has then; `undefined` for an order that is gone. */
  markReady(playerId: number, orderId: string): Promise<OrderState | undefined>;
}

export type Credited =
  | { kind: 'credited'; rev: number }
  /** The same charge was settled before, whatever its result. */
  | { kind: 'exists'; charge: Charge }
  /** Another charge was credited for the order. Nothing was written. */
  | { kind: 'order_paid' };

export type Refunded =
  | { kind: 'refunded'; charge: Charge; rev?: number | undefined }
  | { kind: 'already' }
  | { kind: 'unknown' };

/** Charges: what was paid, what became of it, what has to go back. */
export interface Ledger {
  /** One atomic step: the claim of the charge, the goods, the order, the outbox. */
  credit(charge: Charge): Promise<Credited>;
  /** Records a charge that is to be refunded, and queues the refund. */
  hold(charge: Charge): Promise<{ kind: 'held' } | { kind: 'exists'; charge: Charge }>;
  /** The Stars went back: takes what was credited out of the inventory, as far as it is still there. Once. */
  refund(payerId: number, chargeId: string, nowMs: number): Promise<Refunded>;
  charges(playerId: number): Promise<Charge[]>;
  /** sku → how many were bought and not refunded. */
  bought(playerId: number): Promise<Record<string, number>>;
  /** Refunds whose time has come. */
  owed(nowMs: number): Promise<OwedRefund[]>;
  postpone(owed: OwedRefund, nextAtMs: number): Promise<void>;
}

export interface OwedRefund {
  payerId: number;
  chargeId: string;
}

export interface Inventory {
  rev: number;
  items: Grant;
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

/** Telegram's side of the money. */
export interface Stars {
  /** Resolves when the Stars are back with the payer, also when they had gone back before. */
  refund(payerId: number, chargeId: string): Promise<void>;
  /** Rows from `offset` on, oldest first. `count` includes the rows that are no concern of the shop. */
  rows(offset: number, limit: number): Promise<{ rows: LedgerRow[]; count: number }>;
}

/** How far Telegram's ledger has been walked. */
export interface Cursor {
  read(): Promise<number>;
  write(offset: number): Promise<void>;
}

export interface Clock {
  nowMs(): number;
}

export interface Player {
  id: number;
  language: Language;
}
