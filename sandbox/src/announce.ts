import type { Message, Update } from '@grammyjs/types';
import { detectEntities, post } from './chats.ts';
import type { FaultOptions, PaymentUpdate } from './faults.ts';
import { queryId } from './ids.ts';
import type { Telegram } from './telegram.ts';
import type { PendingUpdate } from './updates/updates.ts';
import { type Bot, type Player, userOf } from './world.ts';

/** Updates of queries wait in queues of their own, apart from the messages of the chat. */
const CALLBACK_QUEUE = 3 * 2 ** 33;
const PRE_CHECKOUT_QUEUE = 4 * 2 ** 33;

/** The player writes to the bot; writing to a bot that was stopped starts it again. */
export function write(telegram: Telegram, bot: Bot, player: Player, text: string): Message {
  player.blocked = false;
  const entities = detectEntities(text);
  const message = post(telegram, bot, player, 'player', { text, ...(entities.length > 0 && { entities }) });
  sendMessageUpdate(telegram, bot, message);
  return message;
}

function sendMessageUpdate(
  telegram: Telegram,
  bot: Bot,
  message: Message,
  copies = 1,
): PendingUpdate | undefined {
  return bot.delivery.updates.add({
    type: 'message',
    content: message as Update['message'],
    key: message.chat.id,
    lifeMs: telegram.timings.messageLifeMs,
    copies,
  });
}

/** Tells the bot about a service message of a payment, as the faults of delivery allow. */
export function announcePayment(
  telegram: Telegram,
  bot: Bot,
  message: Message,
  update: 'successful_payment' | 'refunded_payment',
  heldMs = 0,
): PendingUpdate | undefined {
  return deliver(telegram, update, message.chat.id, heldMs, (copies) =>
    sendMessageUpdate(telegram, bot, message, copies),
  );
}

/** Asks the bot before a payment. */
export function askPreCheckout(
  telegram: Telegram,
  bot: Bot,
  userId: number,
  query: NonNullable<Update['pre_checkout_query']>,
): void {
  deliver(telegram, 'pre_checkout_query', userId, 0, (copies) =>
    bot.delivery.updates.add({
      type: 'pre_checkout_query',
      content: query,
      key: userId + PRE_CHECKOUT_QUEUE,
      lifeMs: telegram.timings.queryLifeMs,
      copies,
    }),
  );
}

/** The player tapped a button with callback data under a message of the bot. */
export function tap(telegram: Telegram, bot: Bot, player: Player, message: Message, data: string): void {
  const id = queryId();
  bot.openCallbacks.set(id, { userId: player.id, expiresAtMs: Date.now() + telegram.timings.queryLifeMs });
  bot.delivery.updates.add({
    type: 'callback_query',
    content: {
      id,
      from: userOf(player),
      message,
      chat_instance: String(player.id),
      data,
    } as Update['callback_query'],
    key: player.id + CALLBACK_QUEUE,
    lifeMs: telegram.timings.queryLifeMs,
  });
}

/**
 * Undefined when there is nothing to wait for: the update was lost, is held back, or the bot did not want
 * it.
 */
function deliver(
  telegram: Telegram,
  update: PaymentUpdate,
  userId: number,
  heldMs: number,
  send: (copies: number) => PendingUpdate | undefined,
): PendingUpdate | undefined {
  const take = (name: 'update_lost' | 'update_late' | 'update_twice'): FaultOptions | undefined =>
    telegram.faults.take(name, { update, userId });
  if (take('update_lost')) return undefined;
  const late = take('update_late');
  const twice = take('update_twice');
  const copies = twice ? (twice.times ?? 2) : 1;
  const waitMs = heldMs + (late ? (late.afterMs ?? 1_000) : 0);
  if (waitMs === 0) return send(copies);
  telegram.world.held.add(setHeld(telegram, waitMs, () => send(copies)));
  return undefined;
}

function setHeld(telegram: Telegram, waitMs: number, send: () => void): NodeJS.Timeout {
  const timer = setTimeout(() => {
    telegram.world.held.delete(timer);
    send();
  }, waitMs);
  return timer;
}
