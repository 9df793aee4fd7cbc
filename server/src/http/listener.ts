import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Express } from 'express';

export const WEBHOOK_PATH = '/telegram/webhook';

/** Who sends a request letter by letter holds a connection for this long and no longer; Node's own is five minutes. */
const IN_TIME = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 1_000 };

/** One listener for all: Telegram's updates go past Express, everything else through it. */
export function createListener(
  app: Express,
  webhook: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined,
  onError: (error: unknown) => void,
): Server {
  return createServer(IN_TIME, (request, response) => {
    const isUpdate = request.method === 'POST' && request.url?.split('?')[0] === WEBHOOK_PATH;
    if (isUpdate && webhook) webhook(request, response).catch(onError);
    else app(request, response);
  });
}

/**
 * @throws {Error} one line that names the port and the setting that changes it
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used: ${error.message}`;
      reject(new Error(`Port ${port} on ${host} ${taken}. Choose another with PORT (and HOST).`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** A request that has not ended by then is a body that never comes. */
const LET_END_MS = 5_000;

/** Lets every request end, and each connection go as soon as it is idle: a kept-alive one would hold on for seconds. */
export async function closeListener(server: Server, close: () => Promise<void>): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), LET_END_MS);
  await close();
  clearInterval(sweep);
  clearTimeout(cut);
}
