import type { OfferView, RefusalCode } from '@stardrift/shared/protocol';
import { paidOf, toDebts } from './debts.ts';
import { covers, type Goods } from './goods.ts';
import { newId } from './id.ts';
import type { OpenOrders } from './orders.ts';
import type { Host, Server } from './ports.ts';
import {
  isAsking,
  isPaying,
  isQuiet,
  next,
  orderOf,
  type ReadyOrder,
  type ShopEvent,
  type ShopState,
  type Want,
} from './shop.ts';

/** One purchase at a time, driven through the ports. */
export interface Buy {
  readonly state: ShopState;
  onState(listener: (state: ShopState, before: ShopState) => void): void;
  /** The offer's card opens. With `prepare` its order is made now, so that the pay sheet opens on the tap at once. */
  card(sku: string, quantity: number, prepare: boolean): void;
  tap(): void;
  /** Back to the game; a payment under way goes on without the player's eyes on it. */
  leave(): void;
  /** The player touched the page or came back to it. */
  nudge(): void;
  /** So many of this offer are set aside for the player: an order of theirs can still be paid. */
  holds(sku: string, quantity: number): boolean;
  /** Asks whether the copies that are set aside for this player still are. */
  recheck(): Promise<void>;
  /** A payment that a reload interrupted, if there was one. */
  resume(): boolean;
}

export interface BuyParts {
  server: Server;
  host: Pick<Host, 'openInvoice' | 'haptic'>;
  goods: Goods;
  orders: OpenOrders;
  nowMs: () => number;
  /** Called right before Telegram's sheet covers the page: the last moment to save the run. */
  beforePay: () => void;
}

/** Players without Stars top up inside Telegram's sheet, which takes minutes; only a silent client needs an end at all. */
const SHEET_TIMEOUT_MS = 20 * 60_000;
/** A touch earlier than this after the sheet was asked for belongs to the tap that asked for it. */
const DOUBT_AFTER_MS = 1_500;
/** Refusals that say: the shelf in view is not how it is now. */
const OLD_SHELF = new Set<string>([
  'sold_out',
  'limit_reached',
  'already_owned',
  'not_on_sale',
  'unknown_offer',
] satisfies RefusalCode[]);
const ASK_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export function createBuy({ server, host, goods, orders, nowMs, beforePay }: BuyParts): Buy {
  let state: ShopState = { at: 'idle' };
  const listeners = new Set<(state: ShopState, before: ShopState) => void>();
  let sheet: { abort: AbortController; openedAtMs: number } | undefined;
  const preparing = new Set<string>();
  let askedAtMs = 0;
  let asking:
    | { timer: ReturnType<typeof setTimeout> | undefined; round: number; orderId: string }
    | undefined;

  function dispatch(event: ShopEvent): void {
    const before = state;
    state = next(before, event);
    if (state === before) return;
    entered(before);
    for (const listener of listeners) listener(state, before);
  }

  /** Everything that happens because a state was entered. */
  function entered(before: ShopState): void {
    const order = orderOf(state);
    if (state.at === 'inTelegram' && before.at !== 'inTelegram') openSheet(state.order);
    if (state.at !== 'inTelegram' && sheet) {
      sheet.abort.abort();
      sheet = undefined;
    }
    if (isAsking(state) && order) startAsking(order.id, state.at === 'settling' && before.at !== 'settling');
    else stopAsking();
    // A payment the player has looked after once is not put before them again; if it was paid, the item comes by itself.
    if (before.at === 'unknown' && state.at === 'idle') orders.keep(before.order, false);
    if (!order || state.at === before.at) return;
    if (state.at === 'settling' && isQuiet(state)) orders.keep(order, false);
    if (state.at === 'delivered' || state.at === 'refunding' || state.at === 'refunded')
      orders.drop(order.id);
    if (state.at === 'notCharged' && !state.ended) orders.keep(order, false);
    if (state.at === 'delivered') host.haptic('success');
    if (state.at === 'notCharged' && state.reason === 'failed') host.haptic('warning');
  }

  function openSheet(order: ReadyOrder): void {
    orders.keep({ ...order, owing: owing() }, true);
    beforePay();
    const abort = new AbortController();
    sheet = { abort, openedAtMs: nowMs() };
    host
      .openInvoice(order.invoiceUrl, { timeoutMs: SHEET_TIMEOUT_MS, signal: abort.signal })
      .then((hint) => dispatch({ type: 'hint', orderId: order.id, hint }))
      .catch((error: unknown) => {
        console.warn('shop: the pay sheet did not open', error);
        dispatch({ type: 'hint', orderId: order.id, hint: 'failed' });
      });
  }

  async function prepare(want: Want): Promise<void> {
    // The tap may come while the card's own preparation is still on its way.
    if (preparing.has(want.orderId)) return;
    preparing.add(want.orderId);
    try {
      const body = { orderId: want.orderId, sku: want.sku };
      const answer = await server.ask(
        'order',
        want.quantity > 1 ? { ...body, quantity: want.quantity } : body,
      );
      if (!answer.ok) {
        // Others bought the last one, or the designers changed the shelf: the prices in view are old.
        if (OLD_SHELF.has(answer.code)) goods.refresh();
        const { code, message } = answer;
        return dispatch({ type: 'refused', orderId: want.orderId, code, message });
      }
      const { id, sku, quantity, priceStars, grant, expiresAtMs } = answer.order;
      const order = { id, sku, quantity, priceStars, grant, expiresAtMs, invoiceUrl: answer.invoiceUrl };
      orders.keep(order, false);
      dispatch({ type: 'prepared', order });
    } catch {
      dispatch({ type: 'unreachable', orderId: want.orderId });
    } finally {
      preparing.delete(want.orderId);
    }
  }

  function startAsking(orderId: string, fromTheStart: boolean): void {
    if (asking?.orderId === orderId && !fromTheStart) return;
    stopAsking();
    asking = { timer: undefined, round: 0, orderId };
    plan();
  }

  function stopAsking(): void {
    clearTimeout(asking?.timer);
    asking = undefined;
  }

  function plan(): void {
    const turn = asking;
    if (!turn) return;
    const delay = ASK_DELAYS_MS[Math.min(turn.round, ASK_DELAYS_MS.length - 1)];
    turn.round += 1;
    clearTimeout(turn.timer);
    turn.timer = setTimeout(() => void ask(turn.orderId).finally(() => asking === turn && plan()), delay);
  }

  async function ask(orderId: string): Promise<void> {
    askedAtMs = nowMs();
    try {
      const answer = await server.ask('order:status', { orderId });
      if (!answer.ok && answer.code === 'unknown_order') {
        // Gone with a store that was lost: it can't be paid any more. If it was, the item comes by itself.
        orders.drop(orderId);
        return dispatch({ type: 'status', orderId, state: 'closed' });
      }
      if (!answer.ok) return dispatch({ type: 'unanswered', orderId, offline: false });
      const { state: orderState, grant } = answer.order;
      const before = orders.all().find((order) => order.id === orderId)?.owing ?? {};
      const paid = orderState === 'credited' ? paidOf(grant, before, owing()) : undefined;
      if (orderState !== 'new' && orderState !== 'ready') orders.drop(orderId);
      dispatch({ type: 'status', orderId, state: orderState, paid });
    } catch {
      dispatch({ type: 'unanswered', orderId, offline: true });
    }
  }

  const owing = () => goods.inventory?.debts ?? {};

  goods.onGain(({ cause, ...change }) => {
    const waiting = isPaidFor(state) ? orderOf(state) : undefined;
    const fitting = orders.all().filter((order) => covers(change, order.grant));
    // A payment the player did not wait for may have arrived: its order must not be resumed or paid again.
    for (const order of fitting) if (order.id !== waiting?.id) void ask(order.id);
    if (!waiting) return;
    // A purchase that could be no other order than this one; in doubt the server is asked which it was.
    if (cause === 'purchase' && fitting.length === 1 && fitting[0]?.id === waiting.id)
      dispatch({ type: 'owned', orderId: waiting.id, paid: toDebts(waiting.grant, change.paid) });
    else void ask(waiting.id);
  });
  server.onLink((link) => {
    if (link !== 'online') return;
    const waiting = orderOf(state);
    if (waiting && isAsking(state)) void ask(waiting.id);
    // A card that could not be prepared is prepared now.
    if (state.at === 'card' && state.trouble?.kind === 'offline')
      card(state.want.sku, state.want.quantity, true);
  });

  function heldOrder(sku: string, quantity: number): ReadyOrder | undefined {
    const offer = goods.offer(sku);
    return offer && orders.reusable(sku, quantity, offer.priceStars * quantity, nowMs());
  }

  function card(sku: string, quantity: number, now: boolean): void {
    if (isPaying(state)) return;
    const offer = goods.offer(sku);
    const kept = heldOrder(sku, quantity);
    const want = { sku, quantity, orderId: kept?.id ?? newId() };
    dispatch({ type: 'card', want });
    if (kept) dispatch({ type: 'prepared', order: kept });
    else if (now && canPrepare(offer)) void prepare(want);
  }

  return {
    get state() {
      return state;
    },
    onState: (listener) => void listeners.add(listener),
    card,
    tap() {
      if (isPaying(state)) return;
      host.haptic('tap');
      const order = orderOf(state);
      // An order that ended, or is about to, is replaced by a fresh one before Telegram is asked.
      const stale = order && (order.expiresAtMs <= nowMs() || (state.at === 'notCharged' && state.ended));
      if (order && stale) {
        orders.drop(order.id);
        card(order.sku, order.quantity, false);
      }
      if (state.at === 'card' && state.trouble) card(state.want.sku, state.want.quantity, false);
      dispatch({ type: 'tap' });
      if (state.at === 'opening') void prepare(state.want);
    },
    leave() {
      dispatch({ type: 'leave' });
    },
    holds: (sku, quantity) => heldOrder(sku, quantity) !== undefined,
    nudge() {
      if (state.at === 'inTelegram' && sheet && nowMs() - sheet.openedAtMs > DOUBT_AFTER_MS)
        dispatch({ type: 'doubt' });
      const waiting = orderOf(state);
      if (waiting && isAsking(state) && nowMs() - askedAtMs > DOUBT_AFTER_MS) void ask(waiting.id);
    },
    async recheck() {
      const limited = orders
        .all()
        .filter(({ sku, expiresAtMs }) => expiresAtMs > nowMs() && goods.offer(sku)?.left !== undefined);
      await Promise.all(limited.map(({ id }) => ask(id)));
    },
    resume() {
      const order = orders.paying();
      if (!order) return false;
      dispatch({ type: 'resume', order });
      return state.at === 'settling';
    },
  };
}

/** Whoever only looks at a limited offer must not keep it from the others: its order is made on the tap. */
const canPrepare = (offer: OfferView | undefined): boolean =>
  !offer?.unavailable && offer?.left === undefined;

/** A prepared card is not paid for: what arrives while it is open belongs to another purchase. */
const isPaidFor = (state: ShopState): boolean => state.at !== 'card' && state.at !== 'opening';
