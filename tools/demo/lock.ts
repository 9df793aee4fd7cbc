import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../failure.mjs';
import { capture } from '../program.ts';

const PATIENCE_MS = 10_000;

/** A process as the lock remembers it. Ids are used again, so a word of its command line goes with it. */
export interface ProcessRecord {
  pid: number;
  mark: string;
}

interface LockRecord {
  holder: ProcessRecord;
  children: ProcessRecord[];
}

/** The sole right to run from this folder, and the memory of what was started under it. */
export interface Lock {
  /** Remembers a child, so that the next start can end it should this process be killed. */
  remember(child: ProcessRecord): void;
  release(): void;
}

/** The command line of a process; undefined when it has ended (also while nobody has collected its exit code). */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined;
    } catch {
      return undefined;
    }
  }
  const { code, output } = await capture('ps', ['-o', 'command=', '-p', String(pid)]);
  return code === 0 ? output : undefined;
}

export async function isAlive({ pid, mark }: ProcessRecord): Promise<boolean> {
  return (await commandLine(pid))?.includes(mark) ?? false;
}

/** Ends a process that has lost its parent: politely, and when that does not help, at once. */
export async function endOrphan(orphan: ProcessRecord): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadlineMs = performance.now() + PATIENCE_MS;
    if (await isAlive(orphan)) process.kill(orphan.pid, signal);
    while ((await isAlive(orphan)) && performance.now() < deadlineMs) await delay(20);
  }
}

/** Reads a record; what a crash left unreadable holds nothing to act on. */
function readRecord(file: string): LockRecord | undefined {
  try {
    const record: LockRecord = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(record.children) ? record : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock in `file`. When its holder was killed, what it left running is ended first, newest first.
 * @param mark a word of this process's own command line
 * @throws Failure when another process holds it
 */
export async function takeLock(file: string, mark: string): Promise<Lock> {
  mkdirSync(dirname(file), { recursive: true });
  const record: LockRecord = { holder: { pid: process.pid, mark }, children: [] };
  while (!createOnly(file, record)) {
    const earlier = readRecord(file);
    if (earlier && earlier.holder.pid !== process.pid && (await isAlive(earlier.holder))) {
      throw new Failure(
        `Stardrift runs from this folder already (process ${earlier.holder.pid}). Stop it there with Ctrl-C first.`,
      );
    }
    for (const orphan of earlier?.children.toReversed() ?? []) await endOrphan(orphan);
    rmSync(file, { force: true });
  }
  return {
    remember(child) {
      record.children.push(child);
      // Renamed into place, so that a reader never meets half a record.
      writeFileSync(`${file}.new`, JSON.stringify(record));
      renameSync(`${file}.new`, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function createOnly(file: string, record: LockRecord): boolean {
  try {
    writeFileSync(file, JSON.stringify(record), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
