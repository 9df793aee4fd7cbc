import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Of one address: many players may share it, such as a whole mobile network's. */
const SOCKETS_OF_ADDRESS = 500;
const HANDSHAKES_OF_ADDRESS = { points: 200, duration: 10 };
/** Foreign origins that are told, each once: a log must not grow with an attack. */
const ORIGINS_TOLD = 20;

type Refusal = '403 Forbidden' | '429 Too Many Requests';

export interface DoorPorts {
  /** Where the game's page is served. */
  publicUrl: string;
  /** Whom limits count by; undefined for nobody. */
  addressOf(request: IncomingMessage): string | undefined;
  onForeign(origin: string): void;
}

/** Who may begin a handshake, before anything of it is kept. */
export function createDoor({ publicUrl, addressOf, onForeign }: DoorPorts) {
  const home = new URL(publicUrl).origin;
  const handshakes = new RateLimiterMemory(HANDSHAKES_OF_ADDRESS);
  const open = new Map<string, number>();
  const told = new Set<string>();

  /**
   * Browsers always name the page's origin, and CORS does not hold for WebSockets. Programs name none: they have no
   * player's launch data to misuse. The server's own address is also where the game may have been opened.
   */
  function isForeign({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (origin === undefined || origin === home) return false;
    if (URL.canParse(origin) && new URL(origin).host === host) return false;
    if (told.size < ORIGINS_TOLD && !told.has(origin)) {
      told.add(origin);
      onForeign(origin);
    }
    return true;
  }

  async function refusal(request: IncomingMessage): Promise<Refusal | undefined> {
    if (isForeign(request)) return '403 Forbidden';
    const address = addressOf(request);
    if (address === undefined) return undefined;
    if ((open.get(address) ?? 0) >= SOCKETS_OF_ADDRESS) return '429 Too Many Requests';
    return handshakes.consume(address).then(
      () => undefined,
      () => '429 Too Many Requests',
    );
  }

  return {
    async allows(request: IncomingMessage): Promise<boolean> {
      const status = await refusal(request);
      if (status === undefined) return true;
      // Of a WebSocket engine.io would say 400, whatever the reason was.
      if (request.headers.upgrade !== undefined)
        request.socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return false;
    },
    /** Counts a connection from now on. @returns what to call when it is gone */
    enter(request: IncomingMessage): () => void {
      const address = addressOf(request);
      if (address === undefined) return () => {};
      open.set(address, (open.get(address) ?? 0) + 1);
      return () => {
        const left = (open.get(address) ?? 0) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      };
    },
  };
}
