import { formatPayload } from '@stardrift/shared/payload';
import type { Api } from 'grammy';
import type { Order } from '../purchase/order.ts';
import type { Invoices } from '../purchase/ports.ts';

/** Invoice links in Stars: one price, no provider, nothing that Telegram refuses for them. */
export function createInvoices(api: Api): Invoices {
  return {
    link: (order, { title, description }) =>
      api.createInvoiceLink(titleOf(title, order), description, payloadOf(order), '', 'XTR', [
        { label: title, amount: order.priceStars },
      ]),
  };
}

/** Telegram takes 32 characters. */
const titleOf = (title: string, { quantity }: Order): string =>
  quantity === 1 ? title : `${title.slice(0, 28)} ×${quantity}`;

const payloadOf = ({ playerId, id: orderId, sku, quantity, revision }: Order): string =>
  formatPayload({ playerId, orderId, sku, quantity, revision });
