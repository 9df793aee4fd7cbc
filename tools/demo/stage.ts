import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import { Failure } from '../failure.mjs';
import { ensureRedis } from '../redis/binary.ts';
import { startRedis } from '../redis/server.ts';
import { CACHE } from '../root.ts';
import { DEMO_SETTINGS } from '../server-program.mjs';
import { step } from '../step.ts';
import { showErrors } from './errors.ts';
import { type Lock, takeLock } from './lock.ts';

/** Data and logs of the demo. They survive a restart; deleting the folder begins anew. */
export const DEMO_DATA = join(CACHE, 'demo');

const READY_WITHIN_MS = 60_000;

export interface Program {
  /** What a person calls it. */
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** A word of its command line that no other program has. */
  mark: string;
  /** Answers 200 once it is ready. */
  readyUrl: string;
  /** The file its output goes to; without it the output goes to this terminal. */
  logFile?: string;
}

/** What runs together and is stopped together, last started first. */
export class Stage {
  readonly #lock: Lock;
  readonly #children: Child[] = [];
  readonly #ready: Child[] = [];
  readonly #quiet: (() => void)[] = [];
  #stopping = false;

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** The Redis named by `REDIS_URL`, or a private one on the demo's own data. @returns its address */
  async startRedis(env: NodeJS.ProcessEnv): Promise<string> {
    if (env.REDIS_URL) {
      console.log(`Redis: the one that REDIS_URL names, ${withoutPassword(env.REDIS_URL)}`);
      return env.REDIS_URL;
    }
    const { file, version } = await ensureRedis();
    return step(`Redis ${version} (${file})`, async () => {
      const dir = join(DEMO_DATA, 'redis');
      const onSpawn = (child: Child, mark: string) => this.#add(child, mark);
      const { url, child } = await startRedis({ file, dir, appendfsync: 'always', ownGroup: true, onSpawn });
      this.#ready.push(child);
      return url;
    });
  }

  /** Starts a program and waits until it is ready. @throws Failure when it ends first or takes too long */
  async start(program: Program): Promise<void> {
    await step(program.name, async () => {
      if (this.#stopping) return;
      const child = startChild({ ...program, ownGroup: true });
      this.#add(child, program.mark);
      await untilReady(program.name, program.readyUrl, child);
      this.#ready.push(child);
      if (program.logFile !== undefined) this.#quiet.push(showErrors(program.name, program.logFile));
    });
  }

  /** Settles with the words about it when the first of the programs that were ready ends. */
  firstEnd(): Promise<string> {
    return Promise.race(this.#ready.map((child) => child.ended));
  }

  /** Leaves word of how the store and its Telegram are reached, for as long as they run. */
  writeDown({ BOT_TOKEN, TELEGRAM_API_ROOT }: NodeJS.ProcessEnv, redisUrl: string): void {
    const settings = { BOT_TOKEN, TELEGRAM_API_ROOT, REDIS_URL: redisUrl };
    writeFileSync(DEMO_SETTINGS, JSON.stringify(settings), { mode: 0o600 });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    rmSync(DEMO_SETTINGS, { force: true });
    for (const quiet of this.#quiet) quiet();
    for (const child of this.#children.toReversed()) await child.stop();
  }

  #add(child: Child, mark: string): void {
    this.#children.push(child);
    this.#lock.remember({ pid: child.pid, mark });
  }
}

/** Settles at the first Ctrl-C, SIGTERM or closing of the terminal; further ones are heard and change nothing. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
    // A closed terminal takes no more lines; that must not keep the programs from being stopped.
    process.stdout.on('error', () => resolve());
  });
}

/**
 * Runs what `bringUp` starts until Ctrl-C (or SIGTERM, or the terminal closes), and stops all of it in order, also
 * when one of the programs ends by itself.
 * @param command the command's name
 * @returns the exit code, 0 after Ctrl-C
 * @throws Failure when a program ends by itself
 */
export async function runTogether(
  command: string,
  bringUp: (stage: Stage) => Promise<void>,
): Promise<number> {
  mkdirSync(DEMO_DATA, { recursive: true, mode: 0o700 });
  const interrupted = interruption();
  const lock = await takeLock(join(DEMO_DATA, 'running.json'), `run.mjs ${command}`);
  const stage = new Stage(lock);
  try {
    await Promise.race([bringUp(stage), interrupted]);
    const end = await Promise.race([interrupted, stage.firstEnd()]);
    if (typeof end === 'string') throw new Failure(end);
    console.log('\nStopping …');
    return 0;
  } finally {
    await stage.stop();
    lock.release();
  }
}

/** An address fit to be shown. */
function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/g, '//…@');
}

async function untilReady(name: string, url: string, child: Child): Promise<void> {
  let death: string | undefined;
  void child.ended.then((how) => {
    death = how;
  });
  let last = 'no answer';
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs) {
    if (death !== undefined) throw new Failure(death);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
      if (answer.status === 200) return;
      last = `${answer.status} ${await answer.text()}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(50);
  }
  throw new Failure(`${name} was not ready within ${READY_WITHIN_MS / 1000} s. ${url} said last: ${last}`);
}
