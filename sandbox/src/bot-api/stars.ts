import { refund } from '../charges.ts';
import type { Telegram } from '../telegram.ts';
import type { Bot, Charge } from '../world.ts';
import { badRequest } from './envelope.ts';
import { DONE, type Method } from './method.ts';

export const answerPreCheckoutQuery: Method = (_telegram, bot, args) => {
  const refusal = args.flag('ok') ? null : args.required('error_message');
  const query = bot.openPreCheckouts.get(args.text('pre_checkout_query_id'));
  if (!query) throw badRequest('query is too old and response timeout expired or query ID is invalid');
  query.answer(refusal);
  return DONE;
};

export const refundStarPayment: Method = (telegram, bot, args) => {
  const { rules, faults } = telegram;
  const userId = args.userId();
  const charge = findCharge(telegram, bot, args.required('telegram_payment_charge_id'), userId);
  if (charge.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED');
  const ageDays = (Date.now() - charge.paidAtMs) / 86_400_000;
  if (rules.refundDays > 0 && ageDays > rules.refundDays) throw badRequest(rules.refundTooLate);
  if (bot.stars < charge.priceStars || faults.take('refund_balance_low', { userId })) {
    throw badRequest(rules.refundBalanceTooLow);
  }
  refund(telegram, charge);
  return DONE;
};

function findCharge({ world, rules }: Telegram, bot: Bot, id: string, userId: number): Charge {
  if (!world.players.has(userId)) throw badRequest('USER_ID_INVALID');
  const charge = world.charges.get(id);
  if (charge?.bot !== bot) throw badRequest(rules.refundUnknownCharge);
  if (charge.userId !== userId) throw badRequest(rules.refundForeignCharge);
  return charge;
}

/** Only the bot's own cancellation can be undone by the bot; the user's stands. */
export const editUserStarSubscription: Method = (telegram, bot, args) => {
  const { world } = telegram;
  const userId = args.userId();
  if (!world.players.has(userId)) throw badRequest('USER_ID_INVALID');
  const charge = world.charges.get(args.text('telegram_payment_charge_id'));
  const subscription = charge?.bot === bot && charge.userId === userId ? charge.subscription : undefined;
  if (!subscription) throw badRequest('CHARGE_ID_INVALID');
  if (subscription.expiresAt * 1000 < Date.now() || subscription.canceledBy === 'user') {
    throw badRequest('SUBSCRIPTION_NOT_ACTIVE');
  }
  if (args.flag('is_canceled')) subscription.canceledBy = 'bot';
  else delete subscription.canceledBy;
  return DONE;
};

export const getStarTransactions: Method = (_telegram, bot, args) => {
  const offset = args.integer('offset', 0, 0);
  const limit = args.integer('limit', 100, 1, 100);
  return { result: { transactions: bot.ledger.slice(offset, offset + limit) } };
};

export const getMyStarBalance: Method = (_telegram, bot) => ({ result: { amount: bot.stars } });
