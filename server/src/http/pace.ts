import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Pages of one address: a launch takes about ten, and many players may share an address. */
const PAGES = { points: 600, duration: 10 };

/** Turns away who asks for more pages than an address full of players would. */
export function paced(addressOf: (request: IncomingMessage) => string | undefined): RequestHandler {
  const pages = new RateLimiterMemory(PAGES);
  return async (request, response, next) => {
    const address = addressOf(request);
    const allowed =
      address === undefined ||
      (await pages.consume(address).then(
        () => true,
        () => false,
      ));
    if (allowed) next();
    else
      response
        .status(429)
        .set('Retry-After', String(PAGES.duration))
        .type('text')
        .send('Too many requests. Try again in a moment.');
  };
}
