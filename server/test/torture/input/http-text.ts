import type { Case } from './corpus.ts';

/** A case of bytes on a TCP connection, and the statuses it may have; see {@link Case}. */
export type Sent = [name: string, corruption: string, bytes: string | Buffer, may?: readonly number[]];

/** What is less than a request; nothing follows. */
export const CUT = 'cut off';

export const HOST = 'Host: game.example';
export const SECRET = 'X-Telegram-Bot-Api-Secret-Token';
export const POST = 'POST /telegram/webhook HTTP/1.1';

export const request = (first: string, headers: readonly string[], body = ''): string =>
  [first, HOST, 'Connection: close', ...headers, '', body].join('\r\n');
export const get = (path: string, ...headers: string[]): string => request(`GET ${path} HTTP/1.1`, headers);

export const caseOf = ([name, corruption, bytes, may]: Sent): Case => ({
  kind: 'wire',
  name,
  corruption,
  bytes: Buffer.from(bytes),
  ...(may && { may }),
  ...(corruption === CUT && { isCut: true }),
});
