import { readFileSync } from 'node:fs';
import { type CommandParser, defineScript } from 'redis';

/** What a script answers: a word, then what it tells of it. The words are listed at the head of each file. */
export type Reply = (string | number)[];

/** The scripts stand beside `src` and `dist`, so that both find them without a copy. */
const read = (file: string): string =>
  readFileSync(new URL(`../../lua/${file}.lua`, import.meta.url), 'utf8');

const FIRST_LINE = '#!lua\n';

/** The first line makes Redis refuse a key of another slot. What the scripts share follows it, since Lua can't include. */
function script(file: string) {
  return defineScript({
    SCRIPT: `${FIRST_LINE}${read('shared')}${read(file).slice(FIRST_LINE.length)}`,
    parseCommand(parser: CommandParser, keys: string[], args: (string | number)[]) {
      // The number of keys goes first, as EVALSHA wants it.
      parser.push(String(keys.length));
      parser.pushKeys(keys);
      parser.push(...args.map(String));
    },
    transformReply: (reply: unknown): Reply => reply as Reply,
  });
}

export const scripts = {
  placeOrder: script('place_order'),
  keepInvoice: script('keep_invoice'),
  markReady: script('mark_ready'),
  markHeld: script('mark_held'),
  endOrder: script('end_order'),
  credit: script('credit'),
  hold: script('hold'),
  beginRefund: script('begin_refund'),
  cancelRefund: script('cancel_refund'),
  refund: script('refund'),
  use: script('use'),
  acceptRun: script('accept_run'),
  takeStock: script('take_stock'),
  giveStock: script('give_stock'),
  moveCursor: script('move_cursor'),
};

/** A value in the store that no write of this server can have put there. Nothing was changed. */
export class CorruptValue extends Error {
  constructor(key: string, field: string) {
    super(
      `Redis: the field "${field}" of ${key} is no whole number in bounds; nothing was changed. Mend it by hand.`,
    );
    this.name = 'CorruptValue';
  }
}

/** Throws on the answers that mean a fault, so that callers see only their own words. */
export function wordOf(reply: Reply, key: string): string {
  if (reply[0] === 'corrupt') throw new CorruptValue(key, String(reply[1]));
  return String(reply[0]);
}

export class UnknownReply extends Error {
  constructor(scriptName: string, reply: Reply) {
    super(
      `Redis: ${scriptName} answered ${JSON.stringify(reply)}, which this server does not know. Do versions differ?`,
    );
    this.name = 'UnknownReply';
  }
}
