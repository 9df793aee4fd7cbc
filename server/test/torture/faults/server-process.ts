import { join } from 'node:path';
import { type Child, startChild } from '../../../../tools/child.ts';
import { freePort } from '../../../../tools/port.ts';
import { ROOT } from '../../../../tools/root.ts';
import { eventually } from '../wait.ts';

/** The built server, as production runs it. Another build, such as an older one, is named by SERVER_MAIN. */
const MAIN = process.env.SERVER_MAIN ?? join(ROOT, 'server/dist/main.js');

/** At each it waits five seconds for Redis. */
const MOST_STARTS = 5;

/** The server as a process of its own, that can be killed and started again on the same port. */
export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  /** Undefined while it does not run. */
  pid(): number | undefined;
  /** Starts it and waits until it is ready to sell. */
  start(): Promise<void>;
  /** SIGKILL, this very moment. */
  strike(): void;
  /** Resolves when it has ended. */
  ended(): Promise<void>;
  /** SIGTERM, and waits until it has ended. */
  stop(): Promise<void>;
}

export async function openServerProcess(
  env: Record<string, string>,
  logFile: string,
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: Child | undefined;
  let starts = 0;

  /** One start. @returns why it ended, when it did so before it was ready */
  async function startOnce(): Promise<string | undefined> {
    const started = startChild({
      name: 'the server',
      program: process.execPath,
      args: [MAIN],
      env: { PATH: process.env.PATH, ...env, PORT: String(port) },
      logFile: `${logFile}-start-${++starts}.log`,
    });
    child = started;
    let death: string | undefined;
    void started.ended.then((how) => {
      death = how;
      if (child === started) child = undefined;
    });
    await eventually(
      async () => death !== undefined || (await isReady(url)),
      `the server on ${port} is ready`,
      60_000,
      15,
    );
    return death;
  }

  /** As whoever looks after it does: a server that ends because Redis does not answer is started again. */
  async function start(): Promise<void> {
    const deaths: string[] = [];
    while (deaths.length < MOST_STARTS) {
      const death = await startOnce();
      if (death === undefined) return;
      deaths.push(death);
    }
    throw new Error(deaths.at(-1));
  }

  return {
    port,
    url,
    pid: () => child?.pid,
    start,
    strike() {
      if (child) process.kill(child.pid, 'SIGKILL');
    },
    async ended() {
      await child?.ended;
    },
    async stop() {
      await child?.stop();
    },
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
