import type { MessageEntity } from '@grammyjs/types';
import { detectEntities } from '../chats.ts';
import { type Arguments, isFields } from './arguments.ts';
import { badRequest } from './envelope.ts';

export interface FormattedText {
  text: string;
  entities?: MessageEntity[];
}

const LENGTH_MAX = 4096;

/** Reads `text` with `parse_mode` (HTML) or `entities`, else marks links and commands by itself. */
export function readText(args: Arguments): FormattedText {
  const { text, entities } = trimmed(formatted(args));
  if (text === '') throw badRequest('Message text is empty');
  if (text.length > LENGTH_MAX) throw badRequest('message is too long');
  const all = entities.length > 0 ? entities : detectEntities(text);
  return { text, ...(all.length > 0 && { entities: all }) };
}

function formatted(args: Arguments): { text: string; entities: MessageEntity[] } {
  const text = args.text('text');
  const mode = args.text('parse_mode').toLowerCase();
  if (mode === 'html') return parseHtml(text);
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  const entities = args.json('entities', "can't parse entities JSON object") ?? [];
  if (!Array.isArray(entities)) throw badRequest('expected an Array of MessageEntity');
  if (!entities.every(isFields)) throw badRequest("can't parse MessageEntity: expected an Object");
  return { text, entities: entities as unknown as MessageEntity[] };
}

function trimmed({ text, entities }: { text: string; entities: MessageEntity[] }): Required<FormattedText> {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.map((entity) => {
    const from = Math.max(entity.offset - start, 0);
    const to = Math.min(entity.offset + entity.length - start, kept.length);
    return { ...entity, offset: from, length: to - from };
  });
  return { text: kept, entities: moved.filter(({ length }) => length > 0) };
}

const TAGS: Readonly<Record<string, MessageEntity['type']>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
};

const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  name: string;
  offset: number;
  href: string;
}

/** Telegram's HTML: a closed list of tags, every one closed, four named characters and numeric ones. */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  for (const match of source.matchAll(
    /<(\/?)([a-z-]+)([^<>]*)>|&(?:(lt|gt|amp|quot)|#(\d+)|#x([\da-f]+));|./gisu,
  )) {
    const [all, slash, tag, attributes = '', named, decimal, hex] = match;
    const at = Buffer.byteLength(source.slice(0, match.index));
    const name = tag?.toLowerCase();
    if (named) text += CHARACTERS[named.toLowerCase()];
    else if (decimal || hex)
      text += String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16));
    else if (name === undefined) text += plain(all, at);
    else if (slash) close(name, at);
    else start(name, attributes, at);
  }
  const left = open.pop();
  if (left)
    throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };

  function plain(character: string, at: number): string {
    if (character !== '<') return character;
    throw badRequest(`can't parse entities: Unsupported start tag "" at byte offset ${at}`);
  }

  function start(name: string, attributes: string, at: number): void {
    if (!TAGS[name])
      throw badRequest(`can't parse entities: Unsupported start tag "${name}" at byte offset ${at}`);
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(attributes);
    open.push({ name, offset: text.length, href: href?.[1] ?? href?.[2] ?? href?.[3] ?? '' });
  }

  function close(name: string, at: number): void {
    const tag = open.pop();
    if (!tag) throw badRequest(`can't parse entities: Unexpected end tag at byte offset ${at}`);
    if (tag.name !== name) {
      throw badRequest(
        `can't parse entities: Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`,
      );
    }
    const length = text.length - tag.offset;
    const type = TAGS[name];
    if (!type || length === 0 || (type === 'text_link' && tag.href === '')) return;
    const place = { offset: tag.offset, length };
    entities.push(
      (type === 'text_link' ? { type, ...place, url: tag.href } : { type, ...place }) as MessageEntity,
    );
  }
}
