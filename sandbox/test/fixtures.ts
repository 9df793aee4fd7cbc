import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { Bot } from 'grammy';
import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/sandbox.ts';

/** The waits are a hundred times shorter; only those that a slow machine could miss keep their length. */
const QUICK = { preCheckoutMs: 10_000, webhookReadMs: 60_000, setWebhookEveryMs: 0 };

/** How long `expect.poll` may take on a busy machine. */
export const PATIENCE = { timeout: 10_000 };

/** A Telegram of its own for one test. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const timings = { ...QUICK, ...options.timings };
  const sandbox = await createSandbox({ timeScale: 100, ...options, timings });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A real grammY bot. */
export async function startBot(sandbox: Sandbox): Promise<Bot> {
  const bot = new Bot(sandbox.bot.token, { client: { apiRoot: sandbox.apiRoot } });
  await bot.init();
  return bot;
}

export interface Reply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

export interface Delivered {
  update: Update;
  headers: IncomingHttpHeaders;
  atMs: number;
}

/** A webhook that keeps what it gets and answers what `reply` says, 200 by default. */
export interface Receiver {
  url: string;
  delivered: Delivered[];
  reply: (update: Update, nth: number) => Reply | Promise<Reply>;
  /** Resolves with the deliveries so far as soon as there are `count` of that kind. */
  waitFor(count: number, kind?: (update: Update) => boolean): Promise<Delivered[]>;
}

export async function startReceiver(): Promise<Receiver> {
  const waiting = new Set<() => void>();
  const delivered: Delivered[] = [];
  const receiver: Receiver = {
    url: '',
    delivered,
    reply: () => ({ status: 200 }),
    waitFor: (count, kind = () => true) =>
      new Promise((resolve) => {
        const check = () => {
          const found = delivered.filter(({ update }) => kind(update));
          if (found.length < count) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const update: Update = JSON.parse(Buffer.concat(chunks).toString());
    delivered.push({ update, headers: request.headers, atMs: Date.now() });
    const nth = delivered.filter((other) => other.update.update_id === update.update_id).length;
    for (const check of waiting) check();
    const { status, headers = {}, body } = await receiver.reply(update, nth);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  const server = createServer((request, response) => void receive(request, response));
  receiver.url = `${await listen(server)}/hook`;
  return receiver;
}

/** A promise and the means to keep it, which Node 20 does not have yet. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** Listens on a free port until the test is over. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The body of a reply that answers a pre-checkout query through the webhook itself. */
export function agree(update: Update, errorMessage?: string): Reply {
  const id = update.pre_checkout_query?.id;
  if (id === undefined) return { status: 200 };
  const verdict = errorMessage === undefined ? { ok: true } : { ok: false, error_message: errorMessage };
  return { status: 200, body: { method: 'answerPreCheckoutQuery', pre_checkout_query_id: id, ...verdict } };
}

/** A sandbox with a bot whose webhook agrees to everything, one player and an invoice of 25 Stars. */
export async function startShop(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  const bot = await startBot(sandbox);
  const receiver = await startReceiver();
  receiver.reply = (update) => agree(update);
  await bot.api.setWebhook(receiver.url);
  const url = await bot.api.createInvoiceLink('Shield', 'Takes one hit', 'order-1', '', 'XTR', [
    { label: 'Shield', amount: 25 },
  ]);
  const player = sandbox.control.players({ first_name: 'Ada', stars: 100 });
  return { sandbox, bot, receiver, url, player };
}

export const isPayment = (update: Update) => update.message?.successful_payment !== undefined;
export const isRefund = (update: Update) => update.message?.refunded_payment !== undefined;
export const isPreCheckout = (update: Update) => update.pre_checkout_query !== undefined;
