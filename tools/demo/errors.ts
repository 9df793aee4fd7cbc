import { closeSync, openSync, readSync, statSync } from 'node:fs';

const EVERY_MS = 500;

/** Good news that an error before it is over. */
const RECOVERIES = ['a new catalogue is in force'];

/** What a line of a log says to a person; nothing unless it is an error, or the end of one. */
export function errorIn(line: string): string | undefined {
  let entry: { level?: unknown; msg?: unknown; problems?: unknown; err?: { message?: unknown } } | null;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry?.level !== 'number') return undefined;
  if (RECOVERIES.includes(String(entry.msg))) return String(entry.msg);
  if (entry.level < 50) return undefined;
  const cause = typeof entry.err?.message === 'string' ? `: ${entry.err.message}` : '';
  const problems = Array.isArray(entry.problems) ? entry.problems.map((problem) => `\n  ${problem}`) : [];
  return `${entry.msg}${cause}${problems.join('')}`;
}

/** Reads what a growing file gained since the last call, in whole lines. */
export function newLines(file: string): () => string[] {
  let read = 0;
  let rest = Buffer.alloc(0);
  return () => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= read) return [];
    const gained = Buffer.alloc(size - read);
    const descriptor = openSync(file, 'r');
    read += readSync(descriptor, gained, 0, gained.length, read);
    closeSync(descriptor);
    const bytes = Buffer.concat([rest, gained]);
    const end = bytes.lastIndexOf('\n') + 1;
    rest = bytes.subarray(end);
    return bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  };
}

/**
 * Shows the errors of a program that logs to a file in this terminal too, where the person is looking.
 * @returns ends it
 */
export function showErrors(
  name: string,
  logFile: string,
  show: (text: string) => void = console.error,
): () => void {
  const next = newLines(logFile);
  const timer = setInterval(() => {
    // What goes wrong with many things at once is said once.
    for (const error of new Set(next().map(errorIn))) {
      if (error !== undefined) show(`${name}: ${error}`);
    }
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
