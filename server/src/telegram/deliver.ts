import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '../log.ts';
import { knowItself } from './bot.ts';
import { UnreadablePayment } from './payment.ts';

/** Nothing else is asked of Telegram; a kind left out here is never delivered later. */
export const ALLOWED_UPDATES = ['message', 'pre_checkout_query'] as const;

/**
 * Hands one update to the bot. Resolves when Telegram may forget it; rejects when it must come again: a payment whose
 * handling failed. Any other failure is told and forgotten, for it would block the payments queued behind it.
 */
export async function deliver(bot: Bot, update: Update, log: Log): Promise<void> {
  // Before the bot knows its own name it can handle nothing; whatever it is, it has to come again.
  await knowItself(bot);
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    const err = error instanceof Error && 'error' in error ? error.error : error;
    const again = isPayment(update) && !(err instanceof UnreadablePayment);
    log.error(
      { err, updateId: update.update_id },
      again ? 'a payment update failed; it comes again' : 'an update failed',
    );
    if (again) throw err;
  }
}

function isPayment({ message, pre_checkout_query }: Update): boolean {
  return Boolean(pre_checkout_query ?? message?.successful_payment ?? message?.refunded_payment);
}
