import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const method = request.url?.split('/').at(-1) ?? '';
    const text = JSON.stringify({ ok: true, result: METHODS[method]?.(body) ?? true });
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length }).end(text);
  });
});

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
  checkouts: () => ({ approvals, refusals, cpuSeconds: cpuSeconds() }),
};
export type Telegram = typeof jobs;

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

answerParent(jobs);
