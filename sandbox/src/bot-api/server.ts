import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Telegram } from '../telegram.ts';
import type { Bot } from '../world.ts';
import { type Call, call, type Outcome, refused } from './call.ts';
import { ApiError } from './envelope.ts';
import { readArguments } from './request.ts';

/** Answers everything under `/bot`, without a framework in between: load tests send thousands of calls. */
export async function serveBotApi(
  telegram: Telegram,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body, retryAfter } = await answer(telegram, request);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
  response.end(body);
}

async function answer(telegram: Telegram, request: IncomingMessage): Promise<Outcome> {
  try {
    if (request.method !== 'GET' && request.method !== 'POST') throw new ApiError(501, 'Not Implemented');
    const { token, name, query, environment } = readPath(request.url ?? '');
    const bot = findBot(telegram, token);
    const { args, params } = await readArguments(request, query);
    return await call(telegram, bot, { name, args, params, environment });
  } catch (error) {
    request.resume();
    return refused(error);
  }
}

/** `/bot<token>/<method>` or `/bot<token>/test/<method>`; the sandbox is both environments at once. */
function readPath(url: string): { token: string; query: string } & Pick<Call, 'name' | 'environment'> {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const [, token, test, name] = /^\/bot([^/]*)(\/test)?\/(.*)$/s.exec(decoded(path)) ?? [];
  if (token === undefined || name === undefined) throw new ApiError(404, 'Not Found');
  const query = mark < 0 ? '' : url.slice(mark + 1);
  return { token, name, query, environment: test === undefined ? 'prod' : 'test' };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function findBot({ world }: Telegram, token: string): Bot {
  const id = Number(token.split(':')[0]);
  const wellFormed =
    token.includes(':') && !token.startsWith('0') && token.length <= 80 && Number.isSafeInteger(id) && id > 0;
  if (!wellFormed) throw new ApiError(401, 'Unauthorized: invalid token specified');
  const bot = world.bots.get(token);
  if (!bot) throw new ApiError(401, 'Unauthorized');
  return bot;
}
