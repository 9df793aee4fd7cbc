import { createClient, createCluster } from 'redis';
import { scripts } from './scripts.ts';

/** At most a second between attempts, for as long as it takes: the default strategy gives up for good. */
const reconnectStrategy = (attempt: number): number => Math.min(50 * 2 ** attempt, 1_000);

/**
 * node-redis' own limit for a command that could not be sent yet makes an AbortSignal for each, a tenth of all that a
 * payment costs. The silence of the connection is noticed sooner, and ends what waits for it.
 */
const NO_TIMER = { commandOptions: { timeout: 0 } };

/**
 * Money fails fast and never works late: a command that can't be sent now is refused now, and a silent connection is
 * cut after three seconds. The pings keep an idle one from looking silent.
 */
const MONEY = {
  ...NO_TIMER,
  disableOfflineQueue: true,
  commandsQueueMaxLength: 10_000,
  pingInterval: 1_000,
  socket: { connectTimeout: 2_000, socketTimeout: 3_000, reconnectStrategy },
};
/** Push waits and resumes. */
const PUSH = {
  ...NO_TIMER,
  pingInterval: 1_000,
  socket: { connectTimeout: 2_000, socketTimeout: 3_000, reconnectStrategy },
};

function single(url: string, role: 'money' | 'push') {
  return createClient({ url, scripts, ...(role === 'money' ? MONEY : PUSH) });
}

/** One Redis or a cluster: what the stores use of either is the same. */
export type Redis = ReturnType<typeof single>;

/**
 * Connects, or throws within five seconds. From then on it reconnects by itself.
 * @param url one Redis, or several comma-separated nodes of a cluster
 * @param onReconnect told when a connection is there again: what was written last may be gone
 */
export async function connectRedis(
  url: string,
  role: 'money' | 'push',
  onError: (error: Error) => void,
  onReconnect: () => void = () => {},
): Promise<Redis> {
  let connected = false;
  let reason = 'no answer';
  let client: Redis | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${reason} for 5 s`)), 5_000);
  });
  try {
    const urls = url.split(',');
    client = urls.length > 1 ? cluster(urls, role) : single(url, role);
    client.on('error', (error: Error) => {
      // Until it is connected, the one line thrown below tells it all.
      if (connected) onError(error);
      else reason = error.message;
    });
    // A cluster speaks of its nodes, a single Redis of itself.
    for (const event of ['ready', 'node-ready']) client.on(event, () => connected && onReconnect());
    await Promise.race([client.connect(), late]);
    connected = true;
    return client;
  } catch (error) {
    client?.destroy();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Redis at ${withoutPassword(url)} can't be used: ${why}. Start it, or set REDIS_URL.`);
  } finally {
    clearTimeout(timer);
  }
}

function cluster(urls: string[], role: 'money' | 'push'): Redis {
  const { socket, ...rest } = role === 'money' ? MONEY : PUSH;
  const client = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    defaults: { ...rest, socket },
    topologyRefreshOnReconnectionAttemptStrategy: 100,
    scripts,
  });
  return client as unknown as Redis;
}

function withoutPassword(url: string): string {
  return url.replaceAll(/\/\/[^@/,]*@/g, '//');
}
