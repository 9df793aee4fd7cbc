import { z } from 'zod';
import type { Consumable, Cosmetic, Grant, Icon, Item, Offer } from './catalog.ts';
import { INVITATION } from './invitation.ts';
import { STEPS_PER_SECOND } from './sim/constants.ts';

/** Both directions of the socket. Parsed at the edges, trusted inside. */
export const PROTOCOL_VERSION = 1;

/** Order and operation ids are made by the client, so that a repeat after a lost answer is recognised. */
const clientId = z.string().regex(/^[A-Za-z0-9_-]{16,40}$/, 'use 16 to 40 of A-Z, a-z, 0-9, _ and -');
const slug = z.string().regex(/^[a-z0-9_]{1,32}$/, 'use 1 to 32 of a-z, 0-9 and _');

/** `free` may use what the player owns; `daily` is the same sky for everybody that day (UTC), and nothing is used in it. */
export const RUN_KINDS = ['free', 'daily'] as const;
export type RunKind = (typeof RUN_KINDS)[number];
/** The best of today's daily runs, of all runs, and of all runs of the player and their friends. */
export const BOARDS = ['daily', 'all', 'friends'] as const;
export type BoardName = (typeof BOARDS)[number];

/** Twenty minutes of play, far beyond what a hand has reached. */
export const RUN_STEPS_MAX = 20 * 60 * STEPS_PER_SECOND;
const step = z.int().min(0).max(RUN_STEPS_MAX);

export const requests = {
  order: z.strictObject({ orderId: clientId, sku: slug, quantity: z.int().min(1).max(20).optional() }),
  'order:status': z.strictObject({ orderId: clientId }),
  inventory: z.strictObject({}),
  use: z.strictObject({ opId: clientId, itemId: slug, count: z.int().min(1).max(1_000).optional() }),
  history: z.strictObject({ cursor: z.string().max(400).optional() }),
  catalog: z.strictObject({}),
  'run:start': z.strictObject({ kind: z.enum(RUN_KINDS) }),
  'run:finish': z.strictObject({
    ticket: z.string().max(200),
    steps: z.int().min(1).max(RUN_STEPS_MAX),
    taps: z.array(step).max(1_500),
    uses: z.array(z.strictObject({ step, itemId: slug })).max(60),
  }),
  board: z.strictObject({ board: z.enum(BOARDS) }),
  befriend: z.strictObject({ code: z.string().regex(INVITATION, 'use the code of an invitation') }),
} as const;
export type RequestName = keyof typeof requests;
export type RequestBody<E extends RequestName> = z.infer<(typeof requests)[E]>;

export const ORDER_STATES = [
  'new',
  'ready',
  'credited',
  'refunding',
  'refunded',
  'expired',
  'closed',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** An order as its player may see it. */
export interface OrderView {
  id: string;
  sku: string;
  quantity: number;
  /** For the whole order, not for one. */
  priceStars: number;
  grant: Grant;
  expiresAtMs: number;
  state: OrderState;
}

/** An offer as this player sees it now, in their language. */
export interface OfferView {
  sku: string;
  category: Offer['category'];
  title: string;
  description: string;
  priceStars: number;
  grant: Grant;
  icon: Icon;
  maxQuantity: number;
  /** Milliseconds since 1970; only on offers that end. */
  untilMs?: number;
  /** How many are left for everybody; only on offers that are limited. */
  left?: number;
  /** Why it can't be bought now; absent on what can. */
  unavailable?: 'owned' | 'limit_reached' | 'sold_out';
}

/** An item as this player reads it; effects and looks are the simulation's and the renderer's. */
export type ItemView = Read<Consumable> | Read<Cosmetic>;
type Read<I extends Item> = Omit<I, 'title' | 'description'> & { title: string; description: string };

export interface InventoryView {
  /** Only rises. A push whose `rev` is not above the known one is old news. */
  rev: number;
  /** Every owned item, looks included. */
  items: Grant;
  /** Ids of the owned items that are not used up. */
  entitlements: string[];
  /** Items used up whose Stars went back: the next ones that come pay for these first. Absent when there are none. */
  debts?: Grant;
}

export interface HistoryEntry {
  kind: 'purchase' | 'refund' | 'gift';
  atMs: number;
  orderId: string;
  chargeId: string;
  sku: string;
  title: string;
  quantity: number;
  priceStars: number;
  grant: Grant;
  /** What became of a purchase; a refund or a gift is always `done`. */
  state: 'credited' | 'refunding' | 'refunded' | 'done';
}

/** What a run that may be ranked begins with. */
export interface RunStart {
  /** To be shown when the run is over; the server remembers nothing of it. */
  ticket: string;
  /** The n-th use of an item in the run, from 0, is made under the operation id `runId-n`. */
  runId: string;
  seed: number;
  /** The catalogue whose items the run knows; a daily run knows none. */
  revision: string;
  /** The simulation it will be replayed with. */
  version: number;
  /** When its board closes; only of a daily run. */
  endsAtMs?: number;
}

export interface RunResult {
  /** As the server's own simulation has it. */
  score: number;
  /** The player's best of all runs, this one included. */
  best: number;
  /** Places from 1; of the daily board only after a daily run, and none beyond those that a board keeps. */
  ranks: { all?: number; daily?: number };
}

export interface BoardEntry {
  rank: number;
  /** As the player calls themselves in Telegram; empty when there is nothing to show. */
  name: string;
  score: number;
  /** Items were used in that run. */
  items: boolean;
  you: boolean;
}

export interface BoardView {
  /** The best, and after them the player's own if it is further down. */
  entries: BoardEntry[];
  /** How many the board has. */
  players: number;
  /** When it closes; only of the daily board. */
  endsAtMs?: number;
  /** Invites to the player's friends. */
  code: string;
}

export interface Answers {
  order: { order: OrderView; invoiceUrl: string };
  'order:status': { order: OrderView };
  inventory: InventoryView;
  use: { rev: number; items: Grant };
  history: { entries: HistoryEntry[]; cursor?: string };
  catalog: { revision: string; offers: OfferView[]; items: ItemView[] };
  'run:start': RunStart;
  'run:finish': RunResult;
  board: BoardView;
  /** Who invited. */
  befriend: { name: string };
}

export const REFUSALS = [
  'bad_request',
  'unknown_request',
  'unknown_offer',
  'unknown_order',
  'unknown_item',
  'not_on_sale',
  'already_owned',
  'limit_reached',
  'sold_out',
  'too_many_orders',
  'order_conflict',
  'order_ended',
  'not_enough',
  'not_usable',
  'op_conflict',
  'run_refused',
  'unknown_friend',
  'too_many_friends',
  'too_fast',
  'restoring',
  'unavailable',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];
export interface Refused {
  ok: false;
  code: RefusalCode;
  /** For people; in the player's language where the player may see it. */
  message: string;
}

export type Answer<E extends RequestName> = ({ ok: true } & Answers[E]) | Refused;

/** Why the inventory changed, so that the game can celebrate a purchase and stay quiet about a use. */
export type Cause = 'purchase' | 'refund' | 'use' | 'gift' | 'sync';

export type ClientEvents = {
  [E in RequestName]: (body: RequestBody<E>, answer: (answer: Answer<E>) => void) => void;
};
export interface ServerEvents {
  'inventory:changed': (change: InventoryView & { cause: Cause }) => void;
  'catalog:changed': (change: { revision: string }) => void;
  /** What to show at the door from now on instead of the launch data; a later one takes the place of an earlier. */
  session: (session: { token: string; expiresAtMs: number }) => void;
}

const protocol = z.literal(PROTOCOL_VERSION);
/** What a client shows at the door: the session it was given, or the launch data, good for an hour. */
export const handshakeSchema = z.union([
  z.object({ session: z.string().max(256), protocol }),
  z.object({ initData: z.string().max(8_192), protocol }),
]);
export type Handshake = z.infer<typeof handshakeSchema>;
/** The message of a refused handshake. */
export const HANDSHAKE_REFUSALS = ['unauthorized', 'expired', 'protocol'] as const;
export type HandshakeRefusal = (typeof HANDSHAKE_REFUSALS)[number];
