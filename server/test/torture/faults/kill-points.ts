import { scripts } from '../../../src/redis/scripts.ts';
import type { Outcome } from './proxy.ts';
import type { Rig } from './rig.ts';

/** What a player does so that the server comes to the point. */
export type Walk = 'buy' | 'pay twice' | 'ask support';

/** A moment in the life of a purchase at which the server can die. */
export interface KillPoint {
  number: number;
  title: string;
  walk: Walk;
  /** Arms the watchpoint that knows the moment of this player from outside. @returns what disarms it */
  arm(rig: Rig, playerId: number, onSeen: () => void): () => void;
  /** Whether the purchase that came here must be in the store by now; left out where nobody can say. */
  credited?: boolean;
}

const tag = (playerId: number): string => `{b${String(playerId % 1_024).padStart(4, '0')}}`;

/** @param about what else stands in the same command, to know whose it is */
const onRedis =
  (sight: string, fate: Outcome, about?: (playerId: number) => string): KillPoint['arm'] =>
  ({ stations: [{ toRedis }] }, playerId, onSeen) => {
    if (!toRedis) throw new Error('this rig has no wire to Redis to watch');
    return toRedis.watch({ sight, about: about?.(playerId), fate, onSeen });
  };

const onScript = ({ SHA1 }: { SHA1: string }, fate: Outcome): KillPoint['arm'] =>
  onRedis(SHA1, fate, (playerId) => `:${playerId}`);

const onTelegram =
  (method: string, fate: Outcome): KillPoint['arm'] =>
  ({ stations: [{ toTelegram }] }, _playerId, onSeen) =>
    toTelegram.watch({ sight: `/${method}`, fate, onSeen });

const onPayment =
  (fate: 'hand over' | 'withhold'): KillPoint['arm'] =>
  ({ front }, playerId, onSeen) =>
    front.watch({ news: 'successful_payment', playerId, fate, onSeen });

const { placeOrder, markReady, credit } = scripts;

/** The crash points of a purchase and of a refund, in their order. */
export const KILL_POINTS: readonly KillPoint[] = [
  { number: 1, title: 'order stored', walk: 'buy', arm: onScript(placeOrder, 'withhold') },
  { number: 2, title: 'invoice link made', walk: 'buy', arm: onTelegram('createInvoiceLink', 'withhold') },
  { number: 3, title: 'pre-check read', walk: 'buy', arm: onScript(markReady, 'stop') },
  { number: 4, title: 'pre-check state written', walk: 'buy', arm: onScript(markReady, 'withhold') },
  {
    number: 5,
    title: 'pre-check answered',
    walk: 'buy',
    arm: onTelegram('answerPreCheckoutQuery', 'withhold'),
  },
  { number: 6, title: 'payment parsed', walk: 'buy', arm: onPayment('hand over') },
  { number: 7, title: 'before the credit', walk: 'buy', arm: onScript(credit, 'stop'), credited: false },
  {
    number: 8,
    title: 'credit sent, no reply',
    walk: 'buy',
    arm: onScript(credit, 'withhold'),
    credited: true,
  },
  { number: 9, title: 'credit replied', walk: 'buy', arm: onScript(credit, 'pass'), credited: true },
  { number: 10, title: 'before WAIT', walk: 'buy', arm: onRedis('\r\nWAIT\r\n', 'stop') },
  { number: 11, title: 'before HTTP 200', walk: 'buy', arm: onPayment('withhold'), credited: true },
  {
    number: 12,
    title: 'outbox read, not emitted',
    walk: 'buy',
    arm: onRedis('\r\nXRANGE\r\n', 'withhold', tag),
    credited: true,
  },
  {
    number: 13,
    title: 'refund debited, not sent',
    walk: 'ask support',
    arm: onTelegram('refundStarPayment', 'stop'),
  },
  {
    number: 14,
    title: 'refund sent, no reply',
    walk: 'ask support',
    arm: onTelegram('refundStarPayment', 'withhold'),
  },
  // The same two for a payment that was never credited: the second one of an order.
  {
    number: 13,
    title: 'refund of a second payment, not sent',
    walk: 'pay twice',
    arm: onTelegram('refundStarPayment', 'stop'),
  },
  {
    number: 14,
    title: 'refund of a second payment sent, no reply',
    walk: 'pay twice',
    arm: onTelegram('refundStarPayment', 'withhold'),
  },
];
