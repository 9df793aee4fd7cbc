import { Bot, type Context, GrammyError } from 'grammy';
import type { Config } from '../config.ts';
import { within } from '../deadline.ts';
import type { Log } from '../log.ts';
import type { CheckoutDecision } from '../purchase/checkout.ts';
import type { Ledger, Revisions } from '../purchase/ports.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { addCommands } from './commands.ts';
import { languageOf } from './init-data.ts';
import { addSupport, type SupportPorts } from './support.ts';
import { words } from './words/words.ts';

/** Telegram gives ten seconds; past half of them the answer is no. */
export const REVIEW_DEADLINE_MS = 5_000;
const ANSWER_DEADLINE_MS = 3_000;
/** Far below grammY's 500 s: what Telegram can't answer by then is asked again. */
const API_TIMEOUT_SECONDS = 5;

export interface BotPorts extends SupportPorts {
  purchase: Purchase;
  ledger: Ledger;
  revisions: Revisions;
  log: Log;
  onCheckout(answer: string): void;
}

export function connectBot({ telegram }: Pick<Config, 'telegram'>): Bot {
  const { token, apiRoot, env: environment } = telegram;
  return new Bot(token, { client: { apiRoot, environment, timeoutSeconds: API_TIMEOUT_SECONDS } });
}

/** Asks Telegram for the bot's name, once. grammY's own `init` would ask for ever while Telegram is away. */
export async function knowItself(bot: Bot): Promise<void> {
  if (bot.isInited()) return;
  try {
    bot.botInfo = await bot.api.getMe();
  } catch (error) {
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404))
      throw new Error(
        `Telegram does not know this BOT_TOKEN (${error.error_code}). Ask BotFather for the right one.`,
      );
    throw error;
  }
}

/** Says what is done with each kind of update but those of payments, which do not come here: see `deliver`. */
export function addHandlers(bot: Bot, config: Config, ports: BotPorts): void {
  bot.on('pre_checkout_query', (context) => answerCheckout(context, ports));
  addSupport(bot, config, ports);
  addCommands(bot, config, ports);
}

async function answerCheckout(
  context: Context & { preCheckoutQuery: NonNullable<Context['preCheckoutQuery']> },
  ports: BotPorts,
) {
  const { from, currency, total_amount: amountStars, invoice_payload: payload } = context.preCheckoutQuery;
  const decision = await decide(
    () => ports.purchase.review({ payerId: from.id, currency, amountStars }, payload),
    ports.log,
  );
  ports.onCheckout(decision.approved ? 'approved' : decision.reason);
  const refusal = decision.approved
    ? undefined
    : words[languageOf(from.language_code)].refusals[decision.reason];
  try {
    await context.answerPreCheckoutQuery(
      decision.approved,
      refusal === undefined ? undefined : { error_message: refusal },
      AbortSignal.timeout(ANSWER_DEADLINE_MS) as Parameters<typeof context.answerPreCheckoutQuery>[2],
    );
  } catch (error) {
    if (!(error instanceof GrammyError && error.description.includes('query is too old'))) throw error;
    // The payer was turned away by Telegram long ago; nothing of ours has changed.
    ports.log.warn({ playerId: from.id }, 'a pre-checkout query was answered too late');
  }
}

/** No for an answer that fails or takes too long: a sale refused costs less than Stars taken blindly. */
async function decide(review: () => Promise<CheckoutDecision>, log: Log): Promise<CheckoutDecision> {
  try {
    return await within(REVIEW_DEADLINE_MS, review(), 'the review');
  } catch (err) {
    log.error({ err }, 'a pre-checkout query is refused: it could not be reviewed');
    return { approved: false, reason: 'unavailable' };
  }
}
