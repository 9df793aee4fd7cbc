import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A Bot API as far as HTTP goes: each call's method and body go to `answer`, whose object is sent back.
 * @returns listens on a free port, and answers with the address
 */
export function serveApi(answer: (method: string, body: string) => object): () => Promise<string> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const text = JSON.stringify(answer(request.url?.split('/').at(-1) ?? '', body));
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
      response.writeHead(200, headers).end(text);
    });
  });
  // A connection that is let go between two calls would be measured, or fail a test, in the place of the shop.
  server.keepAliveTimeout = 75_000;
  return async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}
