import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Child, startChild } from '../../../../tools/child.ts';
import { freePort } from '../../../../tools/port.ts';
import { ensureRedis, redisEnvironment } from '../../../../tools/redis/binary.ts';
import { eventually } from '../wait.ts';

/** A redis-server that can be killed and started again on the same port and the same data. */
export interface RedisNode {
  readonly port: number;
  readonly url: string;
  readonly dir: string;
  /** Starts it and waits until its data is loaded. */
  start(): Promise<void>;
  /** SIGKILL, and waits until it has ended. */
  kill(): Promise<void>;
  /** Kills it and forgets its data. */
  wipe(): Promise<void>;
}

export interface RedisNodeOptions {
  dir: string;
  appendfsync: 'always' | 'everysec' | 'no';
  /** A shared object that the server is made to load first. */
  preload?: { library: string; env: Record<string, string> };
}

export async function openRedisNode(options: RedisNodeOptions): Promise<RedisNode> {
  const { dir, appendfsync, preload } = options;
  const { file } = await ensureRedis();
  const port = await freePort();
  let child: Child | undefined;

  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    appendonly: 'yes',
    appendfsync,
    save: '',
    'maxmemory-policy': 'noeviction',
    // A replica is there at once, without waiting for others that might come.
    'repl-diskless-sync-delay': 0,
    'repl-ping-replica-period': 1,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const env = { ...redisEnvironment(file), ...(preload && { LD_PRELOAD: preload.library, ...preload.env }) };

  async function start(): Promise<void> {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const logFile = join(dir, 'redis.log');
    const started = startChild({ name: `Redis on ${port}`, program: file, args, env, logFile });
    child = started;
    let death: string | undefined;
    void started.ended.then((how) => {
      death = how;
    });
    await eventually(
      async () => {
        if (death !== undefined) throw new Error(death);
        return (await ping(port)) === '+PONG\r\n';
      },
      `Redis on ${port} answers`,
      30_000,
      5,
    );
  }

  async function kill(): Promise<void> {
    if (!child) return;
    process.kill(child.pid, 'SIGKILL');
    await child.ended;
    child = undefined;
  }

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    dir,
    start,
    kill,
    async wipe() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What the server on this port answers to PING; undefined while nobody does. */
function ping(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (reply) => {
      resolve(String(reply));
      socket.destroy();
    });
    socket.once('error', () => resolve(undefined)).once('close', () => resolve(undefined));
  });
}
