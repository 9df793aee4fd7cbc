import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { createClient } from 'redis';
import { io, type Socket } from 'socket.io-client';
import { SECRET, type World } from '../way/world.ts';

/** What an attacker can do that a player of `world.ts` would not. */

export const TRUSTED = { 'X-Telegram-Bot-Api-Secret-Token': SECRET };

export const post = (
  url: string,
  body: unknown,
  headers: Record<string, string> = TRUSTED,
): Promise<Response> =>
  fetch(`${url}/telegram/webhook`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export interface Knock {
  socket: Socket;
  /** Why it stayed shut; undefined when it opened. */
  refused: string | undefined;
  /** The session that was given, once it is. */
  session: Promise<{ token: string; expiresAtMs: number }>;
}

/** Shows whatever it likes at the door, from wherever it likes. */
export async function knock(
  url: string,
  auth: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Knock> {
  const socket = io(url, {
    auth,
    extraHeaders: headers,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const session = new Promise<{ token: string; expiresAtMs: number }>((resolve) =>
    socket.once('session', resolve),
  );
  const refused = await new Promise<string | undefined>((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', ({ message }) => resolve(message));
  });
  return { socket, refused, session };
}

/** The HTTP status of a handshake. */
export async function handshakeStatus(url: string, headers: Record<string, string>): Promise<number> {
  const { status } = await raw(
    url,
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      ...Object.entries({
        Host: new URL(url).host,
        Upgrade: 'websocket',
        Connection: 'Upgrade',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version': '13',
        ...headers,
      }).map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
  );
  return status;
}

/** Sends bytes, and waits for the head of an answer or the end of the connection. @returns status 0 without an answer */
export function raw(url: string, bytes: string): Promise<{ status: number; closedAfterMs: number }> {
  const { hostname, port } = new URL(url);
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const end = (status: number): void => {
      resolve({ status, closedAfterMs: performance.now() - startedMs });
      socket.destroy();
    };
    socket.on('error', () => end(0));
    socket.once('data', (answer) => end(Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1] ?? 0)));
    socket.once('close', () => end(0));
  });
}

export const gone = (socket: Socket): Promise<string> =>
  new Promise((resolve) => socket.once('disconnect', (reason) => resolve(reason)));

/** The payload that our bot gave the invoice. */
export async function payloadOf(world: World, invoiceUrl: string): Promise<string> {
  const { invoices } = (await world.control('/sandbox/state')) as unknown as {
    invoices: { slug: string; payload: string }[];
  };
  const found = invoices.find(({ slug }) => invoiceUrl.endsWith(`$${slug}`))?.payload;
  if (found === undefined) throw new Error(`the sandbox has no invoice ${invoiceUrl}`);
  return found;
}

export interface Call {
  method: string;
  params: Record<string, unknown>;
}
export const callsOf = async (world: World, method: string): Promise<Call[]> =>
  ((await world.control(`/sandbox/calls?method=${method}`)) as unknown as { calls: Call[] }).calls;

/** Looks into the store from beside the server, and lets go of it in the end. */
export async function inStore<T>(
  world: World,
  look: (redis: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
): Promise<T> {
  const redis = await openStore(world.redis.url);
  try {
    return await look(redis);
  } finally {
    await redis.close();
  }
}
const openStore = (url: string) => createClient({ url }).connect();

export async function keysIn(redis: Awaited<ReturnType<typeof openStore>>): Promise<string[]> {
  const keys: string[] = [];
  for await (const found of redis.scanIterator({ COUNT: 1_000 })) keys.push(...[found].flat());
  return keys.sort();
}

/** Signs launch data as Telegram does, for whomever and whenever. */
export function launchData(token: string, fields: Record<string, string>): string {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(text).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
