import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { tail } from './program.ts';
import { ROOT } from './root.ts';

export interface ChildOptions {
  /** What a person calls it. */
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** The file its output goes to, begun anew; without it the output goes to this terminal. */
  logFile?: string;
  /**
   * Gives it a process group of its own, so that Ctrl-C in the terminal reaches the parent only, which then stops
   * everything in the right order.
   */
  ownGroup?: boolean;
}

/** A long-running child process. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when it has ended, with what to say about that: exit code or signal, and its last lines. */
  readonly ended: Promise<string>;
  /** Asks it to end and waits until it has, after `patienceMs` with SIGKILL. */
  stop(patienceMs?: number): Promise<void>;
}

/**
 * Becomes the program, and leaves behind a watch that ends it when this process is gone, however that came about: the
 * other end of file 3 is then closed.
 */
const WATCHED = '{ cat; kill "$$"; } <&3 >/dev/null 2>&1 & exec "$@" 3<&-';

/** Starts a long-running program. @throws Failure when it cannot be started at all */
export function startChild(options: ChildOptions): Child {
  const { name, program, args, env, logFile, ownGroup = false, cwd = ROOT } = options;
  const output = logFile === undefined ? 'inherit' : openSync(logFile, 'w');
  // A file rather than a pipe: a child whose parent was killed goes on writing instead of failing at its next line.
  const child = spawn('sh', ['-c', WATCHED, 'sh', program, ...args], {
    cwd,
    env,
    stdio: ['ignore', output, output, 'pipe'],
    detached: ownGroup,
  });
  if (typeof output === 'number') closeSync(output);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      child.stdio[3]?.destroy();
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const said = logFile === undefined ? '' : tail(readFileSync(logFile, 'utf8'));
      resolve(`${name} ended (${how}).${said === '' ? '' : ` Its last lines:\n${said}`}`);
    });
  });
  if (child.pid === undefined)
    throw new Failure(`${name} could not be started: there is no sh to start it with.`);
  async function stop(patienceMs = 15_000): Promise<void> {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(impatience);
  }
  return { name, pid: child.pid, ended, stop };
}
