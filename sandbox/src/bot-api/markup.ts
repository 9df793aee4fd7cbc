import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { type Arguments, type Fields, isFields, parsed, textField } from './arguments.ts';
import { badRequest } from './envelope.ts';

/** A button of an inline keyboard, as far as the sandbox looks into it. */
export interface Button {
  text: string;
  pay?: boolean;
  callback_data?: string;
}

/** What an inline button may do; the first field that is present decides. */
const ACTIONS = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
];

/**
 * Reads `reply_markup`. Inline keyboards are checked and returned; the other kinds (reply keyboards, their removal,
 * forced replies) are never part of a sent message and come back as undefined.
 */
export function readReplyMarkup(args: Arguments): InlineKeyboardMarkup | undefined {
  const value = args.json('reply_markup', "Can't parse reply keyboard markup JSON object");
  if (value === undefined) return undefined;
  if (!isFields(value)) throw badRequest('Object expected as reply markup');
  const keyboard = value.inline_keyboard;
  if (keyboard === undefined) return undefined;
  if (!Array.isArray(keyboard)) throw badRequest('Field "inline_keyboard" must be of type Array');
  for (const row of keyboard) {
    if (!Array.isArray(row)) {
      throw badRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    for (const button of row) parsed("Can't parse inline keyboard button", () => checkButton(button));
  }
  const rows = keyboard.filter((row) => row.length > 0);
  return rows.length > 0 ? { inline_keyboard: rows } : undefined;
}

function checkButton(button: unknown): void {
  if (!isFields(button)) throw new Error('InlineKeyboardButton must be an Object');
  const text = textField(button, 'text');
  const action = ACTIONS.find((name) => button[name] !== undefined && button[name] !== '');
  if (!action) throw new Error('Text buttons are unallowed in the inline keyboard');
  if (text === '') throw badRequest('Inline keyboard button text must not be empty');
  if (action === 'callback_data' && Buffer.byteLength(String(button[action])) > 64)
    throw badRequest('BUTTON_DATA_INVALID');
  if (action === 'web_app') checkWebApp(button, `Inline keyboard button Web App URL`);
}

/** Reads `web_app.url`. Only https is taken, or http when it leads to this very machine. */
export function checkWebApp(object: Fields, what: string): string {
  const app = object.web_app;
  if (app === undefined) throw new Error('Can\'t find field "web_app"');
  if (!isFields(app)) throw new Error('Field "web_app" must be of type Object');
  const url = textField(app, 'url');
  if (!URL.canParse(url)) throw badRequest(`${what} '${url}' is invalid: Wrong HTTP URL specified`);
  const { protocol, hostname } = new URL(url);
  const taken = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  if (!taken) throw badRequest(`${what} '${url}' is invalid: Only HTTPS links are allowed`);
  return url;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export function buttonsOf(markup: InlineKeyboardMarkup): Button[] {
  return markup.inline_keyboard.flat();
}
