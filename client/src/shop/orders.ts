import type { Grant } from '@stardrift/shared/catalog';
import { type Drawer, isNumber, isRecord } from '../storage.ts';
import type { ReadyOrder } from './shop.ts';

/** Orders this browser made and that may still be paid. They outlive a reload. */
export interface OpenOrders {
  /** The order to pay for this offer at this price, so that a second try is never a second charge. */
  reusable(sku: string, quantity: number, priceStars: number, nowMs: number): ReadyOrder | undefined;
  /** The order whose payment had begun when the page went away. */
  paying(): ReadyOrder | undefined;
  keep(order: ReadyOrder, paying: boolean): void;
  drop(orderId: string): void;
  all(): readonly ReadyOrder[];
}

type Kept = ReadyOrder & { paying: boolean };

const KEY = 'orders';
/** An order about to expire would be refused while the player reads Telegram's sheet. */
const MARGIN_MS = 60_000;
/** Long after an order ended a payment for it may still arrive; then the inventory tells, and it can be forgotten. */
const MEMORY_MS = 24 * 3_600_000;

export function createOpenOrders(drawer: Drawer, nowMs: () => number): OpenOrders {
  let orders = (drawer.get(KEY, isKeptList) ?? []).filter((o) => o.expiresAtMs + MEMORY_MS > nowMs());
  const save = () => drawer.set(KEY, orders);
  return {
    reusable: (sku, quantity, priceStars, now) =>
      orders.find(
        (o) =>
          o.sku === sku &&
          o.quantity === quantity &&
          o.priceStars === priceStars &&
          o.expiresAtMs - MARGIN_MS > now,
      ),
    paying: () => orders.findLast((o) => o.paying && o.expiresAtMs > nowMs()),
    keep(order, paying) {
      const before = orders.find((o) => o.id === order.id);
      orders = [...orders.filter((o) => o.id !== order.id), { ...before, ...order, paying }];
      save();
    },
    drop(orderId) {
      orders = orders.filter((o) => o.id !== orderId);
      save();
    },
    all: () => orders,
  };
}

function isKeptList(value: unknown): value is Kept[] {
  return Array.isArray(value) && value.every(isKept);
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    [value.id, value.sku, value.invoiceUrl].every((text) => typeof text === 'string') &&
    [value.quantity, value.priceStars, value.expiresAtMs].every(isNumber) &&
    isGrant(value.grant) &&
    (value.owing === undefined || isGrant(value.owing)) &&
    typeof value.paying === 'boolean'
  );
}

const isGrant = (value: unknown): value is Grant => isRecord(value) && Object.values(value).every(isNumber);
