import { fileURLToPath } from 'node:url';
import { createFileArchive } from './catalog/archive.ts';
import { loadCatalog, openCatalog } from './catalog/catalog.ts';
import { readStoreConfig, type StoreConfig } from './config.ts';
import { createPurchase } from './purchase/purchase.ts';
import { type Finding, reconcile } from './purchase/reconcile.ts';
import { createArchive } from './redis/archive.ts';
import { connectRedis, type Redis } from './redis/client.ts';
import { createCursor } from './redis/cursor.ts';
import { createInventories } from './redis/inventories.ts';
import { createLedger } from './redis/ledger.ts';
import { createOrders } from './redis/orders.ts';
import { createStock } from './redis/stock.ts';
import { connectBot } from './telegram/bot.ts';
import { createInvoices } from './telegram/invoices.ts';
import { createStars } from './telegram/stars.ts';

/** Rows between two lines that say how far it is. */
const SAY_EVERY = 10_000;

/** What became of Telegram's rows: how many were credited, held or refunded anew, and how many were known. */
export interface Rebuilt {
  rows: number;
  credited: number;
  held: number;
  refunded: number;
}

/**
 * Walks Telegram's ledger from its first row and settles all of it once more: an emptied store is filled, a whole one
 * stays as it is. The shop is closed meanwhile, on every server, and opens by itself at the end.
 */
export async function rebuild(
  config: StoreConfig,
  redis: Redis,
  onClosed: () => void,
  say: (line: string) => void,
): Promise<Rebuilt> {
  const { api } = connectBot(config);
  const cursor = createCursor(redis, config.telegram.botId);
  const files = createFileArchive(config.catalogFile, () => {});
  const revisions = await openCatalog(await loadCatalog(config.catalogFile), [createArchive(redis), files]);
  const purchase = createPurchase({
    orders: createOrders(redis),
    ledger: createLedger(redis),
    stock: createStock(redis),
    inventories: createInventories(redis),
    revisions,
    invoices: createInvoices(api),
    cursor,
    clock: { nowMs: () => Date.now() },
  });

  const rebuilt: Rebuilt = { rows: 0, credited: 0, held: 0, refunded: 0 };
  const count = ({ kind }: Finding): void => {
    if (kind !== 'exists') rebuilt[kind] += 1;
  };
  let saidAt = 0;
  await cursor.clear();
  onClosed();
  const walk = await reconcile({ stars: createStars(api), cursor, purchase }, count, (rows) => {
    if (rows - saidAt < SAY_EVERY) return;
    saidAt = rows;
    say(`${rows} rows walked`);
  });
  if (!walk.isKept && (await cursor.read()) === undefined)
    throw new Error('The store was emptied while it was filled.');
  return { ...rebuilt, rows: walk.rows };
}

async function main(): Promise<void> {
  const config = readStoreConfig(process.env);
  const redis = await connectRedis(config.redisUrl, 'money', (error) => console.error(error.message));
  let isClosed = false;
  const onClosed = (): void => {
    isClosed = true;
    console.log("The shop is closed while Telegram's ledger is walked from its first row …");
  };
  try {
    const { rows, credited, held, refunded } = await rebuild(config, redis, onClosed, console.log);
    console.log(
      `${rows} rows. Known again: purchases ${credited}, refunds ${refunded}; payments that go back: ${held}. The shop is open.`,
    );
    console.log(
      "What players used up is not in Telegram's ledger: purchases that came back are whole again.",
    );
  } catch (error) {
    fail(error);
    if (isClosed)
      console.error(
        'The shop stays closed until the ledger is walked. Mend what it says and run this again.',
      );
  } finally {
    redis.destroy();
  }
}

function fail(error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  console.error(`${error instanceof Error ? error.message : String(error)}${cause}`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main().catch(fail);
