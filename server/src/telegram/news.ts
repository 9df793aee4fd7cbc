import { inLanguage, type Language } from '@stardrift/shared/catalog';
import type { Bot } from 'grammy';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Charge } from '../purchase/charge.ts';
import { titleOf } from '../purchase/history.ts';
import { itemById } from '../purchase/order.ts';
import type { Inventories, News, Revisions } from '../purchase/ports.ts';
import { words } from './words/words.ts';

/** Charges that one message names. */
const LISTED = 10;

/** News as messages of the bot; one that does not arrive is logged. */
export function createNews(
  bot: Bot,
  { adminIds }: Config,
  { inventories, revisions, log }: { inventories: Inventories; revisions: Revisions; log: Log },
): News {
  async function send(chatId: number, text: Promise<string> | string): Promise<void> {
    try {
      await bot.api.sendMessage(chatId, await text);
    } catch (err) {
      log.warn({ err, chatId }, 'a message about money did not arrive');
    }
  }
  function tellAdmins(text: string): void {
    for (const id of adminIds) void send(id, text);
  }

  async function aboutRefund(charge: Charge): Promise<string> {
    const language = charge.language ?? 'en';
    const said = words[language].news;
    const title = await titleOf(charge.revision, charge.sku, language, revisions);
    if (charge.result !== 'credit') return said.undelivered(charge.amountStars, title, said[charge.result]);
    const owed = await debtOf(charge, language);
    return [said.refunded(charge.amountStars, title), ...(owed === '' ? [] : [said.debt(owed)])].join(' ');
  }

  /** What of the charge was used up and not paid for since. */
  async function debtOf({ payerId, grant }: Charge, language: Language): Promise<string> {
    const { debts } = await inventories.read(payerId);
    const { catalog } = revisions.current();
    return Object.entries(debts)
      .filter(([item]) => Object.hasOwn(grant, item))
      .map(([id, count]) => {
        const item = itemById(catalog, id);
        return `${item ? inLanguage(item.title, language) : id} ×${count}`;
      })
      .join(', ');
  }

  return {
    refunded(charge) {
      void send(charge.payerId, aboutRefund(charge));
      // What was never delivered goes back by itself, and is nobody's matter.
      if (charge.result === 'credit')
        tellAdmins(
          `Refunded: ${charge.amountStars} Stars of order ${charge.orderId} are back with player ${charge.payerId}.`,
        );
    },
    cancelled(charge) {
      void send(charge.payerId, words[charge.language ?? 'en'].news.kept);
      tellAdmins(
        `Telegram refuses to refund charge ${charge.id} of player ${charge.payerId} for good. The player has the goods again.`,
      );
    },
    overdue(charges, reason) {
      const listed = charges
        .slice(0, LISTED)
        .map(({ id, payerId, amountStars }) => `charge ${id} of player ${payerId}, ${amountStars} Stars`);
      if (charges.length > LISTED) listed.push(`and ${charges.length - LISTED} more, which the log names`);
      tellAdmins(
        `Refunds that could not be made in time:\n${listed.join('\n')}\n${reason}. They are tried on; most often the bot's balance is too low.`,
      );
    },
  };
}
