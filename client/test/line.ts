import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between players and the server, which a test can cut. */
export interface Line {
  /** What players reach the server by. */
  url: string;
  /** Ends every live connection and refuses new ones; pages and webhooks still get through. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line on a free port to the server that will listen on `serverPort`. */
export async function openLine(serverPort: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const live = new Set<Socket>();
  let isCut = false;

  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(end);
      // A broken end breaks the other; that is all an error means here.
      end.on('error', () => other.destroy());
      end.on('close', () => {
        sockets.delete(end);
        other.destroy();
      });
    }
    near.once('data', (start) => {
      if (start.includes('Upgrade: websocket')) {
        if (isCut) {
          near.destroy();
          return;
        }
        live.add(near);
        near.once('close', () => live.delete(near));
      }
      far.write(start);
      near.pipe(far);
    });
    far.pipe(near);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://localhost:${port}`,
    cut() {
      isCut = true;
      for (const socket of live) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
