import type { Bot } from 'grammy';
import type { Message, Update } from 'grammy/types';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { knowItself } from './bot.ts';
import { UnreadablePayment } from './payment.ts';

/** Nothing else is asked of Telegram; a kind left out here is never delivered later. */
export const ALLOWED_UPDATES = ['message', 'pre_checkout_query'] as const;

const person = z.object({ id: z.int().positive(), language_code: z.string().optional() });
/**
 * What the handlers look at or hand on. It is read here, for they trust it; and grammY does not survive a value that
 * can't be written as JSON: the timer of that call goes off with nobody to catch it.
 */
const legible = z.object({
  message: z
    .object({ chat: z.object({ id: z.int() }), from: person.optional(), text: z.string().optional() })
    .optional(),
  pre_checkout_query: z
    .object({
      id: z.string().max(256),
      from: person,
      currency: z.string(),
      total_amount: z.int(),
      invoice_payload: z.string(),
    })
    .optional(),
});

/**
 * Hands one update to the receipts or the bot. Resolves when Telegram may forget it; rejects when it must come again: a
 * payment whose handling failed. Any other failure is told and forgotten, for it would block the payments queued
 * behind it.
 */
export async function deliver(
  bot: Bot,
  receipts: (message: Message) => Promise<void>,
  update: Update,
  log: Log,
): Promise<void> {
  const { message, pre_checkout_query: query } = update;
  const isReceipt = Boolean(message?.successful_payment ?? message?.refunded_payment);
  try {
    if (message && isReceipt) return await receipts(message);
  } catch (err) {
    // Repeating what can't be read would only block the chat: Telegram's ledger tells of it again.
    const again = !(err instanceof UnreadablePayment);
    log.error(
      { err, updateId: update.update_id },
      again ? 'a payment update failed; it comes again' : 'an update failed',
    );
    if (again) throw err;
    return;
  }
  const read = legible.safeParse(update);
  if (!read.success) {
    log.error({ err: z.prettifyError(read.error), updateId: update.update_id }, "an update can't be read");
    return;
  }
  // Before the bot knows its own name it can handle nothing else; whatever it is, it has to come again.
  await knowItself(bot);
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    const err = error instanceof Error && 'error' in error ? error.error : error;
    log.error(
      { err, updateId: update.update_id },
      query ? 'a pre-checkout query failed; it comes again' : 'an update failed',
    );
    if (query) throw err;
  }
}
