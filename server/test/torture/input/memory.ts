import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { frameOf, openRawSocket } from './raw-socket.ts';

/** What a Node process holds once all that can be given back was given back, in bytes. */
export interface Memory {
  rss: number;
  heapUsed: number;
}

/** Makes Node listen for a debugger, on a port of its own choosing. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

const LISTENS = /Debugger listening on ws:\/\/([\d.]+:\d+)(\/\S+)/;
/** A page or two come and go; less than this between two collections is none of the garbage. */
const STILL = 1 << 20;
const MOST_ROUNDS = 20;

/**
 * Collects all garbage of a process until it gives no more memory back, and then measures: what grows between two such
 * measurements is held on to.
 * @param logFile where the process says on which port its debugger listens
 */
export async function settledMemory(logFile: string): Promise<Memory> {
  const debug = await openDebugger(logFile);
  try {
    let before = await measure(debug);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await debug('HeapProfiler.collectGarbage');
      const now = await measure(debug);
      if (before.rss - now.rss < STILL && before.heapUsed - now.heapUsed < STILL) return now;
      before = now;
    }
    return before;
  } finally {
    debug.close();
  }
}

async function measure(debug: Debugger): Promise<Memory> {
  const expression = 'JSON.stringify(process.memoryUsage())';
  const { result } = (await debug('Runtime.evaluate', { expression })) as { result: { value: string } };
  return JSON.parse(result.value) as Memory;
}

interface Debugger {
  (method: string, params?: object): Promise<unknown>;
  close(): void;
}

async function openDebugger(logFile: string): Promise<Debugger> {
  const { host, path } = await debuggerIn(logFile);
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const socket = await openRawSocket(`http://${host}`, path, {
    onText(text) {
      const { id, result } = JSON.parse(text) as { id?: number; result?: unknown };
      if (id !== undefined) waiting.get(id)?.resolve(result);
    },
    onEnd() {
      for (const { reject } of waiting.values()) reject(new Error('the debugger has gone'));
    },
  });
  let last = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.write(frameOf(JSON.stringify({ id: last, method, params })));
    });
  return Object.assign(ask, { close: socket.destroy });
}

/** It is said in one of the first lines, of what may be many. */
async function debuggerIn(logFile: string): Promise<{ host: string; path: string }> {
  for await (const line of createInterface(createReadStream(logFile))) {
    const [, host, path] = LISTENS.exec(line) ?? [];
    if (host !== undefined && path !== undefined) return { host, path };
  }
  throw new Error(`${logFile} names no debugger`);
}
