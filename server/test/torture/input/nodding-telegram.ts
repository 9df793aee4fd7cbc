import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const text = JSON.stringify(answer(request.url?.split('/').at(-1) ?? '', body));
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.keepAliveTimeout = 75_000;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

const jobs = {
  listen: async (): Promise<string> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  calls: () => calls,
};
export type NoddingTelegram = typeof jobs;

answerParent(jobs);
