import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { ROOT } from './root.ts';

export interface ProgramOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

export interface Outcome {
  /** Exit code; undefined when it could not start or a signal ended it. */
  code: number | undefined;
  /** Both output streams, in the order they came. */
  output: string;
}

/** The path of a program that an installed package brings, by its name in `node_modules/.bin`. */
export const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

/** The last lines of a text, for an error message. */
export const tail = (text: string, lines = 15): string => text.trimEnd().split('\n').slice(-lines).join('\n');

/** Runs a program to its end and keeps what it says. A program that cannot start is an outcome too. */
export function capture(program: string, args: string[], options: ProgramOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: undefined, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? undefined, output }));
  });
}

/** Runs a program that must succeed, quietly. @throws Failure with the end of its output and the advice */
export async function mustRun(
  what: string,
  advice: string,
  program: string,
  args: string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, output } = await capture(program, args, options);
  if (code === 0) return output;
  throw new Failure(`${tail(output, 40)}\n${what} failed (exit code ${code ?? 'none'}). ${advice}`);
}

/**
 * Runs a program with this terminal as its own. Ctrl-C reaches both; SIGTERM, sent to this process alone, is passed on
 * before it ends this process too.
 * @returns its exit code, 1 when it could not start
 */
export function show(program: string, args: string[], options: ProgramOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, ...options, stdio: 'inherit' });
    const passOn = (): void => {
      child.kill('SIGTERM');
      process.exit(143);
    };
    process.once('SIGTERM', passOn);
    function settle(code: number): void {
      process.off('SIGTERM', passOn);
      resolve(code);
    }
    child.once('error', (error) => {
      console.error(error.message);
      settle(1);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}
