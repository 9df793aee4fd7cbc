import { randomBytes, randomInt } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, RequestBody, RequestName, ServerEvents } from '@stardrift/shared/protocol';
import { freePort } from '@stardrift/tools/port';
import { startTestRedis } from '@stardrift/tools/redis';
import { io, type Socket } from 'socket.io-client';
import { createSandbox, type SandboxOptions } from '../../../sandbox/src/sandbox.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import type { Pauses } from '../../src/workers.ts';

/** A catalogue of its own, so that designers may change theirs. */
const CATALOG = fileURLToPath(new URL('../fixtures/items.json', import.meta.url));
export const SECRET = 'a-webhook-secret-of-the-tests';
/** Quick enough that a test which waits for a turn waits for milliseconds. */
const QUICK: Pauses = {
  registerMs: 50,
  introduceMs: 50,
  refundMs: 50,
  reconcileMs: 100,
  sweepMs: 50,
  watchMs: 50,
};

export type World = Awaited<ReturnType<typeof openWorld>>;
export type TestPlayer = Awaited<ReturnType<World['player']>>;

/** Redis, the sandbox and a server, all real and private to one test file. */
export async function openWorld(
  options: {
    sandbox?: SandboxOptions;
    env?: Record<string, string>;
    pauses?: Partial<Pauses>;
    clientDir?: string;
    /** A catalogue to begin with, instead of the one that tests can rely on. */
    catalog?: string;
  } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-way-'));
  const catalogFile = join(dir, 'items.json');
  copyFileSync(options.catalog ?? CATALOG, catalogFile);
  const redis = await startTestRedis();
  const sandbox = await createSandbox({
    timeScale: 20,
    // Long enough for a busy machine; a query that is meant to time out still does so soon.
    timings: { preCheckoutMs: 3_000, setWebhookEveryMs: 0 },
    ...options.sandbox,
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const servers = new Set<Running>();
  const sockets = new Set<Socket>();

  const env = {
    BOT_TOKEN: sandbox.bot.token,
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    TELEGRAM_WEB_ORIGIN: sandbox.url,
    WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: url,
    PORT: String(port),
    REDIS_URL: redis.url,
    CATALOG: catalogFile,
    ...options.env,
  };

  async function startServer(change: Record<string, string> = {}): Promise<Running> {
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const running = await start(readConfig({ ...env, ...change }), log, {
      pauses: { ...QUICK, ...options.pauses },
      ...(options.clientDir === undefined ? {} : { clientDir: options.clientDir }),
    });
    const server: Running = {
      port: running.port,
      close: async () => {
        if (servers.delete(server)) await running.close();
      },
    };
    servers.add(server);
    await eventually(
      async () => (await fetch(`http://127.0.0.1:${running.port}/readyz`)).ok,
      'the server is ready',
    );
    return server;
  }

  async function control(path: string, body?: unknown) {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${sandbox.url}${path}`, body === undefined ? {} : init);
    return (await response.json()) as Record<string, never>;
  }

  async function player(details: Record<string, unknown> = {}, at = url) {
    const made = await control('/sandbox/players', { stars: 1_000, ...details });
    const { id, initData } = made as unknown as { id: number; initData: string };
    return { id, initData, ...(await connect(initData, at)) };
  }

  async function connect(initData: string, at = url) {
    const socket = io(at, {
      auth: { initData, protocol: 1 },
      transports: ['websocket'],
      reconnectionDelay: 20,
    });
    sockets.add(socket);
    const pushes: Parameters<ServerEvents['inventory:changed']>[0][] = [];
    socket.on('inventory:changed', (push) => pushes.push(push));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    const ask = <E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E>> =>
      socket.timeout(10_000).emitWithAck(name, body);
    async function order(sku: string, quantity?: number) {
      const answer = await ask('order', {
        orderId: newId(),
        sku,
        ...(quantity === undefined ? {} : { quantity }),
      });
      if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
      return answer;
    }
    const items = async () => {
      const answer = await ask('inventory', {});
      if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
      return answer.items;
    };
    return { socket, ask, order, items, pushes };
  }

  async function starsOf(playerId: number): Promise<number | undefined> {
    const { players } = await control('/sandbox/state');
    return (players as unknown as { id: number; stars: number }[]).find(({ id }) => id === playerId)?.stars;
  }

  /** Posts a payment as Telegram would, with the secret. */
  const tell = (playerId: number, payment: Record<string, unknown>) =>
    fetch(`${url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET },
      body: JSON.stringify(paymentUpdate(playerId, payment)),
    });

  const first = await startServer();
  return {
    url,
    dir,
    catalogFile,
    redis,
    sandbox,
    lines,
    first,
    startServer,
    control,
    player,
    connect,
    starsOf,
    tell,
    pay: (userId: number, invoiceUrl: string, outcome?: string) =>
      control('/sandbox/pay', {
        userId,
        url: invoiceUrl,
        ...(outcome === undefined ? {} : { outcome }),
      }) as unknown as Promise<{
        status: string;
        chargeId?: string;
        error?: string;
      }>,
    async close() {
      for (const socket of sockets) socket.disconnect();
      for (const server of servers) await server.close();
      await sandbox.close();
      await redis.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The update of a `successful_payment`, of a charge that nobody has heard of. */
export const paymentUpdate = (playerId: number, payment: Record<string, unknown>) => ({
  update_id: randomInt(1e9),
  message: {
    message_id: 1,
    date: Math.floor(Date.now() / 1_000),
    from: { id: playerId, is_bot: false, first_name: 'Eve' },
    chat: { id: playerId, type: 'private', first_name: 'Eve' },
    successful_payment: {
      currency: 'XTR',
      telegram_payment_charge_id: `stx${newId()}`,
      provider_payment_charge_id: '',
      ...payment,
    },
  },
});

export const newId = (): string => randomBytes(16).toString('base64url');

/** Asks until it holds; what it waits for has no event of its own. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 10_000,
): Promise<void> {
  const untilMs = Date.now() + withinMs;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > untilMs) throw new Error(`within ${withinMs} ms it did not come true that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
