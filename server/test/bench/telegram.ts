import { serveApi } from './api.ts';
import { answerParent } from './forked.ts';

/**
 * The least of a Bot API that the server under test is content with, as a process of its own: the sandbox would be
 * most of what is measured.
 */
let approvals = 0;
let refusals = 0;
let links = 0;

const METHODS: Record<string, (body: string) => unknown> = {
  getMe: () => ({ id: 7_000_000_001, is_bot: true, first_name: 'Bench', username: 'bench_bot' }),
  getStarTransactions: () => ({ transactions: [] }),
  createInvoiceLink: () => `https://t.me/$${String(links++).padStart(32, 'A')}`,
  answerPreCheckoutQuery(body) {
    if (JSON.parse(body).ok === true) approvals++;
    else refusals++;
    return true;
  },
};

const jobs = {
  listen: serveApi((method, body) => ({ ok: true, result: METHODS[method]?.(body) ?? true })),
  checkouts: () => ({ approvals, refusals, cpuSeconds: cpuSeconds() }),
};
export type Telegram = typeof jobs;

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

answerParent(jobs);
