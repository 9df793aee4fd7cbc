import { formatPayload } from '@stardrift/shared/payload';
import type { Tree } from './tree.ts';

/** What the messages are made of. */
export interface Stock {
  revision: string;
  /** An offer that is always to be had, and its price. */
  sku: string;
  stars: number;
}

/** Nobody's price, nor near one: a changed digit makes none of it. */
const WRONG_STARS = 777_777;
/** Whose orders the payloads name: nobody who pays, nor near one. */
const OTHER_OWNER = 90_000_000_000;

const person = (id: number): Record<string, Tree> => ({
  id,
  is_bot: false,
  first_name: 'Mallory',
  username: 'mallory_77',
  language_code: 'en',
});
const chat = (id: number): Tree => ({ id, type: 'private', first_name: 'Mallory', username: 'mallory_77' });
const DATE = 1_790_000_000;

const payloadOf = ({ revision, sku }: Stock, playerId: number, id: string): string =>
  formatPayload({ playerId, orderId: `order-${id}`.padEnd(20, '0').slice(-40), sku, quantity: 1, revision });

const payment = (stars: number, payload: string, id: string): Tree => ({
  currency: 'XTR',
  total_amount: stars,
  invoice_payload: payload,
  telegram_payment_charge_id: `stx${id}`,
  provider_payment_charge_id: `${stars}_${id}`,
});

/** A question of Telegram's before it takes the Stars. */
export const checkout = (stock: Stock, playerId: number, id: string): Tree => ({
  update_id: 1,
  pre_checkout_query: {
    id: `9${id}`,
    from: person(playerId),
    currency: 'XTR',
    total_amount: stock.stars,
    invoice_payload: payloadOf(stock, playerId, id),
  },
});

/** A payment of the right payer, with a sum that is nobody's price. */
export const wrongSum = (stock: Stock, playerId: number, id: string): Tree => ({
  update_id: 2,
  message: {
    message_id: 3,
    date: DATE,
    from: person(playerId),
    chat: chat(playerId),
    successful_payment: payment(WRONG_STARS, payloadOf(stock, playerId, id), id),
  },
});

/** A payment of the right sum, for somebody else's order. */
export const wrongPayer = (stock: Stock, playerId: number, id: string): Tree => ({
  update_id: 4,
  message: {
    message_id: 5,
    date: DATE,
    from: person(playerId),
    chat: chat(playerId),
    successful_payment: payment(stock.stars, payloadOf(stock, OTHER_OWNER + playerId, id), id),
  },
});

/** Stars that went back, of a payment that was not credited. */
export const refunded = (stock: Stock, playerId: number, id: string): Tree => ({
  update_id: 6,
  message: {
    message_id: 7,
    date: DATE,
    from: { id: 7_000_000_001, is_bot: true, first_name: 'Bot' },
    chat: chat(playerId),
    refunded_payment: payment(WRONG_STARS, payloadOf(stock, playerId, id), id),
  },
});

export const COMMANDS = ['start', 'shop', 'paysupport', 'terms', 'privacy', 'refund', 'reconcile'] as const;

export const command = (name: string, rest: string, playerId: number): Tree => ({
  update_id: 8,
  message: {
    message_id: 9,
    date: DATE,
    from: person(playerId),
    chat: chat(playerId),
    text: `/${name} ${rest}`,
    entities: [{ type: 'bot_command', offset: 0, length: name.length + 1 }],
  },
});

/** What the game asks over its socket. Nobody of those who ask here owns anything. */
export const requests = ({ sku }: Stock, id: string): Record<string, Tree> => ({
  order: { orderId: `order-${id}`.padEnd(20, '0'), sku, quantity: 1 },
  'order:status': { orderId: `order-${id}`.padEnd(20, '0') },
  inventory: {},
  use: { opId: `op-${id}`.padEnd(20, '0'), itemId: 'shield', count: 1 },
  history: { cursor: '1790000000000.stx' },
  catalog: {},
  'run:start': { kind: 'free' },
  'run:finish': { ticket: `r1.${id}`, steps: 240, taps: [60], uses: [{ step: 90, itemId: 'shield' }] },
  board: { board: 'all' },
  befriend: { code: 'f2n9c_abcdefgh' },
});
