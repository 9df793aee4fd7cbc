import type { Server as HttpServer } from 'node:http';
import {
  type ClientEvents,
  type Handshake,
  type HandshakeRefusal,
  handshakeSchema,
  PROTOCOL_VERSION,
  type ServerEvents,
} from '@stardrift/shared/protocol';
import { Server, type Socket } from 'socket.io';
import { within } from '../deadline.ts';
import type { Log } from '../log.ts';
import type { Player } from '../purchase/ports.ts';
import { createDoor, type DoorPorts } from './door.ts';
import { createLeases, type Lease } from './leases.ts';
import { type RefusedAnswer, refuse } from './requests.ts';

interface Known {
  player: Player;
  /** When Telegram said that it is this player. */
  launchedAtMs: number;
}
interface SocketData extends Known {
  lease: Lease;
}
export type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
type PlayerSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

export interface GatewayPorts extends Omit<DoorPorts, 'onForeign'> {
  /** Who the session or the launch data belongs to, or why it is refused. */
  authenticate(shown: Handshake): ({ ok: true } & Known) | { ok: false; reason: 'unauthorized' | 'expired' };
  /** A fresh session for whom the door knows. */
  issue(known: Known): { token: string; expiresAtMs: number };
  answer(player: Player, name: string, body: unknown): Promise<({ ok: true } & object) | RefusedAnswer>;
  onCount(connected: number): void;
  nowMs(): number;
  log: Log;
}

/** Devices of one player at once. The newest are kept: a phone's connection that died in silence must not lock it out. */
const SOCKETS_OF_PLAYER = 5;

/** A player is told rather than left waiting: whatever was asked for may still happen, and can be asked again. */
const ANSWER_WITHIN_MS = 5_000;

/** The room of all a player's devices. */
export const roomOf = (playerId: number): string => `player:${playerId}`;

/** Players' sockets: the door, the rooms, and the answer to every request. */
export function openGateway(http: HttpServer, ports: GatewayPorts): Io {
  const { log } = ports;
  const door = createDoor({
    ...ports,
    onForeign: (origin) => log.warn({ origin }, 'a page of a foreign origin is turned away'),
  });
  const io: Io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 16 * 1_024,
    connectTimeout: 10_000,
    allowRequest: (request, answer) =>
      void door.allows(request).then((allowed) => answer(undefined, allowed)),
  });
  io.engine.on('connection', (raw: RawSocket) => {
    raw.on('close', door.enter(raw.request));
    closeOnBinary(raw, log);
  });

  io.use((socket, next) => {
    const known = admit(socket.handshake.auth, ports);
    if (typeof known === 'string') return next(new Error(known));
    socket.data.player = known.player;
    socket.data.launchedAtMs = known.launchedAtMs;
    next();
  });

  const leases = createLeases<PlayerSocket>(
    () => io.sockets.sockets.values(),
    (socket) => {
      const session = ports.issue(socket.data);
      socket.emit('session', session);
      return session.expiresAtMs;
    },
    ports.nowMs,
  );
  http.once('close', leases.stop);

  io.on('connection', async (socket) => {
    ports.onCount(io.engine.clientsCount);
    socket.on('disconnect', () => ports.onCount(io.engine.clientsCount));
    leases.grant(socket);
    await socket.join(roomOf(socket.data.player.id));
    dropOldest(io, socket.data.player.id);
    socket.onAny((name: string, ...args: unknown[]) => void answerRequest(socket, name, args, ports));
    // A packet that can't be read ends its socket; the player's client connects anew.
    socket.on('error', (err) => {
      log.warn({ err, playerId: socket.data.player.id }, 'a socket is closed: it sent what can not be read');
      socket.disconnect(true);
    });
  });
  return io;
}

function admit(auth: Record<string, unknown>, ports: GatewayPorts): Known | HandshakeRefusal {
  const shown = handshakeSchema.safeParse(auth);
  if (!shown.success) return auth.protocol === PROTOCOL_VERSION ? 'unauthorized' : 'protocol';
  const known = ports.authenticate(shown.data);
  return known.ok ? known : known.reason;
}

/** What engine.io calls a socket, as far as we look at it. */
interface RawSocket {
  request: Parameters<DoorPorts['addressOf']>[0];
  on(event: 'close', listener: () => void): void;
  on(event: 'packet', listener: (packet: { type: string; data?: unknown }) => void): void;
  close(discard: true): void;
}

/** The two packets of socket.io that announce binary attachments; nothing of ours is binary. */
const ANNOUNCES_BINARY = /^[56]/;

/** Attachments make the reader wait, and keep what it has; who sends any is nobody's client. */
function closeOnBinary(raw: RawSocket, log: Log): void {
  raw.on('packet', ({ type, data }) => {
    if (type !== 'message' || (typeof data === 'string' && !ANNOUNCES_BINARY.test(data))) return;
    log.warn('a socket is closed: it sent binary data');
    raw.close(true);
  });
}

function dropOldest(io: Io, playerId: number): void {
  const here = io.sockets.adapter.rooms.get(roomOf(playerId));
  const [oldest] = here ?? [];
  if (here && oldest !== undefined && here.size > SOCKETS_OF_PLAYER)
    io.sockets.sockets.get(oldest)?.disconnect(true);
}

async function answerRequest(
  socket: PlayerSocket,
  name: string,
  args: unknown[],
  ports: GatewayPorts,
): Promise<void> {
  const reply = args.at(-1);
  // A question without an acknowledgement has nobody to answer.
  if (typeof reply !== 'function') return;
  const { player } = socket.data;
  try {
    const answer = ports.answer(player, name, args.length > 1 ? args[0] : {});
    reply(await within(ANSWER_WITHIN_MS, answer, `the answer to ${name}`));
  } catch (err) {
    ports.log.error({ err, playerId: player.id, request: name }, 'a request failed');
    reply(refuse('unavailable', player.language));
  }
}
