import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import { Failure } from '../failure.mjs';
import { freePort } from '../port.ts';
import { redisEnvironment } from './binary.ts';

const READY_WITHIN_MS = 10_000;
// A server that loads its data answers `-LOADING`: alive, only busy, and a large file takes its time.
const LOADED_WITHIN_MS = 120_000;
const ATTEMPTS = 5;

export interface RedisOptions {
  /** The redis-server to run. */
  file: string;
  /** Its data folder, made when missing. Only one server may use it at a time: the caller sees to that. */
  dir: string;
  appendfsync: 'always' | 'everysec' | 'no';
  /** A node of a cluster, which its maker joins to others. The port 10,000 above must be free too. */
  clustered?: boolean;
  /** A configuration file to begin with; what stands here comes before what it says. */
  configFile?: string;
  /** Settings that come before all others, by their names in a configuration file. */
  settings?: Readonly<Record<string, string>>;
  /** Gives it a process group of its own, out of reach of the terminal's Ctrl-C. */
  ownGroup?: boolean;
  /** Told of the process as soon as there is one, with a word of its command line to know it by. */
  onSpawn?: (child: Child, mark: string) => void;
}

/** A running private Redis. */
export interface RedisServer {
  /** For node-redis, such as `redis://127.0.0.1:41234`. */
  readonly url: string;
  readonly child: Child;
  /** Stops it and waits until its data is written and it has ended. */
  close(): Promise<void>;
}

/**
 * Starts a real Redis on a loopback port of its own, append-only file on, and waits until it answers.
 * @throws Failure with its exit code and the end of its log when it does not
 */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  // Between asking for a free port and Redis listening on it another program may take it: then ask again.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = launch(options, port);
    options.onSpawn?.(child, String(port));
    const trouble = await readiness(child, port);
    if (trouble === undefined) {
      return { url: `redis://127.0.0.1:${port}`, child, close: () => child.stop() };
    }
    await child.stop();
    const portLost = trouble.includes('Address already in use');
    if (!portLost || attempt === ATTEMPTS)
      throw new Failure(`Redis (${options.file}) did not start: ${trouble}`);
  }
}

function launch(options: RedisOptions, port: number): Child {
  const { file, dir, appendfsync, configFile, clustered = false, ownGroup = false } = options;
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    appendonly: 'yes',
    appendfsync,
    save: '',
    daemonize: 'no',
    'maxmemory-policy': 'noeviction',
    ...(clustered && { 'cluster-enabled': 'yes', 'cluster-node-timeout': 1_000 }),
    ...options.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  if (configFile !== undefined) args.unshift(configFile);
  const logFile = join(dir, 'redis.log');
  return startChild({ name: 'Redis', program: file, args, env: redisEnvironment(file), logFile, ownGroup });
}

/** Waits until the server takes commands. @returns what is wrong, or undefined when it is ready */
async function readiness(child: Child, port: number): Promise<string | undefined> {
  let death: string | undefined;
  void child.ended.then((how) => {
    death = how;
  });
  const startedMs = performance.now();
  let patienceMs = READY_WITHIN_MS;
  while (performance.now() - startedMs < patienceMs) {
    const reply = await ping(port);
    if (death !== undefined) return death;
    // One that wants a password first is ready to be given it.
    if (/^(\+PONG|-NOAUTH)/.test(reply ?? '')) return undefined;
    if (reply?.startsWith('-LOADING')) patienceMs = LOADED_WITHIN_MS;
    await delay(5);
  }
  return `it did not answer within ${patienceMs / 1000} s`;
}

/** What the server on this port answers to PING; undefined when nothing takes the connection or it stays silent. */
function ping(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (reply) => {
      resolve(String(reply));
      socket.destroy();
    });
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}
