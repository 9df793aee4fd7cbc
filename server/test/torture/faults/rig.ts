import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, createCluster } from 'redis';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../../sandbox/src/sandbox.ts';
import { formatBreach } from '../../../src/audit/breach.ts';
import { auditStore } from '../../../src/audit/cli.ts';
import { pause } from '../wait.ts';
import { type Account, findings, type Paid, paymentsIn, type Row } from './checker.ts';
import { type Front, openFront } from './front.ts';
import { openProxy, type Wire } from './proxy.ts';
import { openServerProcess, type ServerProcess } from './server-process.ts';
import { openShopper, type Shopper } from './shopper.ts';
import { type Book, readBook } from './store.ts';

const CATALOG = fileURLToPath(new URL('../../fixtures/items.json', import.meta.url));
/** Set it to look at what the servers said. */
const KEEP = Boolean(process.env.TORTURE_KEEP);
const SECRET = 'a-webhook-secret-of-the-tests';
/** Who may say /refund to the bot. */
export const ADMIN_ID = 900;

/** Telegram tries again within milliseconds, and never gives a payment up while the run lasts. */
const TELEGRAM: SandboxOptions = {
  timeScale: 100,
  timings: {
    preCheckoutMs: 3_000,
    webhookReadMs: 12_000,
    messageLifeMs: 86_400_000,
    retryCapMinMs: 300,
    retryCapMaxMs: 600,
    setWebhookEveryMs: 0,
  },
};

/** One server with the wires it hangs on. */
export interface Station {
  server: ServerProcess;
  /** Undefined on a cluster, whose nodes are spoken to directly. */
  toRedis: Wire | undefined;
  toTelegram: Wire;
}

export interface RigOptions {
  /** The port of the Redis to use now, asked at each new connection; or the address of a cluster. */
  redis: (() => number) | string;
  env?: Record<string, string>;
  stations?: number;
  sandbox?: SandboxOptions;
}

/** Telegram, and servers as processes of their own between wires that can be broken. */
export interface Rig {
  readonly dir: string;
  readonly sandbox: Sandbox;
  readonly front: Front;
  readonly stations: readonly [Station, ...Station[]];
  readonly shoppers: Shopper[];
  /** A new player, connected to one of the servers. */
  shopper(station?: number): Shopper;
  /** Whether Telegram has nothing left to tell, and nobody is paying. */
  isQuiet(): boolean;
  /** How many updates Telegram has still to tell. */
  untold(): number;
  paid(): Paid[];
  /** The charges of payments that a server has taken the news of: Telegram will not tell again. */
  acknowledged(): Set<string>;
  /** What lies in the store of every player. */
  book(): Promise<Book>;
  /**
   * Waits until every payment is goods or Stars given back and everything adds up.
   * @returns what is still wrong when the time is up
   */
  settle(withinMs?: number): Promise<string[]>;
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openRig(options: RigOptions): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-torture-'));
  const { timings, ...others } = options.sandbox ?? {};
  const sandbox = await createSandbox({
    ...TELEGRAM,
    ...others,
    timings: { ...TELEGRAM.timings, ...timings },
  });
  sandbox.control.players({ id: ADMIN_ID, first_name: 'Admin' });
  const stations: Station[] = [];
  const isUp = ({ server }: Station): boolean => server.pid() !== undefined;
  const front = await openFront(() => stations.filter(isUp).map(({ server }) => server.port));
  for (let number = 1; number <= (options.stations ?? 1); number++)
    stations.push(await openStation(options, sandbox, front.url, join(dir, `server-${number}`)));
  const shoppers: Shopper[] = [];
  const redisUrl =
    typeof options.redis === 'string' ? options.redis : () => `redis://127.0.0.1:${portOf(options)}`;

  const paid = (): Paid[] => paymentsIn(ledgerOf(sandbox));
  const book = (): Promise<Book> => withRedis(redisUrl, (redis) => readBook(redis, playersOf(sandbox)));

  /** One line for what has not come to its end. */
  function underWay(): string[] {
    const paying = shoppers.reduce((sum, shopper) => sum + shopper.paying(), 0);
    if (paying > 0) return [`${paying} payments are under way`];
    return untold() > 0 ? [`${untold()} updates were not taken yet`] : [];
  }

  function untold(): number {
    const { pendingUpdates, heldUpdates } = stateOf(sandbox);
    return pendingUpdates.length + heldUpdates;
  }

  async function settle(withinMs = 60_000): Promise<string[]> {
    const untilMs = performance.now() + withinMs;
    for (;;) {
      const late = performance.now() > untilMs;
      const busy = underWay();
      const open = busy.length > 0 ? busy : unsettled(sandbox, await book().catch(() => undefined));
      const wrong =
        open.length > 0 && !late
          ? open
          : [...open, ...(await verdict(sandbox, shoppers)), ...(await auditOf(sandbox, redisUrl))];
      if (wrong.length === 0 || late) return wrong;
      await pause(100);
    }
  }

  return {
    dir,
    sandbox,
    front,
    stations: stations as [Station, ...Station[]],
    shoppers,
    shopper(station = 0) {
      const shopper = openShopper(sandbox, (stations[station] as Station).server.url);
      shoppers.push(shopper);
      return shopper;
    },
    isQuiet: () => underWay().length === 0,
    untold,
    paid,
    acknowledged: () => acknowledged(sandbox),
    book,
    settle,
    async say(text) {
      const body = JSON.stringify({ userId: ADMIN_ID, text });
      await fetch(`${sandbox.apiRoot}/host/message`, { method: 'POST', body });
    },
    async close() {
      for (const shopper of shoppers) shopper.close();
      for (const { server, toRedis, toTelegram } of stations) {
        server.strike();
        await server.ended();
        await toRedis?.close();
        await toTelegram.close();
      }
      await front.close();
      await sandbox.close();
      if (KEEP) console.log(`The logs of the servers are in ${dir}`);
      else rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Almost all of what happened is then old enough to be judged, and nothing so old that it should have been walked. */
const AHEAD_MS = 50_000;

/** What `npm run audit` says of the store. */
async function auditOf(sandbox: Sandbox, redisUrl: string | (() => string)): Promise<string[]> {
  const { id: botId, token } = sandbox.bot;
  const telegram = { token, botId, env: 'prod' as const, apiRoot: sandbox.apiRoot, webOrigin: sandbox.url };
  const url = typeof redisUrl === 'string' ? redisUrl : redisUrl();
  const { findings } = await auditStore(
    { telegram, redisUrl: url, redisReplicas: 0, catalogFile: CATALOG },
    { nowMs: () => Date.now() + AHEAD_MS },
  );
  return findings.breaches().map((breach) => `audit: ${formatBreach(breach)}`);
}

const portOf = ({ redis }: RigOptions): number => (typeof redis === 'string' ? 0 : redis());

async function openStation(
  options: RigOptions,
  sandbox: Sandbox,
  publicUrl: string,
  logFile: string,
): Promise<Station> {
  const { redis } = options;
  const toRedis = typeof redis === 'string' ? undefined : await openProxy(redis);
  const toTelegram = await openProxy(() => Number(new URL(sandbox.apiRoot).port));
  const server = await openServerProcess(
    {
      BOT_TOKEN: sandbox.bot.token,
      TELEGRAM_API_ROOT: `http://127.0.0.1:${toTelegram.port}`,
      WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: publicUrl,
      REDIS_URL: toRedis ? `redis://127.0.0.1:${toRedis.port}` : String(redis),
      CATALOG,
      ADMIN_IDS: String(ADMIN_ID),
      ...options.env,
    },
    logFile,
  );
  return { server, toRedis, toTelegram };
}

const ledgerOf = (sandbox: Sandbox): Row[] => sandbox.control.ledger().transactions as Row[];

interface TelegramState {
  bot: { stars: number };
  players: { id: number; stars: number }[];
  pendingUpdates: { message?: { successful_payment?: { telegram_payment_charge_id: string } } }[];
  heldUpdates: number;
}
const stateOf = (sandbox: Sandbox): TelegramState => sandbox.control.state() as TelegramState;

const playersOf = (sandbox: Sandbox): number[] =>
  stateOf(sandbox)
    .players.map(({ id }) => id)
    .filter((id) => id !== ADMIN_ID);

function acknowledged(sandbox: Sandbox): Set<string> {
  const { pendingUpdates } = stateOf(sandbox);
  const pending = new Set(
    pendingUpdates.map(({ message }) => message?.successful_payment?.telegram_payment_charge_id),
  );
  const charges = paymentsIn(ledgerOf(sandbox)).map(({ chargeId }) => chargeId);
  return new Set(charges.filter((id) => !pending.has(id)));
}

/** Payments that have come to neither end: one line in all, so that not every player is asked while there are any. */
function unsettled(sandbox: Sandbox, book: Book | undefined): string[] {
  if (!book) return ['Redis does not answer'];
  const open = paymentsIn(ledgerOf(sandbox)).filter(
    ({ chargeId, refunded }) => !refunded && book.charges.get(chargeId) !== 'credit',
  );
  const [first] = open;
  if (!first) return [];
  const became = book.charges.get(first.chargeId) ?? 'nothing';
  return [
    `${open.length} payments are neither goods nor given back, such as ${first.chargeId} of player ${first.playerId}, which became ${became}`,
  ];
}

/** Asks every player by the socket, as the game does. */
async function verdict(sandbox: Sandbox, shoppers: readonly Shopper[]): Promise<string[]> {
  const state = stateOf(sandbox);
  const stars = new Map(state.players.map((player) => [player.id, player.stars]));
  const accounts: Account[] = [];
  const unheard: string[] = [];
  const devices = new Map<number, Shopper[]>();
  for (const shopper of shoppers) devices.set(shopper.id, [...(devices.get(shopper.id) ?? []), shopper]);
  await Promise.all(
    [...devices].map(async ([id, [shopper, ...others]]) => {
      const [sight, history] = await Promise.all([shopper?.sight(), shopper?.history()]);
      if (!shopper || !sight || !history) return void unheard.push(`player ${id} gets no answer`);
      const uses = [shopper, ...others].flatMap((device) => device.uses);
      const { starsAtFirst } = shopper;
      accounts.push({ id, starsAtFirst, stars: stars.get(id) ?? 0, items: sight.items, uses, history });
    }),
  );
  return [...unheard, ...findings({ ledger: ledgerOf(sandbox), botStars: state.bot.stars, accounts })];
}

async function withRedis<T>(
  url: string | (() => string),
  work: (redis: Parameters<typeof readBook>[0]) => Promise<T>,
): Promise<T> {
  const socket = { reconnectStrategy: false } as const;
  const redis =
    typeof url === 'string'
      ? createCluster({ rootNodes: url.split(',').map((node) => ({ url: node })), defaults: { socket } })
      : createClient({ url: url(), socket });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await work(redis as unknown as Parameters<typeof readBook>[0]);
  } finally {
    redis.destroy();
  }
}
