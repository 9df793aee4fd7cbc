import { fileURLToPath } from 'node:url';
import type { Update } from 'grammy/types';
import { openCatalog, WrongCatalog } from './catalog/catalog.ts';
import { formatProblem } from './catalog/read.ts';
import { type Config, readConfig } from './config.ts';
import { createApp } from './http/app.ts';
import { closeListener, createListener, listen } from './http/listener.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPurchase, type Settled } from './purchase/purchase.ts';
import { connectRedis } from './redis/client.ts';
import { createCursor } from './redis/cursor.ts';
import { createInventories } from './redis/inventories.ts';
import { createLedger } from './redis/ledger.ts';
import { createOrders } from './redis/orders.ts';
import { followOutbox } from './redis/outbox.ts';
import { createArchive } from './redis/revisions.ts';
import { openGateway } from './sockets/gateway.ts';
import { createPush } from './sockets/push.ts';
import { createRequests } from './sockets/requests.ts';
import { addHandlers, connectBot } from './telegram/bot.ts';
import { deliver } from './telegram/deliver.ts';
import { verifyInitData } from './telegram/init-data.ts';
import { createInvoices } from './telegram/invoices.ts';
import { createStars } from './telegram/stars.ts';
import { createWebhook } from './telegram/webhook.ts';
import { PAUSES, type Pauses, startWorkers, type Workers } from './workers.ts';

const STOP_WITHIN_MS = 10_000;
const CLIENT_DIR = fileURLToPath(new URL('../../client/dist', import.meta.url));

export interface Running {
  port: number;
  /** Ends what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** The composition root: the only place that sees more than one edge. */
export async function start(
  config: Config,
  log: Log,
  { pauses = PAUSES, clientDir = CLIENT_DIR }: { pauses?: Pauses; clientDir?: string } = {},
): Promise<Running> {
  const metrics = createMetrics();
  let workers: Workers | undefined;
  const clock = { nowMs: () => Date.now() };
  const redisFailed = (err: Error) => log.error({ err }, 'Redis');
  const money = await connectRedis(config.redisUrl, 'money', redisFailed);
  const wire = await connectRedis(config.redisUrl, 'push', redisFailed);

  const [orders, ledger, inventories] = [createOrders(money), createLedger(money), createInventories(money)];
  const cursor = createCursor(money, config.telegram.botId);
  const revisions = await openCatalog(config.catalogFile, createArchive(money));
  const bot = connectBot(config);
  const stars = createStars(bot.api);
  const purchase = createPurchase({
    orders,
    ledger,
    inventories,
    revisions,
    clock,
    invoices: createInvoices(bot.api),
  });

  function settled(result: Settled): void {
    const { id: chargeId, payerId: playerId, sku, amountStars } = result.charge;
    const became = result.kind === 'held' ? result.charge.result : result.kind;
    metrics.settled.inc({ result: became, source: 'update' });
    log.info({ chargeId, playerId, sku, amountStars, became }, 'a payment is settled');
    if (result.kind === 'held') workers?.refund();
  }
  addHandlers(bot, config, {
    purchase,
    ledger,
    log,
    onCheckout: (answer) => metrics.checkouts.inc({ answer }),
    onSettled: settled,
  });

  const handle = (update: Update) => deliver(bot, update, log);
  const webhook =
    config.updates.kind === 'webhook'
      ? createWebhook(config.updates.secret, handle, (status, seconds) =>
          metrics.updates.observe({ status: String(status) }, seconds),
        )
      : undefined;
  const app = createApp(config, {
    clientDir,
    botLink: () => (bot.isInited() ? `https://t.me/${bot.botInfo.username}` : 'https://t.me/'),
    registry: metrics.registry,
    log,
    checks: async () => ({
      redis: await cursor.read().then(
        () => undefined,
        () => 'does not answer',
      ),
      telegram: workers?.isReached() ? undefined : 'not reached yet',
      catalog: undefined,
    }),
  });
  const http = createListener(app, webhook, (err) => log.error({ err }, 'an update could not be answered'));
  const io = openGateway(http, {
    authenticate: (initData) => verifyInitData(initData, config.telegram.token, clock.nowMs()),
    answer: createRequests({
      purchase,
      orders,
      ledger,
      inventories,
      revisions,
      clock,
      onOrder: (answer) => metrics.orders.inc({ answer }),
    }),
    onCount: (connected) => metrics.sockets.set(connected),
    log,
  });
  // Read by the connection that waits: after an outage it is back before the money's may be.
  const push = createPush(io, createInventories(wire), revisions);
  const pushFailed = (err: unknown) => log.error({ err }, 'a push was lost; the player reads the state anew');
  const outbox = await followOutbox(
    wire,
    ({ playerId, cause }) => void push.inventory(playerId, cause).catch(pushFailed),
    () => void push.resync().catch(pushFailed),
    redisFailed,
  );

  const watch = revisions.watch({
    onPublished(revision) {
      log.info({ revision: revision.id }, 'a new catalogue is in force');
      metrics.catalogProblems.set(0);
      push.catalog(revision.id);
    },
    onRefused(problems) {
      const lines = problems.map((problem) => formatProblem(config.catalogFile, problem));
      log.error({ problems: lines }, 'the saved catalogue is wrong; the one before stays in force');
      metrics.catalogProblems.set(problems.length);
    },
    onFailed: (err) => log.error({ err, file: config.catalogFile }, 'the catalogue can not be looked at'),
  });
  const port = await listen(http, config.port, config.host);
  workers = startWorkers(
    config,
    { bot, stars, ledger, cursor, purchase, clock, metrics, log, handle },
    pauses,
  );
  log.info({ url: config.publicUrl, port, revision: revisions.current().id }, 'the server listens');

  return {
    port,
    async close() {
      await closeListener(http, () => io.close());
      await workers?.stop();
      await Promise.all([watch.stop(), outbox.close()]);
      await Promise.all([money.close(), wire.close()]);
    },
  };
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const running = await start(config, log);

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('some work did not end in time');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    await running.close();
    log.info('stopped');
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(signal));
}

/** A line that names what is wrong and what to do; for the catalogue, one more for each place. */
function explain(error: unknown): string {
  if (error instanceof WrongCatalog) {
    const lines = error.problems.map((problem) => formatProblem(error.file, problem));
    return [error.message, ...lines].join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  });
}
