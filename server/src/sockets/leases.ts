const RENEWED_EVERY_MS = 3_600_000;
const SWEEP_MS = 30_000;

export interface Lease {
  /** When the player is sent a fresh session. */
  renewAtMs: number;
  /** When the socket has to go, unless it was renewed. */
  expiresAtMs: number;
}
/** What a lease needs of a socket. */
interface Held {
  data: { lease: Lease };
  disconnect(close: true): unknown;
}

/**
 * Sockets are held for as long as their sessions: renewed each hour while the launch allows it, ended when it no longer
 * does. The client then shows its launch data, is told `expired`, and asks the player to open the game again.
 */
export function createLeases<S extends Held>(
  sockets: () => Iterable<S>,
  /** Makes a fresh session and sends it. @returns when it runs out */
  renew: (socket: S) => number,
  nowMs: () => number,
) {
  function grant(socket: S): void {
    socket.data.lease = { renewAtMs: nowMs() + RENEWED_EVERY_MS, expiresAtMs: renew(socket) };
  }
  const sweep = setInterval(() => {
    for (const socket of sockets()) {
      const { renewAtMs, expiresAtMs } = socket.data.lease;
      if (nowMs() >= expiresAtMs) socket.disconnect(true);
      else if (nowMs() >= renewAtMs) grant(socket);
    }
  }, SWEEP_MS);
  sweep.unref();
  return { grant, stop: () => clearInterval(sweep) };
}
