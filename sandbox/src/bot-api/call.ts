import { isAbsent } from '../coverage.ts';
import type { Telegram } from '../telegram.ts';
import type { PostAnswer } from '../updates/post.ts';
import type { Bot } from '../world.ts';
import type { Arguments, Fields } from './arguments.ts';
import { ApiError, refusal, success, tooManyRequests } from './envelope.ts';
import { findMethod } from './methods.ts';
import { readJson } from './request.ts';

/** What goes back over HTTP. */
export interface Outcome {
  status: number;
  body: string;
  retryAfter?: number;
}

/** A call as it arrived; `params` are the arguments as they were sent. */
export interface Call {
  name: string;
  args: Arguments;
  params: Fields;
  /** By path: `/bot<token>/test/…` is Telegram's test environment. */
  environment: 'prod' | 'test';
}

/** Carries out one call of the Bot API and keeps a record of it. */
export async function call(telegram: Telegram, bot: Bot, given: Call): Promise<Outcome> {
  const { name, args, params, environment } = given;
  const method = findMethod(name);
  const atMs = Date.now();
  let outcome: Outcome;
  try {
    outcome = { status: 200, body: await run(telegram, bot, name, args) };
  } catch (error) {
    outcome = refused(error);
  }
  const { status } = outcome;
  const ok = status === 200;
  telegram.calls.add({ method: method?.name ?? name, environment, params, atMs, ok, status });
  return outcome;
}

async function run(telegram: Telegram, bot: Bot, name: string, args: Arguments): Promise<string> {
  const method = findMethod(name);
  if (!method) {
    if (isAbsent(name))
      console.warn(`Telegram sandbox: ${name} exists on Telegram but not here; see sandbox/README.md.`);
    throw new ApiError(404, 'Not Found: method not found');
  }
  const limited = telegram.faults.take('too_many_requests', { method: method.name });
  if (limited) throw tooManyRequests(limited.retryAfter ?? 1);
  const broken = telegram.faults.take('server_error', { method: method.name });
  if (broken?.executed) await method.run(telegram, bot, args);
  if (broken) throw new ApiError(500, 'Internal Server Error: restart');
  return success(await method.run(telegram, bot, args));
}

export function refused(error: unknown): Outcome {
  if (!(error instanceof ApiError)) throw error;
  const { status, retryAfter } = error;
  return { status, body: refusal(error), ...(retryAfter !== undefined && { retryAfter }) };
}

/**
 * A webhook may answer an update with a call of its own; what it asks for is done, what comes of it is not
 * told.
 */
export async function callFromWebhook(telegram: Telegram, bot: Bot, answer: PostAnswer): Promise<void> {
  if (answer.body === '' || !answer.contentType.startsWith('application/json')) return;
  let read: ReturnType<typeof readJson>;
  try {
    read = readJson(answer.body);
  } catch {
    return;
  }
  const name = read.args.text('method').toLowerCase();
  const barred = ['setwebhook', 'deletewebhook', 'close', 'logout'].includes(name) || name.startsWith('get');
  if (name !== '' && !barred) await call(telegram, bot, { name, ...read, environment: 'prod' });
}
