import { inLanguage, type Offer } from '@stardrift/shared/catalog';
import { type Payload, parsePayload } from '@stardrift/shared/payload';
import { type Charge, countBought, orderOfCharge, type Payment } from './charge.ts';
import { type CheckoutDecision, type CheckoutQuery, isOrderOf, reviewCheckout } from './checkout.ts';
import {
  MAX_OPEN_ORDERS,
  type Order,
  type OrderRequest,
  offerBySku,
  placeOrder,
  type Refusal,
  stateAt,
} from './order.ts';
import type {
  Clock,
  Credited,
  Cursor,
  Ending,
  Inventories,
  Invoices,
  Ledger,
  Orders,
  Player,
  RefundBegun,
  Revisions,
  Stock,
} from './ports.ts';
import { decideSettlement, hold, type Terms, termsOf, termsOfOrder } from './settlement.ts';
import { heldByCharge, heldByOrder } from './stock.ts';

export interface PurchasePorts {
  orders: Orders;
  ledger: Ledger;
  stock: Stock;
  inventories: Inventories;
  revisions: Revisions;
  invoices: Invoices;
  cursor: Pick<Cursor, 'read'>;
  clock: Clock;
}

export type Settled =
  | { kind: 'credited'; charge: Charge; rev: number }
  | { kind: 'exists'; charge: Charge }
  | { kind: 'held'; charge: Charge };

/** The way of a purchase: an order, the review before the money moves, the settlement after, the way back. */
export type Purchase = ReturnType<typeof createPurchase>;

export function createPurchase(ports: PurchasePorts) {
  const { orders, ledger, stock, inventories, revisions, invoices, cursor, clock } = ports;

  /** Steps 1 to 3: price it, freeze it, give it a link. A repeat gives the same link. */
  async function order(
    player: Player,
    request: OrderRequest,
  ): Promise<(Order & { invoiceUrl: string }) | Refusal> {
    const [open, known] = await Promise.all([isOpen(), orders.find(player.id, request.orderId)]);
    if (!open) return { refused: 'restoring' };
    if (known) return isRepeat(known, request) ? offerLink(player, known) : { refused: 'order_conflict' };

    const revision = revisions.current();
    const nowMs = clock.nowMs();
    const placed = placeOrder(revision, player.id, request, await holdings(player.id), nowMs);
    if ('refused' in placed) return placed;

    const perPlayer = offerBySku(revision.catalog, placed.sku)?.perPlayer;
    const result = await orders.place(placed, { open: MAX_OPEN_ORDERS, perPlayer }, nowMs);
    if (result.kind === 'order_paid') return { refused: 'order_ended' };
    if (!('order' in result)) return { refused: result.kind };
    // The id may have come to stand for another wish meanwhile.
    if (!isRepeat(result.order, request)) return { refused: 'order_conflict' };
    return offerLink(player, result.order);
  }

  async function offerLink(
    player: Player,
    order: Order,
  ): Promise<(Order & { invoiceUrl: string }) | Refusal> {
    if (!isPayable(order)) return { refused: 'order_ended' };
    const { catalog } = (await revisions.find(order.revision)) ?? revisions.current();
    const offer = offerBySku(catalog, order.sku);
    if (!offer) return { refused: 'not_on_sale' };
    const refusal = offer.stock === undefined ? undefined : await holdStock(order, offer.stock);
    if (refusal) return refusal;
    if (order.invoiceUrl !== undefined) return { ...order, invoiceUrl: order.invoiceUrl };

    const url = await invoices.link(order, {
      title: inLanguage(offer.title, player.language),
      description: inLanguage(offer.description, player.language),
    });
    const invoiceUrl = await orders.keepInvoice(order.playerId, order.id, url);
    return invoiceUrl === undefined ? { refused: 'order_ended' } : { ...order, invoiceUrl };
  }

  /** Copies for an open order, before anyone can pay it. */
  async function holdStock(order: Order, limit: number): Promise<Refusal | undefined> {
    const { sku, quantity, playerId, id: orderId } = order;
    const ending = { playerId, sku, orderId };
    if (!(await stock.take(sku, heldByOrder(ending), quantity, limit))) {
      await orders.end(ending, 'closed', clock.nowMs());
      return { refused: 'sold_out' };
    }
    // The end of the order may have given its copies back a moment before they were taken here.
    const state = await orders.markHeld(playerId, orderId);
    if ((state === 'new' || state === 'ready') && isPayable(order)) return undefined;
    await giveBackUnpaid(ending, state);
    return { refused: 'order_ended' };
  }

  /** Step 5. The caller sets the deadline; whatever is thrown means no. */
  async function review(query: CheckoutQuery, payloadText: string): Promise<CheckoutDecision> {
    const payload = parsePayload(payloadText);
    const [open, known, held] = await Promise.all([
      isOpen(),
      payload && orders.find(payload.playerId, payload.orderId),
      holdings(query.payerId),
    ]);
    if (!open) return { approved: false, reason: 'restoring' };
    const decision = reviewCheckout(query, payload, known, revisions.current(), held, clock.nowMs());
    if (!decision.approved || !known) return decision;

    const limit = payload && (await findTerms(payload))?.stock;
    const refusal = limit === undefined ? undefined : await holdStock(known, limit);
    if (refusal) return { approved: false, reason: refusal.refused === 'sold_out' ? 'sold_out' : 'ended' };
    // The order may have ended since it was read; the store has the last word.
    const state = await orders.markReady(known.playerId, known.id);
    return state === 'ready' ? decision : { approved: false, reason: 'ended' };
  }

  /** Steps 6 and 7. Telegram may tell of a payment twice, late, or in two ways; repeating this is harmless. */
  async function settle(payment: Payment): Promise<Settled> {
    const payload = parsePayload(payment.payload);
    const terms = payload && (await findTerms(payload));
    const decision = decideSettlement(payment, payload, terms, clock.nowMs());
    if (decision.kind === 'hold' || !terms) return keep(decision.charge);

    const settled = await creditOrKeep(decision.charge, terms, payment, payload);
    // Copies taken for a payment that was not credited after all; also by a server that died before it came to this.
    if (terms.stock !== undefined && settled.charge.result !== 'credit')
      await stock.give(settled.charge.sku, heldByCharge(settled.charge));
    return settled;
  }

  async function creditOrKeep(
    charge: Charge,
    terms: Terms,
    payment: Payment,
    payload: Payload | undefined,
  ): Promise<Settled> {
    const credited = await credit(charge, terms);
    switch (credited.kind) {
      case 'credited':
        return { kind: 'credited', charge, rev: credited.rev };
      case 'exists':
        return credited;
      case 'order_paid':
        return keep(hold(payment, payload, 'second', clock.nowMs()).charge);
      case 'other_order':
        return keep(hold(payment, payload, 'orphan', clock.nowMs()).charge);
      case 'limit_reached':
        return keep(hold(payment, payload, 'limit', clock.nowMs()).charge);
      case 'sold_out':
        return keep(hold(payment, payload, 'stock', clock.nowMs()).charge);
    }
  }

  /** An open order has its copies; a payment that comes later must find some of its own. */
  async function credit(
    charge: Charge,
    { perPlayer, stock: limit }: Terms,
  ): Promise<Exclude<Credited, { kind: 'not_held' }> | { kind: 'sold_out' }> {
    const { payerId: playerId, sku, orderId, quantity } = charge;
    const first = await ledger.credit(charge, { perPlayer, heldOnly: limit !== undefined });
    if (first.kind !== 'not_held') return first;

    // Once credited, the order is no longer among those that the sweep looks after.
    await stock.give(sku, heldByOrder({ playerId, sku, orderId }));
    if (!(await stock.take(sku, heldByCharge(charge), quantity, limit ?? 0))) return { kind: 'sold_out' };
    const second = await ledger.credit(charge, { perPlayer });
    if (second.kind === 'not_held') throw new Error(`order ${orderId} was to be credited as it is`);
    return second;
  }

  async function keep(charge: Charge): Promise<Settled> {
    const held = await ledger.hold(charge);
    return held.kind === 'exists' ? held : { kind: 'held', charge };
  }

  /**
   * The Stars of a payment went back. A refund proves its payment, so one that was never heard of is settled first.
   * @returns the charge when this call ended it, `undefined` when that had been done
   */
  async function refunded(payment: Payment): Promise<Charge | undefined> {
    const { payerId, chargeId, paidAtMs } = payment;
    let ended = await ledger.refund(payerId, chargeId, paidAtMs);
    if (ended.kind === 'unknown') {
      await settle(payment);
      ended = await ledger.refund(payerId, chargeId, paidAtMs);
    }
    if (ended.kind === 'unknown') throw new Error(`charge ${chargeId} was recorded and is gone again`);
    await giveBackRefunded(ended.charge);
    return ended.kind === 'refunded' ? ended.charge : undefined;
  }

  /** Support gives a purchase back: the goods go at once, the Stars follow through the queue of refunds. */
  async function refund(playerId: number, chargeId: string, by: string): Promise<RefundBegun> {
    return ledger.beginRefund(playerId, chargeId, by, clock.nowMs());
  }

  /** Ends what was not paid in time, and gives back what it held. */
  async function sweep(): Promise<number> {
    const ending = await orders.ending(clock.nowMs());
    for (const each of ending) await giveBackUnpaid(each, await orders.end(each, 'expired', clock.nowMs()));
    return ending.length;
  }

  async function giveBackUnpaid(ending: Ending, state: Order['state'] | undefined): Promise<void> {
    if (state === 'new' || state === 'ready') return;
    const isPaid = state === 'credited' || state === 'refunding' || state === 'refunded';
    if (!isPaid) await stock.give(ending.sku, heldByOrder(ending));
    await orders.forget(ending);
  }

  /** Repeated with every repeat of the news, so that nothing stays taken when a server dies in between. */
  async function giveBackRefunded(charge: Charge): Promise<void> {
    if (charge.result !== 'credit') return;
    const revision = await revisions.find(charge.revision);
    if (revision && offerBySku(revision.catalog, charge.sku)?.stock === undefined) return;
    const { payerId: playerId, sku, orderId } = charge;
    await stock.give(sku, heldByOrder({ playerId, sku, orderId }));
    await stock.give(sku, heldByCharge(charge));
  }

  /** The order of a player, also one that was paid so long ago that only its charge is kept. */
  async function status(playerId: number, orderId: string): Promise<Order | undefined> {
    const known = await orders.find(playerId, orderId);
    if (known) return known;
    const charges = await ledger.charges(playerId);
    const paid = charges.find((charge) => charge.orderId === orderId && charge.result === 'credit');
    return paid && orderOfCharge(paid);
  }

  async function findTerms(payload: Payload): Promise<Terms | undefined> {
    const revision = await revisions.find(payload.revision);
    if (revision) return termsOf(payload, revision);
    const known = await orders.find(payload.playerId, payload.orderId);
    return known && isOrderOf(payload, known) ? termsOfOrder(known) : undefined;
  }

  /** Not before Telegram's ledger has been walked: what a player owns may not be all there until then. */
  const isOpen = async (): Promise<boolean> => (await cursor.read()) !== undefined;

  const isPayable = (order: Order): boolean => {
    const state = stateAt(order, clock.nowMs());
    return state === 'new' || state === 'ready';
  };

  async function holdings(playerId: number) {
    const [{ items }, charges] = await Promise.all([inventories.read(playerId), ledger.charges(playerId)]);
    return { items, bought: countBought(charges) };
  }

  /** How many of each limited offer are left. */
  async function left(offers: Offer[]): Promise<Map<string, number>> {
    const limited = offers.filter((offer) => offer.stock !== undefined);
    const counts = await Promise.all(limited.map(({ sku }) => stock.taken(sku)));
    return new Map(
      limited.map(({ sku, stock: limit }, i) => [sku, Math.max(0, (limit ?? 0) - (counts[i] ?? 0))]),
    );
  }

  return { order, review, settle, refunded, refund, giveBackRefunded, sweep, status, holdings, left };
}

function isRepeat(order: Order, request: OrderRequest): boolean {
  return order.sku === request.sku && order.quantity === (request.quantity ?? 1);
}
