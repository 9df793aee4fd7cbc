import type { HistoryEntry } from '@stardrift/shared/protocol';
import { type Bot, type Context, InlineKeyboard } from 'grammy';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { readHistory } from '../purchase/history.ts';
import type { Ledger, Revisions } from '../purchase/ports.ts';
import { languageOf } from './init-data.ts';
import type { Words } from './words/en.ts';
import { words } from './words/words.ts';

const SHOWN_PAYMENTS = 5;

/** /start, /shop, /paysupport, /terms and /privacy, in the player's language. Comes last: whatever else is said gets an answer too. */
export function addCommands(
  bot: Bot,
  config: Config,
  { ledger, revisions, log }: { ledger: Ledger; revisions: Revisions; log: Log },
): void {
  const game = config.publicUrl;
  bot.command('start', async (context) => {
    // The support button of the shop arrives here: a link to a bot can only start it.
    if (context.match === 'paysupport') return answerSupport(context, '');
    const said = wordsFor(context);
    await context.reply(said.start, { reply_markup: new InlineKeyboard().webApp(said.play, game) });
  });
  bot.command('shop', async (context) => {
    const said = wordsFor(context);
    const shop = `${game}/?tgWebAppStartParam=shop`;
    await context.reply(said.shop, { reply_markup: new InlineKeyboard().webApp(said.openShop, shop) });
  });
  bot.command('terms', (context) => context.reply(wordsFor(context).terms));
  bot.command('privacy', (context) => context.reply(wordsFor(context).privacy));
  bot.command(['paysupport', 'support', 'help'], (context) => answerSupport(context, context.match));
  // Nobody would read it, and nobody would know.
  bot.chatType('private').on('message:text', (context) => context.reply(wordsFor(context).paysupport.plain));

  async function answerSupport(context: Context, message: string): Promise<void> {
    const playerId = context.from?.id;
    if (playerId === undefined) return;
    const said = wordsFor(context).paysupport;
    const language = languageOf(context.from?.language_code);
    const { entries } = await readHistory(await ledger.charges(playerId), language, undefined, revisions);
    const latest = entries.filter(({ kind }) => kind === 'purchase').slice(0, SHOWN_PAYMENTS);
    if (message === '') await context.reply(`${paymentLines(latest, said)}\n\n${said.how}`);
    else if (config.adminIds.length === 0) await context.reply(said.nobody);
    else await context.reply((await passOn(context, message, latest)) ? said.sent : said.notSent);
  }

  /** True when at least one person has it. */
  async function passOn(context: Context, message: string, latest: HistoryEntry[]): Promise<boolean> {
    const playerId = context.from?.id;
    const name = context.from?.username === undefined ? '' : ` (@${context.from.username})`;
    const payments = latest.map(
      (entry) => `${paymentLine(entry, words.en.paysupport)}\n/refund ${playerId} ${entry.chargeId}`,
    );
    const text = [
      `Player ${playerId}${name} asks:\n${message.slice(0, 2_000)}`,
      ...(payments.length === 0 ? ['No payments.'] : payments),
      `To answer: /answer ${playerId} and your words.`,
    ].join('\n\n');
    const sent = await Promise.allSettled(config.adminIds.map((id) => bot.api.sendMessage(id, text)));
    for (const result of sent)
      if (result.status === 'rejected') log.error({ err: result.reason }, 'an admin was not reached');
    return sent.some(({ status }) => status === 'fulfilled');
  }
}

const wordsFor = (context: Context): Words => words[languageOf(context.from?.language_code)];

function paymentLines(latest: HistoryEntry[], said: Words['paysupport']): string {
  if (latest.length === 0) return said.none;
  return [said.recent, ...latest.map((entry) => paymentLine(entry, said))].join('\n\n');
}

function paymentLine(
  { atMs, title, quantity, priceStars, state, orderId }: HistoryEntry,
  said: Words['paysupport'],
): string {
  const time = new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
  const what = quantity > 1 ? `${title} (×${quantity})` : title;
  return `${what} · ${said.stars(priceStars)} · ${said.states[state]}\n${time} UTC · ${said.order} ${orderId}`;
}
