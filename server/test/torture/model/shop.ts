import type { Update } from 'grammy/types';
import type { Log } from '../../../src/log.ts';
import type { Charge } from '../../../src/purchase/charge.ts';
import type { Revision } from '../../../src/purchase/order.ts';
import type { Cursor, Stars } from '../../../src/purchase/ports.ts';
import { createPurchase, type PurchasePorts } from '../../../src/purchase/purchase.ts';
import { createRecent } from '../../../src/purchase/recent.ts';
import { reconcile, settleRows } from '../../../src/purchase/reconcile.ts';
import { createRefunds } from '../../../src/purchase/refunds.ts';
import { useItem } from '../../../src/purchase/usage.ts';
import type { Redis } from '../../../src/redis/client.ts';
import { createCursor } from '../../../src/redis/cursor.ts';
import { createInventories } from '../../../src/redis/inventories.ts';
import { endingKey, owedKey } from '../../../src/redis/keys.ts';
import { createLedger } from '../../../src/redis/ledger.ts';
import { createOrders } from '../../../src/redis/orders.ts';
import { createStock } from '../../../src/redis/stock.ts';
import { deliver } from '../../../src/telegram/deliver.ts';
import { createInvoices } from '../../../src/telegram/invoices.ts';
import { createReceipts } from '../../../src/telegram/receipts.ts';
import { createStars } from '../../../src/telegram/stars.ts';
import type { TelegramModel } from './telegram.ts';

export type Ports = PurchasePorts & { stars: Stars; cursor: Cursor };

export interface ShopParts {
  redis: Redis;
  telegram: TelegramModel;
  botId: number;
  /** All players of the shop are in it. */
  bucket: number;
  /** The workers look through all 1,024 buckets, as they do; otherwise, for the sake of time, into this one only. */
  isWide: boolean;
  revisions: readonly Revision[];
  now: { ms: number; revision: number };
}

/** The real stores, the real edge of Telegram, and a clock that is told the time. */
export function createPorts({ redis, telegram, botId, bucket, isWide, revisions, now }: ShopParts): Ports {
  const near = isWide ? onlyIn(redis, bucket) : redis;
  const [orders, ledger] = [createOrders(near), createLedger(near)];
  const ending = async (nowMs: number) =>
    (await dueIn(redis, endingKey(bucket), nowMs)).map(([player, sku = '', orderId = '']) => ({
      playerId: Number(player),
      sku,
      orderId,
    }));
  const owed = async (nowMs: number) =>
    (await dueIn(redis, owedKey(bucket), nowMs)).map(([player, chargeId = '']) => ({
      payerId: Number(player),
      chargeId,
    }));
  const current = (): Revision => {
    const revision = revisions[now.revision];
    if (!revision) throw new Error(`there is no revision ${now.revision}`);
    return revision;
  };
  return {
    orders: isWide ? orders : { ...orders, ending },
    ledger: isWide ? ledger : { ...ledger, owed },
    inventories: createInventories(redis),
    stock: createStock(redis),
    cursor: createCursor(redis, botId),
    revisions: { current, find: async (id) => revisions.find((revision) => revision.id === id) },
    invoices: createInvoices(telegram.api),
    stars: createStars(telegram.api),
    clock: { nowMs: () => now.ms },
  };
}

/** The members whose moment has come, as the queues of both kinds name them: `player:…:id`. */
async function dueIn(redis: Redis, key: string, nowMs: number): Promise<string[][]> {
  return (await redis.zRangeByScoreWithScores(key, '-inf', nowMs)).map(({ value }) => value.split(':'));
}

const NOTHING = Promise.resolve([]);

/** Where every bucket is looked through, those which are empty for certain are not asked. */
function onlyIn(redis: Redis, bucket: number): Redis {
  const full = new Set([endingKey(bucket), owedKey(bucket)]);
  type Range = (key: string, ...more: unknown[]) => unknown;
  const ask = redis.zRangeByScoreWithScores as unknown as Range;
  const zRangeByScoreWithScores: Range = (key, ...more) => (full.has(key) ? ask(key, ...more) : NOTHING);
  return { ...redis, zRangeByScoreWithScores } as unknown as Redis;
}

/** What one server process does, on ports that may be its last. */
export type Server = ReturnType<typeof createServer>;

const nobody = (): void => {};
const SILENT = { error: nobody, warn: nobody, info: nobody } as unknown as Log;

export interface ServerEvents {
  /** People are told of a charge. */
  tell(what: string, chargeId: string): void;
  count(what: string): void;
}

export function createServer(ports: Ports, events: ServerEvents) {
  const { ledger, stars, clock, inventories, revisions } = ports;
  const purchase = createPurchase(ports);
  const recent = createRecent(clock);
  const onRefunded = ({ id }: Charge): void => events.tell('told refunded', id);
  const receipts = createReceipts({ purchase, recent, onSettled: nobody, onRefunded });
  const refunds = createRefunds(
    { ledger, stars, clock, giveBack: purchase.giveBackRefunded },
    {
      onRefunded,
      onFailed: () => events.count('refund failed'),
      onCancelled: ({ id }) => events.tell('told cancelled', id),
      onOverdue: (charges) => {
        for (const { id } of charges) events.tell('told overdue', id);
      },
    },
  );
  return {
    purchase,
    refunds,
    deliver: (update: Update) => deliver(undefined as never, receipts, update, SILENT),
    walk: () =>
      reconcile({ stars, cursor: ports.cursor, purchase }, (finding) => {
        events.count(`walk finds ${finding.kind}`);
        if (finding.kind === 'refunded' && !finding.isOld) onRefunded(finding.charge);
      }),
    replay: () => settleRows(purchase, recent.rows(), nobody),
    use: (playerId: number, opId: string, itemId: string, n: number) =>
      useItem(inventories, revisions.current(), playerId, { opId, itemId, count: n }),
  };
}
