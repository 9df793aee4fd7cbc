import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update } from 'grammy/types';

/** Telegram's updates are far smaller. */
const LARGEST_BODY = 256 * 1_024;

/** A request that is answered with its status and an empty body: a body could be taken for an API call. */
class Rejected extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/**
 * Telegram's POST of one update: 401 without the secret, 400 for what is no update, 500 for a payment that must come
 * again, else 200. It stands in front of Express, which would be most of its cost.
 */
export function createWebhook(
  secret: string,
  handle: (update: Update) => Promise<void>,
  onAnswered: (status: number, seconds: number) => void,
) {
  const expected = digest(secret);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    const status = await answer(request);
    // Whatever was not read of a refused body must not be taken for the next request.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.writeHead(status).end();
    onAnswered(status, (performance.now() - startedMs) / 1_000);
  };

  async function answer(request: IncomingMessage): Promise<number> {
    const given = request.headers['x-telegram-bot-api-secret-token'];
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected)) return 401;
    try {
      await handle(updateOf(await readBody(request)));
      return 200;
    } catch (error) {
      return error instanceof Rejected ? error.status : 500;
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Rejected(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function updateOf(body: string): Update {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new Rejected(400);
  }
  const isUpdate =
    typeof parsed === 'object' &&
    parsed !== null &&
    'update_id' in parsed &&
    Number.isSafeInteger(parsed.update_id);
  if (!isUpdate) throw new Rejected(400);
  return parsed as Update;
}
