import { serveApi } from '../../bench/api.ts';
import { answerParent } from '../../bench/forked.ts';
import { count } from '../stage.ts';

/**
 * A Bot API that counts what it is asked and answers as Telegram does what was never asked before: it knows no query
 * and no chat of a wrong form, and gives back the Stars of whatever looks like a charge, for a queue that only grows
 * would be a test of itself.
 */
const calls: Record<string, number> = {};

interface Call {
  pre_checkout_query_id?: unknown;
  telegram_payment_charge_id?: unknown;
  chat_id?: unknown;
}

const METHODS: Record<string, (call: Call) => unknown> = {
  getMe: () => ({ id: 7_000_000_001, is_bot: true, first_name: 'Bot', username: 'torture_bot' }),
  getStarTransactions: () => ({ transactions: [] }),
  createInvoiceLink: () => `https://t.me/$${String(calls.createInvoiceLink).padStart(32, 'A')}`,
  answerPreCheckoutQuery: ({ pre_checkout_query_id: id }) =>
    /^9\w{1,40}$/.test(String(id)) ||
    refuse('query is too old and response timeout expired or query ID is invalid'),
  refundStarPayment: ({ telegram_payment_charge_id: id }) =>
    /^stx\w{1,40}$/.test(String(id)) || refuse('CHARGE_NOT_FOUND'),
  sendMessage: ({ chat_id: id }) =>
    Number.isSafeInteger(id) && Number(id) > 0
      ? { message_id: 1, date: 1, chat: { id, type: 'private' } }
      : refuse('chat not found'),
};

class Refused extends Error {}
function refuse(why: string): never {
  throw new Refused(`Bad Request: ${why}`);
}

function answer(method: string, body: string): object {
  count(calls, method);
  try {
    return { ok: true, result: METHODS[method]?.(JSON.parse(body || '{}') as Call) ?? true };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    count(calls, `${method} refused`);
    return { ok: false, error_code: 400, description: error.message };
  }
}

const jobs = {
  listen: serveApi(answer),
  calls: () => calls,
};
export type NoddingTelegram = typeof jobs;

answerParent(jobs);
