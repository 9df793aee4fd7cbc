import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../../../tools/child.ts';
import { freePort } from '../../../tools/port.ts';
import { ROOT } from '../../../tools/root.ts';
import type { Revision } from '../../src/purchase/order.ts';
import { copyCatalogue } from './catalogue.ts';
import { type Forked, forkJobs } from './forked.ts';
import { SECRET } from './load/updates.ts';
import type { Store } from './store.ts';
import type { Telegram } from './telegram.ts';
import { TOKEN } from './token.ts';

/** The built server. Another build, such as an older one to compare with, is named by SERVER_MAIN. */
const MAIN = process.env.SERVER_MAIN ?? join(ROOT, 'server/dist/main.js');

/** The server as production runs it: built, a process of its own, its log in a file, with a Telegram that only nods. */
export interface Shop {
  readonly url: string;
  readonly pid: number;
  readonly revision: Revision;
  readonly telegram: Forked<Telegram>;
  /** One of its own metrics, by name. */
  metric(name: string): Promise<number>;
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** @param nodeOptions what NODE_OPTIONS says to the server */
export async function openShop(store: Store, nodeOptions = ''): Promise<Shop> {
  const { file: catalogFile, revision } = await copyCatalogue(store.dir);
  const telegram = forkJobs<Telegram>(new URL('telegram.ts', import.meta.url));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    NODE_OPTIONS: nodeOptions,
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: await telegram.ask('listen', undefined),
    WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: 'https://game.example',
    REDIS_URL: store.url,
    CATALOG: catalogFile,
    PORT: String(port),
  };
  const logFile = join(store.dir, 'server.log');
  const child = startChild({ name: 'The server', program: process.execPath, args: [MAIN], env, logFile });
  await Promise.race([untilReady(url), child.ended.then((how) => Promise.reject(new Error(how)))]);

  async function metric(name: string): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1]);
  }
  return {
    url,
    pid: child.pid,
    revision,
    telegram,
    metric,
    cpuSeconds: () => metric('process_cpu_seconds_total'),
    async close() {
      await child.stop();
      await telegram.close();
    },
  };
}

/** The shop is open once Telegram's ledger has been walked to its end. */
async function untilReady(url: string): Promise<void> {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await delay(20);
}
