import type { Grant } from '@stardrift/shared/catalog';
import type { OrderState, OrderView } from '@stardrift/shared/protocol';
import type { InvoiceHint } from './ports.ts';

/** An order that has its invoice link: ready to be paid. */
export type ReadyOrder = Omit<OrderView, 'state'> & {
  invoiceUrl: string;
  /** What the player owed when the pay sheet opened. */
  owing?: Grant;
};

/** What the card is about; `orderId` is the order that is being prepared for it. */
export interface Want {
  sku: string;
  quantity: number;
  orderId: string;
}

export type Trouble = { kind: 'refused'; code: string; message: string } | { kind: 'offline' };

/**
 * The player's half of one purchase. `delivered`, `refunding` and `refunded` are the server's word alone; `notCharged` and `pending`
 * only choose the words on the screen, and a delivery overrules them at any time.
 */
export type ShopState =
  | { at: 'idle' }
  | { at: 'card'; want: Want; order?: ReadyOrder; trouble?: Trouble }
  | { at: 'opening'; want: Want }
  | { at: 'inTelegram'; order: ReadyOrder; doubtful: boolean }
  | { at: 'settling'; order: ReadyOrder; hint: InvoiceHint; asked: number; unanswered: number }
  | { at: 'notCharged'; order: ReadyOrder; reason: 'cancelled' | 'failed'; ended: boolean }
  | { at: 'pending'; order: ReadyOrder }
  | { at: 'unknown'; order: ReadyOrder; offline: boolean }
  /** `paid` is what of it went to used ones whose Stars had gone back; absent when that can't be told. */
  | { at: 'delivered'; order: ReadyOrder; paid?: Grant }
  | { at: 'refunding'; order: ReadyOrder }
  | { at: 'refunded'; order: ReadyOrder };

export type ShopEvent =
  /** A card opens; its order is on the way to be prepared. */
  | { type: 'card'; want: Want }
  | { type: 'prepared'; order: ReadyOrder }
  | { type: 'refused'; orderId: string; code: string; message: string }
  | { type: 'unreachable'; orderId: string }
  | { type: 'tap' }
  /** Telegram's sheet closed, or the wait for it did. */
  | { type: 'hint'; orderId: string; hint: InvoiceHint }
  /** The player is back in the page although Telegram's sheet said nothing. */
  | { type: 'doubt' }
  | { type: 'status'; orderId: string; state: OrderState; paid?: Grant | undefined }
  /** No word about the order: no connection, or a server that can't say now. */
  | { type: 'unanswered'; orderId: string; offline: boolean }
  /** The inventory grew by what the order grants. */
  | { type: 'owned'; orderId: string; paid: Grant }
  | { type: 'leave' }
  /** The page was reloaded in the middle of this payment. */
  | { type: 'resume'; order: ReadyOrder };

/** How many answers of "not paid yet" it takes, after each hint, until the screen stops saying "confirming". */
const PATIENCE: Record<InvoiceHint, number> = { paid: 5, cancelled: 2, failed: 2, pending: 1, silent: 4 };
const UNANSWERED_LIMIT = 2;

export function next(state: ShopState, event: ShopEvent): ShopState {
  switch (event.type) {
    case 'card':
      return isPaying(state) ? state : { at: 'card', want: event.want };
    case 'prepared':
      return prepared(state, event.order);
    case 'refused':
      return troubled(state, event.orderId, { kind: 'refused', code: event.code, message: event.message });
    case 'unreachable':
      return troubled(state, event.orderId, { kind: 'offline' });
    case 'tap':
      return tapped(state);
    case 'hint':
      return hinted(state, event.orderId, event.hint);
    case 'doubt':
      return state.at === 'inTelegram' ? { ...state, doubtful: true } : state;
    case 'status':
      return orderOf(state)?.id === event.orderId ? answered(state, event.state, event.paid) : state;
    case 'unanswered':
      return orderOf(state)?.id === event.orderId ? unanswered(state, event.offline) : state;
    case 'owned':
      return orderOf(state)?.id === event.orderId ? answered(state, 'credited', event.paid) : state;
    case 'leave':
      return { at: 'idle' };
    case 'resume':
      return state.at === 'idle' ? settling(event.order, 'silent') : state;
  }
}

/** The order whose fate the state waits for; a card's prepared order is not paid yet, but could be. */
export function orderOf(state: ShopState): ReadyOrder | undefined {
  return 'order' in state ? state.order : undefined;
}

/** Between the tap and the answer: no other purchase may start. */
export const isPaying = (state: ShopState): boolean =>
  state.at === 'opening' || state.at === 'inTelegram' || state.at === 'settling';

/** The sheet says that nothing was paid. Likely true, so it is checked without a fuss. */
export const isQuiet = (state: ShopState): boolean =>
  state.at === 'settling' && (state.hint === 'cancelled' || state.hint === 'failed');

/** The server is asked again and again in these. */
export const isAsking = (state: ShopState): boolean =>
  state.at === 'settling' ||
  state.at === 'pending' ||
  state.at === 'unknown' ||
  state.at === 'refunding' ||
  (state.at === 'inTelegram' && state.doubtful);

const settling = (order: ReadyOrder, hint: InvoiceHint): ShopState => ({
  at: 'settling',
  order,
  hint,
  asked: 0,
  unanswered: 0,
});

function prepared(state: ShopState, order: ReadyOrder): ShopState {
  if ((state.at !== 'card' && state.at !== 'opening') || state.want.orderId !== order.id) return state;
  if (state.at === 'opening') return { at: 'inTelegram', order, doubtful: false };
  return { at: 'card', want: state.want, order };
}

function troubled(state: ShopState, orderId: string, trouble: Trouble): ShopState {
  if ((state.at !== 'card' && state.at !== 'opening') || state.want.orderId !== orderId) return state;
  return { at: 'card', want: state.want, trouble };
}

function tapped(state: ShopState): ShopState {
  if (state.at === 'card')
    return state.order
      ? { at: 'inTelegram', order: state.order, doubtful: false }
      : { at: 'opening', want: state.want };
  if (state.at === 'notCharged' && !state.ended)
    return { at: 'inTelegram', order: state.order, doubtful: false };
  return state;
}

function hinted(state: ShopState, orderId: string, hint: InvoiceHint): ShopState {
  const order = orderOf(state);
  if (order?.id !== orderId) return state;
  if (state.at === 'inTelegram') return settling(order, hint);
  // Some clients say `cancelled` or nothing first and `paid` after it: the better news starts the wait anew.
  if (hint === 'paid' && (state.at === 'settling' || state.at === 'notCharged' || state.at === 'unknown'))
    return state.at === 'settling' && state.hint === 'paid' ? state : settling(order, 'paid');
  return state;
}

function answered(state: ShopState, orderState: OrderState, paid: Grant | undefined): ShopState {
  const order = orderOf(state);
  if (!order || state.at === 'refunded') return state;
  if (orderState === 'refunded' || orderState === 'refunding')
    return state.at === orderState ? state : { at: orderState, order };
  if (state.at === 'delivered') return state;
  if (orderState === 'credited') return { at: 'delivered', order, ...(paid && { paid }) };
  const ended = orderState === 'expired' || orderState === 'closed';
  if (state.at === 'unknown') return { ...state, offline: false };
  if (state.at !== 'settling') return state;
  const asked = state.asked + 1;
  if (asked < PATIENCE[state.hint]) return { ...state, asked, unanswered: 0 };
  if (state.hint === 'cancelled' || state.hint === 'failed')
    return { at: 'notCharged', order, reason: state.hint, ended };
  return state.hint === 'silent' ? { at: 'unknown', order, offline: false } : { at: 'pending', order };
}

function unanswered(state: ShopState, offline: boolean): ShopState {
  if (state.at !== 'settling') return state;
  const count = state.unanswered + 1;
  return count < UNANSWERED_LIMIT
    ? { ...state, unanswered: count }
    : { at: 'unknown', order: state.order, offline };
}
