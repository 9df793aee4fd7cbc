/** The part of the Bot API's Message that the chat draws. */
export interface Message {
  message_id: number;
  date: number;
  from?: { id: number; is_bot?: boolean };
  text?: string;
  entities?: MessageEntity[];
  invoice?: { title: string; description: string; currency: string; total_amount: number };
  successful_payment?: { total_amount: number; invoice_payload: string };
  refunded_payment?: { total_amount: number };
  web_app_data?: { data: string };
  edit_date?: number;
  reply_markup?: { inline_keyboard?: InlineButton[][] };
}

export interface MessageEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

export interface InlineButton {
  text: string;
  url?: string;
  web_app?: { url: string };
  callback_data?: string;
  pay?: boolean;
}

/** A stretch of text with the entities that cover the whole of it, outermost first. */
export interface Span {
  text: string;
  entities: MessageEntity[];
}

/** Cuts a text where an entity begins or ends. Offsets count UTF-16 units, as Telegram's and JavaScript's do. */
export function spans(text: string, entities: readonly MessageEntity[] = []): Span[] {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) {
    cuts.add(Math.min(offset, text.length)).add(Math.min(offset + length, text.length));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    const covering = entities.filter(({ offset, length }) => offset <= start && offset + length >= end);
    return { text: text.slice(start, end), entities: covering };
  });
}

/** Bot commands are links even where the sender marked no entity. */
export function commandEntities(text: string): MessageEntity[] {
  return [...text.matchAll(/(?<=^|\s)\/[a-z0-9_]{1,32}(?![\w/])/gi)].map((match) => ({
    type: 'bot_command',
    offset: match.index,
    length: match[0].length,
  }));
}
