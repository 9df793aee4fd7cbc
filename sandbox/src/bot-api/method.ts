import type { Telegram } from '../telegram.ts';
import type { Bot } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { Answer } from './envelope.ts';

/** One method of the Bot API. Throws an ApiError to refuse. */
export type Method = (telegram: Telegram, bot: Bot, args: Arguments) => Answer | Promise<Answer>;

export const DONE: Answer = { result: true };
