import { type Logger, pino } from 'pino';
import { openStdout } from './stdout.ts';

export type Log = Logger;

/** A bot token wherever it stands: in an address (`/bot123:abc/`), a message, a stack. */
const TOKEN = /\d{5,}:[A-Za-z0-9_-]{20,}|(?<=bot)\d+:[A-Za-z0-9_-]+/g;
/** Signed launch data, raw or as a parameter of an address: what proves it, and whom it names. */
const INIT_DATA = /\b(?:hash|signature|tgWebAppData|query_id|user)(?:=|%3D)[^&\s"'\\]+/gi;
/** A session of ours, whole or cut short. */
const SESSION = /\bs\d\.\d+\.[a-z]{2}\.[\w.-]+/g;

export const redact = (text: string): string =>
  text.replace(TOKEN, '<token>').replace(INIT_DATA, '<signed>').replace(SESSION, '<session>');

/** One JSON line an event. Errors are told by name, message, code and cause: their other fields may hold a request. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    hooks: { streamWrite: redact },
  };
  return pino(options, destination ?? openStdout());
}

/** What nothing caught ends the process, told like any other error: Node's own report would show every field of it. */
export function tellCrashes(log: Log): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'the server ends: nothing caught this');
    process.exit(1);
  });
}

/** Told by their words alone: Telegram said no, or said nothing. */
const EXPECTED = new Set(['GrammyError', 'HttpError']);

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  // Where a refusal of Telegram's was caught says nothing that its words do not.
  const stack = EXPECTED.has(name) ? undefined : error.stack;
  const code = 'code' in error ? String(error.code) : undefined;
  return { name, message, code, stack, cause: cause === undefined ? undefined : describeError(cause) };
}
