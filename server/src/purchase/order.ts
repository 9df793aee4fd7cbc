import type { Catalog, Grant, Item, Offer } from '@stardrift/shared/catalog';
import { isEntitlement } from '@stardrift/shared/catalog';
import type { OrderState, OrderView, RefusalCode } from '@stardrift/shared/protocol';

/** How long an order may be paid, in milliseconds. A player without Stars tops up inside the sheet, which takes minutes. */
export const ORDER_LIFE_MS = 15 * 60_000;
/** Open orders one player may have; a card that opens makes one, so it lies above the number of offers. */
export const MAX_OPEN_ORDERS = 20;

/** A promise to one player: price, contents and revision stay as they were when it was made. */
export interface Order {
  id: string;
  playerId: number;
  sku: string;
  quantity: number;
  /** For the whole order. */
  priceStars: number;
  grant: Grant;
  /** The catalogue revision it was priced from. */
  revision: string;
  createdAtMs: number;
  expiresAtMs: number;
  state: OrderState;
  invoiceUrl?: string | undefined;
  /** The charge that was credited for it. */
  chargeId?: string | undefined;
}

/** A published catalogue. */
export interface Revision {
  id: string;
  catalog: Catalog;
}

export interface Refusal {
  refused: RefusalCode;
}

/** What a player has that decides what they may buy. */
export interface Holdings {
  items: Grant;
  /** sku → how many were bought and not refunded. */
  bought: Record<string, number>;
}

export interface OrderRequest {
  orderId: string;
  sku: string;
  quantity?: number | undefined;
}

/** Prices a request from the catalogue, or says why not. Refusals come in this order. */
export function placeOrder(
  revision: Revision,
  playerId: number,
  request: OrderRequest,
  holdings: Holdings,
  nowMs: number,
): Order | Refusal {
  const quantity = request.quantity ?? 1;
  const offer = offerBySku(revision.catalog, request.sku);
  if (!offer) return { refused: 'unknown_offer' };
  if (!isOnSale(offer, nowMs)) return { refused: 'not_on_sale' };
  if (quantity > offer.maxQuantity) return { refused: 'bad_request' };
  if (ownsAll(revision.catalog, offer.grant, holdings.items)) return { refused: 'already_owned' };
  if (isLimitReached(offer, quantity, holdings.bought)) return { refused: 'limit_reached' };

  return {
    id: request.orderId,
    playerId,
    sku: offer.sku,
    quantity,
    priceStars: offer.priceStars * quantity,
    grant: times(offer.grant, quantity),
    revision: revision.id,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + ORDER_LIFE_MS,
    state: 'new',
  };
}

export function isOnSale(offer: Offer, nowMs: number): boolean {
  if (!offer.onSale) return false;
  if (offer.from !== undefined && nowMs < Date.parse(offer.from)) return false;
  return offer.until === undefined || nowMs < Date.parse(offer.until);
}

/** True when the offer holds nothing but looks and the player has them all. */
export function ownsAll(catalog: Catalog, grant: Grant, owned: Grant): boolean {
  return Object.keys(grant).every((id) => {
    const item = itemById(catalog, id);
    return item !== undefined && isEntitlement(item) && (owned[id] ?? 0) > 0;
  });
}

export function isLimitReached(offer: Offer, quantity: number, bought: Record<string, number>): boolean {
  return offer.perPlayer !== undefined && (bought[offer.sku] ?? 0) + quantity > offer.perPlayer;
}

export function times(grant: Grant, quantity: number): Grant {
  return Object.fromEntries(Object.entries(grant).map(([id, count]) => [id, count * quantity]));
}

export function offerBySku(catalog: Catalog, sku: string): Offer | undefined {
  return catalog.offers.find((offer) => offer.sku === sku);
}

export function itemById(catalog: Catalog, id: string): Item | undefined {
  return catalog.items.find((item) => item.id === id);
}

/** An open order past its time is expired, whether or not anything has swept it yet. */
export function stateAt(order: Order, nowMs: number): OrderState {
  const open = order.state === 'new' || order.state === 'ready';
  return open && nowMs >= order.expiresAtMs ? 'expired' : order.state;
}

export function viewOrder(order: Order, nowMs: number): OrderView {
  const { id, sku, quantity, priceStars, grant, expiresAtMs } = order;
  return { id, sku, quantity, priceStars, grant, expiresAtMs, state: stateAt(order, nowMs) };
}
