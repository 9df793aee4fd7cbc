import type { Charge } from '../purchase/charge.ts';

/** A key of the store by what it is. */
export type Key =
  | { kind: 'inventory' | 'charges' | 'open'; name: string; playerId: number }
  | { kind: 'order'; name: string; playerId: number; orderId: string }
  | { kind: 'outbox' | 'ending' | 'owed'; name: string; bucket: number }
  | { kind: 'stock'; name: string; sku: string }
  /** Of a known form, and nothing to hold against anything. */
  | { kind: 'other'; name: string }
  /** A player's key in the bucket of others, where no server looks for it. */
  | { kind: 'misplaced'; name: string; right: string }
  /** It begins like one of ours and is none. */
  | { kind: 'unknown'; name: string }
  /** None of the shop's. */
  | { kind: 'foreign'; name: string };

/** A charge as it lies in the store: without `charge` when its text can't be read. */
export interface StoredCharge {
  id: string;
  text: string;
  charge: Charge | undefined;
}

/** Everything of one player that has to agree. */
export interface PlayerBooks {
  playerId: number;
  /** The names of the keys, for whoever has to mend them. */
  keys: { inventory: string; charges: string; owed: string };
  /** Field → value, as stored. */
  inventory: Record<string, string>;
  charges: StoredCharge[];
  /** Charges whose refund is queued. */
  queued: ReadonlySet<string>;
  /** Of credited charges of limited offers, by their id: copies held. */
  copies: ReadonlyMap<string, number>;
}

export interface OrderBooks {
  playerId: number;
  orderId: string;
  name: string;
  fields: Record<string, string>;
  /** The charge it names, as stored. */
  charge: StoredCharge | undefined;
  /** What is held against an order that nobody has paid. */
  unpaid: Unpaid | undefined;
}

export interface Unpaid {
  /** When it ends, in the list of its player's open orders. */
  openUntilMs: number | undefined;
  /** When it ends, in the list that the sweeper goes by. */
  endsAtMs: number | undefined;
  /** Copies it holds of a limited offer. */
  copies: number;
  /** A charge that was credited for it all the same. */
  creditedFor: string | undefined;
}

/** A list of orders by the moment they end, with the state of each that is still kept. */
export interface OrderList {
  name: string;
  members: { member: string; atMs: number; state: string | undefined }[];
}

export interface OwedBooks {
  name: string;
  /** The charge of each member, when there is one. */
  members: { member: string; charge: StoredCharge | undefined }[];
}

export interface OutboxBooks {
  name: string;
  /** False when it has grown far beyond what is kept; it was then read in part. */
  isTrimmed: boolean;
  /** Oldest first. */
  entries: { id: string; playerId: number; rev: number; cause: string }[];
  /** What the inventory of each player in it says. */
  revs: ReadonlyMap<number, string | undefined>;
}

/** Somebody who holds copies, and what stands behind the holding. */
export interface HolderBooks {
  holder: string;
  copies: string;
  playerId: number;
  /** Of an order that is still kept. */
  order: { state: string | null; quantity: number; isEnding: boolean } | undefined;
  charges: Charge[];
}

export interface NodeBooks {
  address: string;
  /** Scripts of this build that it has not been given yet. */
  missing: number;
  /** Scripts it has that are none of this build. */
  strange: number;
}

/** The store as an audit reads it; nothing is ever written. */
export interface Books {
  /** Every key of every node, some at a time; one may come twice while the store grows. */
  keys(): AsyncIterable<Key[]>;
  hasCharges(playerId: number): Promise<boolean>;
  charges(playerId: number): Promise<StoredCharge[]>;
  charge(playerId: number, chargeId: string): Promise<StoredCharge | undefined>;
  player(playerId: number): Promise<PlayerBooks>;
  order(playerId: number, orderId: string): Promise<OrderBooks>;
  open(playerId: number): Promise<OrderList>;
  ending(bucket: number): Promise<OrderList>;
  owed(bucket: number): Promise<OwedBooks>;
  outbox(bucket: number): Promise<OutboxBooks>;
  taken(sku: string): Promise<string | undefined>;
  /** All that hold copies, some at a time. */
  holders(sku: string): AsyncIterable<{ holder: string; copies: string }[]>;
  holder(sku: string, holder: string): Promise<HolderBooks | undefined>;
  /** @returns `undefined` where Redis does not tell */
  nodes(): Promise<NodeBooks[] | undefined>;
}

/** A key of the shop that is of another type than its servers make it. */
export class WrongType extends Error {}
