import { parsePayload } from '@stardrift/shared/payload';
import type { Charge, Payment } from './charge.ts';
import { type CheckoutDecision, type CheckoutQuery, reviewCheckout } from './checkout.ts';
import {
  MAX_OPEN_ORDERS,
  type Order,
  type OrderRequest,
  placeOrder,
  type Refusal,
  stateAt,
} from './order.ts';
import type { Clock, Inventories, Invoices, Ledger, Orders, Player, Revisions } from './ports.ts';
import { decideSettlement, hold } from './settlement.ts';

export interface PurchasePorts {
  orders: Orders;
  ledger: Ledger;
  inventories: Inventories;
  revisions: Revisions;
  invoices: Invoices;
  clock: Clock;
}

export type Settled =
  | { kind: 'credited'; charge: Charge; rev: number }
  | { kind: 'exists'; charge: Charge }
  | { kind: 'held'; charge: Charge };

/** The way of a purchase: an order, the review before the money moves, the settlement after, the way back. */
export type Purchase = ReturnType<typeof createPurchase>;

export function createPurchase(ports: PurchasePorts) {
  const { orders, ledger, inventories, revisions, invoices, clock } = ports;

  /** Steps 1 to 3: price it, freeze it, give it a link. A repeat gives the same link. */
  async function order(
    player: Player,
    request: OrderRequest,
  ): Promise<(Order & { invoiceUrl: string }) | Refusal> {
    const known = await orders.find(player.id, request.orderId);
    if (known) return isRepeat(known, request) ? offerLink(player, known) : { refused: 'order_conflict' };

    const revision = revisions.current();
    const nowMs = clock.nowMs();
    const placed = placeOrder(revision, player.id, request, await holdings(player.id), nowMs);
    if ('refused' in placed) return placed;

    const perPlayer = revision.catalog.offers.find(({ sku }) => sku === placed.sku)?.perPlayer;
    const result = await orders.place(placed, { open: MAX_OPEN_ORDERS, perPlayer }, nowMs);
    if (!('order' in result)) return { refused: result.kind };
    if (result.order.id === request.orderId && !isRepeat(result.order, request))
      return { refused: 'order_conflict' };
    return offerLink(player, result.order);
  }

  async function offerLink(
    player: Player,
    order: Order,
  ): Promise<(Order & { invoiceUrl: string }) | Refusal> {
    const state = stateAt(order, clock.nowMs());
    if (state !== 'new' && state !== 'ready') return { refused: 'order_ended' };
    if (order.invoiceUrl !== undefined) return { ...order, invoiceUrl: order.invoiceUrl };

    const { catalog } = (await revisions.find(order.revision)) ?? revisions.current();
    const offer = catalog.offers.find(({ sku }) => sku === order.sku);
    if (!offer) return { refused: 'not_on_sale' };
    const url = await invoices.link(order, {
      title: offer.title[player.language],
      description: offer.description[player.language],
    });
    return { ...order, invoiceUrl: await orders.keepInvoice(order.playerId, order.id, url) };
  }

  /** Step 5. The caller sets the deadline; whatever is thrown means no. */
  async function review(query: CheckoutQuery, payloadText: string): Promise<CheckoutDecision> {
    const payload = parsePayload(payloadText);
    const [known, held] = await Promise.all([
      payload && orders.find(payload.playerId, payload.orderId),
      holdings(query.payerId),
    ]);
    const decision = reviewCheckout(query, payload, known, revisions.current(), held, clock.nowMs());
    if (!decision.approved || !known) return decision;
    // The order may have ended since it was read; the store has the last word.
    const state = await orders.markReady(known.playerId, known.id);
    return state === 'ready' ? decision : { approved: false, reason: 'ended' };
  }

  /** Steps 6 and 7. Telegram may tell of a payment twice, late, or in two ways; repeating this is harmless. */
  async function settle(payment: Payment): Promise<Settled> {
    const payload = parsePayload(payment.payload);
    const known = payload && (await orders.find(payload.playerId, payload.orderId));
    const revision = payload && !known ? await revisions.find(payload.revision) : undefined;
    const decision = decideSettlement(payment, payload, known, revision);
    if (decision.kind === 'hold') return keep(decision.charge);

    const credited = await ledger.credit(decision.charge);
    if (credited.kind === 'order_paid') return keep(hold(payment, payload, 'second').charge);
    if (credited.kind === 'exists') return credited;
    return { kind: 'credited', charge: decision.charge, rev: credited.rev };
  }

  async function keep(charge: Charge): Promise<Settled> {
    const held = await ledger.hold(charge);
    return held.kind === 'exists' ? held : { kind: 'held', charge };
  }

  /** The Stars of a payment went back. A refund proves its payment, so one that was never heard of is settled first. */
  async function refunded(payment: Payment): Promise<'refunded' | 'already'> {
    const nowMs = clock.nowMs();
    const first = await ledger.refund(payment.payerId, payment.chargeId, nowMs);
    if (first.kind !== 'unknown') return first.kind;
    await settle(payment);
    const second = await ledger.refund(payment.payerId, payment.chargeId, nowMs);
    return second.kind === 'refunded' ? 'refunded' : 'already';
  }

  async function holdings(playerId: number) {
    const [{ items }, bought] = await Promise.all([inventories.read(playerId), ledger.bought(playerId)]);
    return { items, bought };
  }

  return { order, review, settle, refunded };
}

function isRepeat(order: Order, request: OrderRequest): boolean {
  return order.sku === request.sku && order.quantity === (request.quantity ?? 1);
}
