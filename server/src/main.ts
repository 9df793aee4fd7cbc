import { fileURLToPath } from 'node:url';
import type { Update } from 'grammy/types';
import { type Bookkeeping, createBookkeeping } from './bookkeeping.ts';
import { createFileArchive } from './catalog/archive.ts';
import { loadCatalog, openCatalog, WrongCatalog } from './catalog/catalog.ts';
import { formatProblem } from './catalog/read.ts';
import { adviceOn, type Config, readConfig } from './config.ts';
import { createAddressOf } from './http/address.ts';
import { createApp } from './http/app.ts';
import { closeListener, createListener, listen } from './http/listener.ts';
import { createLog, type Log, redact, tellCrashes } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Cursor } from './purchase/ports.ts';
import { createPurchase } from './purchase/purchase.ts';
import { createRecent } from './purchase/recent.ts';
import { createApprovals } from './redis/approvals.ts';
import { createArchive } from './redis/archive.ts';
import { connectRedis } from './redis/client.ts';
import { createCursor } from './redis/cursor.ts';
import { risksOf } from './redis/durability.ts';
import { createInventories } from './redis/inventories.ts';
import { createLedger } from './redis/ledger.ts';
import { createOrders } from './redis/orders.ts';
import { followOutbox } from './redis/outbox.ts';
import { createReplicated, type Replicated, unreplicated } from './redis/replicas.ts';
import { createScores } from './redis/scores.ts';
import { createStock } from './redis/stock.ts';
import type { Repeated } from './repeat.ts';
import { createInvitations } from './runs/invitation.ts';
import { createReferee } from './runs/referee.ts';
import { createRuns } from './runs/runs.ts';
import { createTickets } from './runs/ticket.ts';
import { createSeal } from './seal.ts';
import { openGateway } from './sockets/gateway.ts';
import { createPush } from './sockets/push.ts';
import { createRequests } from './sockets/requests.ts';
import { addHandlers, connectBot } from './telegram/bot.ts';
import { deliver } from './telegram/deliver.ts';
import { verifyInitData } from './telegram/init-data.ts';
import { createInvoices } from './telegram/invoices.ts';
import { createNews } from './telegram/news.ts';
import { createReceipts } from './telegram/receipts.ts';
import { createSessions } from './telegram/session.ts';
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

/** What was opened, each with what lets go of it; let go of in reverse. */
type Opened = (() => Promise<unknown>)[];

/** The composition root: the only place that sees more than one edge. A start that fails leaves nothing open. */
export async function start(
  config: Config,
  log: Log,
  { pauses = PAUSES, clientDir = CLIENT_DIR }: { pauses?: Pauses; clientDir?: string } = {},
): Promise<Running> {
  const opened: Opened = [];
  const close = async (): Promise<void> => {
    for (const letGo of opened.splice(0).reverse()) await letGo();
  };
  try {
    const store = await openStore(config, log, opened);
    const telegram = openTelegram(config, log, store);
    const { port, resync } = await openDoors(config, log, clientDir, store, telegram, opened);
    const workers = startWorkers(config, { ...store, ...telegram, log, resync }, pauses);
    telegram.workers = workers;
    store.onReconnect = () => workers.suspectLoss();
    opened.push(() => workers.stop());
    log.info({ url: config.publicUrl, port, revision: store.revisions.current().id }, 'the server listens');
    return { port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Store = Awaited<ReturnType<typeof openStore>>;

async function openStore(config: Config, log: Log, opened: Opened) {
  // Before anything is connected to: a wrong file is the designer's to mend, whatever else is wrong.
  const loaded = await loadCatalog(config.catalogFile);
  const failed = (err: Error) => log.error({ err }, 'Redis');
  const store = { onReconnect: () => {} };
  const money = await connectRedis(config.redisUrl, 'money', failed, () => store.onReconnect());
  opened.push(() => money.close());
  const wire = await connectRedis(config.redisUrl, 'push', failed);
  opened.push(() => wire.close());

  // Boards ask much at once, and nothing hangs on them: they must not stand in one queue with the money.
  const boards = await connectRedis(config.redisUrl, 'money', failed);
  opened.push(() => boards.close());

  for (const risk of await risksOf(money)) log.warn({ risk }, 'Redis may lose money');
  const files = createFileArchive(config.catalogFile, (err) => {
    log.warn({ err }, 'the catalogue in force could not be kept as a file; the store alone has it');
  });
  const clock = { nowMs: () => Date.now() };
  return Object.assign(store, {
    wire,
    orders: createOrders(money),
    ledger: createLedger(money, await openReplicated(config, failed, opened)),
    stock: createStock(money),
    approvals: createApprovals(money),
    inventories: createInventories(money),
    scores: createScores(boards),
    cursor: createCursor(money, config.telegram.botId),
    revisions: await openCatalog(loaded, [createArchive(money), files]),
    metrics: createMetrics(),
    recent: createRecent(clock),
    clock,
  });
}

/** A connection of its own, so that a slow replica holds up payments and nothing else. */
async function openReplicated(
  { redisUrl, redisReplicas }: Config,
  failed: (err: Error) => void,
  opened: Opened,
): Promise<Replicated> {
  if (redisReplicas === 0) return unreplicated;
  const waiting = await connectRedis(redisUrl, 'money', failed);
  opened.push(() => waiting.close());
  return createReplicated(waiting, redisReplicas);
}

type Telegram = ReturnType<typeof openTelegram>;

function openTelegram(config: Config, log: Log, store: Store) {
  const { metrics, recent } = store;
  const bot = connectBot(config);
  const purchase = createPurchase({ ...store, invoices: createInvoices(bot.api) });
  const news = createNews(bot, config, { ...store, log });
  const refundSoon = () => telegram.workers?.refund();
  const books: Bookkeeping = createBookkeeping(metrics, log, news, refundSoon);
  const receipts = createReceipts({
    purchase,
    recent,
    onSettled: (settled) => books.settled(settled, 'update'),
    onRefunded: (charge) => books.refunded(charge, 'update'),
  });
  const telegram = {
    bot,
    purchase,
    books,
    stars: createStars(bot.api),
    handle: (update: Update) => deliver(bot, receipts, update, log),
    workers: undefined as Workers | undefined,
  };
  const onCheckout = (answer: string) => metrics.checkouts.inc({ answer });
  const walk = () => telegram.workers?.walk();
  addHandlers(bot, config, { ...store, purchase, log, onCheckout, walk, refundSoon });
  return telegram;
}

async function openDoors(
  config: Config,
  log: Log,
  clientDir: string,
  store: Store,
  telegram: Telegram,
  opened: Opened,
): Promise<{ port: number; resync(): Promise<void> }> {
  const { metrics, clock, cursor, revisions, wire } = store;
  const { bot, purchase, handle } = telegram;
  const onUpdate = (status: number, seconds: number) =>
    metrics.updates.observe({ status: String(status) }, seconds);
  const { updates } = config;
  const webhook = updates.kind === 'webhook' ? createWebhook(updates.secret, handle, onUpdate) : undefined;
  const addressOf = createAddressOf(config);
  const app = createApp(config, {
    clientDir,
    addressOf,
    botLink: () => (bot.isInited() ? `https://t.me/${bot.botInfo.username}` : 'https://t.me/'),
    registry: metrics.registry,
    log,
    checks: () => checkParts(cursor, telegram),
  });
  const http = createListener(app, webhook, (err) => log.error({ err }, 'an update could not be answered'));
  const sessions = createSessions(config.telegram.token);
  const io = openGateway(http, {
    publicUrl: config.publicUrl,
    addressOf,
    authenticate: (shown) =>
      'session' in shown
        ? sessions.read(shown.session, clock.nowMs())
        : verifyInitData(shown.initData, config.telegram.token, clock.nowMs()),
    issue: (known) => sessions.issue(known, clock.nowMs()),
    nowMs: clock.nowMs,
    answer: createRequests({
      ...{ ...store, purchase, runs: openRuns(config, log, store) },
      onOrder: (answer) => metrics.orders.inc({ answer }),
    }),
    onCount: (connected) => metrics.sockets.set(connected),
    log,
  });
  opened.push(() => closeListener(http, () => io.close()));

  // Read by the connection that waits: after an outage it is back before the money's may be.
  const push = createPush(io, createInventories(wire), revisions);
  const pushFailed = (err: unknown) => log.error({ err }, 'a push was lost; the player reads the state anew');
  const outbox = await followOutbox(
    wire,
    ({ playerId, cause }) => void push.inventory(playerId, cause).catch(pushFailed),
    () => void push.resync().catch(pushFailed),
    (err) => log.error({ err }, 'Redis'),
    push.isHere,
  );
  opened.push(() => outbox.close());
  const watch = watchCatalog(config, log, store, (revision) => push.catalog(revision));
  opened.push(() => watch.stop());
  const port = await listen(http, config.port, config.host);
  return { port, resync: push.resync };
}

function openRuns({ telegram: { token } }: Config, log: Log, store: Store) {
  return createRuns({
    ...store,
    tickets: createTickets(createSeal(token, 'stardrift run')),
    invitations: createInvitations(createSeal(token, 'stardrift invitation')),
    referee: createReferee(() => new Promise((resolve) => setImmediate(resolve))),
    onJudged({ id: playerId }, result) {
      store.metrics.runs.inc({ result });
      if (result !== 'counted') log.info({ playerId, result }, 'a run is not counted');
    },
  });
}

/** What must work, and what is wrong with it. */
async function checkParts(cursor: Cursor, { workers }: Telegram) {
  const store = await cursor.read().then(
    (walked) => ({ isThere: true, walked }),
    () => ({ isThere: false, walked: undefined }),
  );
  const ledger = store.isThere && store.walked === undefined;
  return {
    redis: store.isThere ? undefined : 'does not answer',
    telegram: !workers?.isReached()
      ? 'not reached yet'
      : ledger
        ? 'its ledger is being walked; the shop opens when that is done'
        : undefined,
    // Right by construction: a server without a catalogue does not start, and a wrong save leaves the old in force.
    catalog: undefined,
  };
}

function watchCatalog(
  { catalogFile }: Config,
  log: Log,
  { revisions, metrics }: Store,
  tell: (revision: string) => void,
): Repeated {
  return revisions.watch({
    onPublished({ id }) {
      log.info({ revision: id }, 'a new catalogue is in force');
      metrics.catalogProblems.set(0);
      tell(id);
    },
    onRefused(problems) {
      const lines = problems.map((problem) => formatProblem(catalogFile, problem));
      log.error({ problems: lines }, 'the saved catalogue is wrong; the one before stays in force');
      metrics.catalogProblems.set(problems.length);
    },
    onFailed: (err) => log.error({ err, file: catalogFile }, 'the catalogue can not be looked at'),
  });
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  tellCrashes(log);
  for (const advice of adviceOn(config)) log.warn(advice);
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
    console.error(redact(explain(error)));
    process.exit(1);
  });
}
