import type { ClientEvents, ServerEvents } from '@stardrift/shared/protocol';
import { io, type Socket } from 'socket.io-client';
import { launchData } from './launch.ts';

export type PlayerSocket = Socket<ServerEvents, ClientEvents>;

/** As many handshakes under way at once: all of them in one moment would measure the backlog of the port. */
const AT_ONCE = 50;

/** Connects players as the game does, each with launch data of its own that Telegram's key has signed. */
export async function connectPlayers(url: string, ids: number[]): Promise<Map<number, PlayerSocket>> {
  const players = new Map<number, PlayerSocket>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const sockets = await Promise.all(some.map((id) => connect(url, id)));
    for (const [i, id] of some.entries()) players.set(id, sockets[i] as PlayerSocket);
  }
  return players;
}

function connect(url: string, id: number): Promise<PlayerSocket> {
  const socket: PlayerSocket = io(url, {
    auth: { initData: launchData(id), protocol: 1 },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') throw new Error(`the server let player ${id} go: ${reason}`);
    });
  });
}
