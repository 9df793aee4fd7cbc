import type { Server as HttpServer } from 'node:http';
import {
  type ClientEvents,
  type HandshakeRefusal,
  handshakeSchema,
  PROTOCOL_VERSION,
  type ServerEvents,
} from '@stardrift/shared/protocol';
import { Server, type Socket } from 'socket.io';
import type { Log } from '../log.ts';
import type { Player } from '../purchase/ports.ts';
import { type RefusedAnswer, refuse } from './requests.ts';

interface SocketData {
  player: Player;
}
export type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
type PlayerSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

export interface GatewayPorts {
  /** Who the launch data belongs to, or why it is refused. */
  authenticate(
    initData: string,
  ): { ok: true; player: Player } | { ok: false; reason: 'unauthorized' | 'expired' };
  answer(player: Player, name: string, body: unknown): Promise<({ ok: true } & object) | RefusedAnswer>;
  onCount(connected: number): void;
  log: Log;
}

/** The room of all a player's devices. */
export const roomOf = (playerId: number): string => `player:${playerId}`;

/** Players' sockets: the door, the rooms, and the answer to every request. */
export function openGateway(http: HttpServer, ports: GatewayPorts): Io {
  const { log } = ports;
  const io: Io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 16 * 1_024,
    connectTimeout: 10_000,
  });

  io.use((socket, next) => {
    const player = admit(socket.handshake.auth, ports);
    if (typeof player === 'string') return next(new Error(player));
    socket.data.player = player;
    next();
  });

  io.on('connection', async (socket) => {
    ports.onCount(io.engine.clientsCount);
    socket.on('disconnect', () => ports.onCount(io.engine.clientsCount));
    await socket.join(roomOf(socket.data.player.id));
    socket.onAny((name: string, ...args: unknown[]) => void answerRequest(socket, name, args, ports));
    // A packet that can't be read ends its socket; the player's client connects anew.
    socket.on('error', (err) => {
      log.warn({ err, playerId: socket.data.player.id }, 'a socket is closed: it sent what can not be read');
      socket.disconnect(true);
    });
  });
  return io;
}

function admit(auth: Record<string, unknown>, ports: GatewayPorts): Player | HandshakeRefusal {
  const shown = handshakeSchema.safeParse(auth);
  if (!shown.success) return auth.protocol === PROTOCOL_VERSION ? 'unauthorized' : 'protocol';
  const known = ports.authenticate(shown.data.initData);
  return known.ok ? known.player : known.reason;
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
    reply(await ports.answer(player, name, args.length > 1 ? args[0] : {}));
  } catch (err) {
    ports.log.error({ err, playerId: player.id, request: name }, 'a request failed');
    reply(refuse('unavailable', player.language));
  }
}
