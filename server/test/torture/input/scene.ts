import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatPayload } from '@stardrift/shared/payload';
import { loadCatalog } from '../../../src/catalog/catalog.ts';
import { type Forked, forkJobs } from '../../bench/forked.ts';
import { openRedisNode, type RedisNode } from '../faults/redis-node.ts';
import { openServerProcess, type ServerProcess } from '../faults/server-process.ts';
import type { Attacker } from './attacker.ts';
import type { Target } from './corpus.ts';
import { INSPECTABLE } from './memory.ts';
import type { NoddingTelegram } from './nodding-telegram.ts';
import type { Stock } from './specimens.ts';
import { takeStock } from './stocktaking.ts';

const CATALOG = fileURLToPath(new URL('../../fixtures/items.json', import.meta.url));
const TOKEN = '7000000001:torture-only-this-bot-exists-nowhere-else';
const SECRET = 'a-webhook-secret-of-the-torture';
const SKU = 'shield_3';

/** The server under attack, as production runs it, and everybody around it: each a process of its own. */
export interface Scene {
  server: ServerProcess;
  redis: RedisNode;
  target: Target;
  /** What the server says. */
  logFile: string;
  attacker: Forked<Attacker>;
  telegram: Forked<NoddingTelegram>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-input-'));
  const redis = await openRedisNode({ dir: join(dir, 'redis'), appendfsync: 'no' });
  const attacker = forkJobs<Attacker>(new URL('attacker.ts', import.meta.url));
  const telegram = forkJobs<NoddingTelegram>(new URL('nodding-telegram.ts', import.meta.url));
  const [apiRoot, stock] = await Promise.all([
    telegram.ask('listen', undefined),
    stockOf(SKU),
    redis.start(),
  ]);
  const env = {
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: apiRoot,
    WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: 'https://game.example',
    REDIS_URL: redis.url,
    CATALOG,
    ADMIN_IDS: '900',
    ...INSPECTABLE,
  };
  const server = await openServerProcess(env, join(dir, 'server'));
  await server.start();
  return {
    server,
    redis,
    target: { url: server.url, secret: SECRET, token: TOKEN, stock },
    logFile: join(dir, 'server-start-1.log'),
    attacker,
    telegram,
    async close() {
      server.strike();
      await server.ended();
      await Promise.all([attacker.close(), telegram.close(), redis.wipe()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function stockOf(sku: string): Promise<Stock> {
  const { revision } = await loadCatalog(CATALOG);
  const offer = revision.catalog.offers.find((each) => each.sku === sku);
  if (!offer) throw new Error(`${CATALOG} has no ${sku} any more`);
  return { revision: revision.id, sku, stars: offer.priceStars };
}

/** A payment as it should be: it is credited, before all that is bad and after it. */
export async function payHonestly({ target, redis }: Scene, playerId: number): Promise<void> {
  const { stock, url, secret } = target;
  const payload = formatPayload({ ...stock, playerId, orderId: `honest-order-${playerId}`, quantity: 1 });
  const payment = {
    currency: 'XTR',
    total_amount: stock.stars,
    invoice_payload: payload,
    telegram_payment_charge_id: `stxhonest${playerId}`,
    provider_payment_charge_id: '',
  };
  const chat = { id: playerId, type: 'private' };
  const { status } = await fetch(`${url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'X-Telegram-Bot-Api-Secret-Token': secret },
    body: JSON.stringify({
      update_id: 1,
      message: { message_id: 1, date: 1_790_000_000, chat, successful_payment: payment },
    }),
  });
  const { credits } = await takeStock(redis.url);
  if (status !== 200 || !credits.some((charge) => charge.endsWith(`stxhonest${playerId}`)))
    throw new Error(`an honest payment was answered with ${status} and not credited`);
}
