import { CLOCK } from './clock.ts';
import { button, h } from './dom.ts';
import { star } from './icons.ts';
import { commandEntities, type InlineButton, type Message, type MessageEntity, spans } from './message.ts';
import type { Words } from './words.ts';

export interface BubbleCommands {
  say: (text: string) => void;
  openGame: (url: string) => void;
  press: (message: Message, data: string) => void;
  pay: (message: Message) => void;
  /** Goes where a link leads, if that is within Telegram; false where a browser has to. */
  follow: (href: string) => boolean;
}

const INLINE_TAGS: Record<string, 'b' | 'i' | 'u' | 's' | 'code' | 'pre' | 'blockquote'> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

function wrap(inner: Node, entity: MessageEntity, text: string, { say, follow }: BubbleCommands): Node {
  if (entity.type === 'bot_command') {
    const command = h('button', { class: 'command-link', attrs: { type: 'button' } }, inner);
    command.addEventListener('click', () => say(text));
    return command;
  }
  if (entity.type === 'url' || entity.type === 'text_link') {
    const href = entity.url ?? (text.includes('://') ? text : `https://${text}`);
    if (!/^https?:\/\//i.test(href)) return inner;
    const link = h('a', { attrs: { href, target: '_blank', rel: 'noopener noreferrer' } }, inner);
    link.addEventListener('click', (event) => follow(href) && event.preventDefault());
    return link;
  }
  const tag = INLINE_TAGS[entity.type];
  return tag === undefined ? inner : h(tag, {}, inner);
}

function textView(message: Message, commands: BubbleCommands): HTMLElement {
  const { text = '', entities } = message;
  const view = h('p', { class: 'text' });
  for (const span of spans(text, entities?.length ? entities : commandEntities(text))) {
    let node: Node = document.createTextNode(span.text);
    for (const entity of span.entities.toReversed()) node = wrap(node, entity, span.text, commands);
    view.append(node);
  }
  return view;
}

function inlineButton(
  message: Message,
  { text, ...target }: InlineButton,
  commands: BubbleCommands,
  words: Words,
) {
  if (target.url !== undefined && /^https?:\/\//i.test(target.url)) {
    const attrs = { href: target.url, target: '_blank', rel: 'noopener noreferrer' };
    return h('a', { class: 'inline-button', attrs }, text);
  }
  const { web_app: webApp, callback_data: data, pay } = target;
  const press = (): void => {
    if (webApp) commands.openGame(webApp.url);
    else if (data !== undefined) commands.press(message, data);
    else if (pay) commands.pay(message);
  };
  const stars = message.invoice?.total_amount ?? 0;
  const name = pay ? words.payName(stars, message.invoice?.title ?? '') : text;
  // Telegram draws the emoji a bot wrote as its own Stars sign.
  const label = pay ? [text.replace(/⭐️?|XTR/gu, '').trim(), star()] : [text];
  return button(name, 'inline-button', press, ...label);
}

function keyboard(message: Message, commands: BubbleCommands, words: Words): HTMLElement | undefined {
  const given = message.reply_markup?.inline_keyboard;
  const rows = given ?? (message.invoice ? [[{ text: words.pay, pay: true }]] : undefined);
  if (!rows) return undefined;
  const drawn = rows.map((row) =>
    h('div', { class: 'inline-row' }, ...row.map((entry) => inlineButton(message, entry, commands, words))),
  );
  return h('div', { class: 'inline-keyboard' }, ...drawn);
}

function serviceLine(text: string, stars: number): HTMLElement {
  return h('p', { class: 'service' }, `${text} `, h('span', { class: 'amount' }, star(), String(stars)));
}

function invoiceView({
  title,
  description,
  total_amount: stars,
}: NonNullable<Message['invoice']>): HTMLElement {
  return h(
    'div',
    { class: 'invoice' },
    h('div', { class: 'invoice-emblem' }, star()),
    h('strong', {}, title),
    h('p', {}, description),
    h('span', { class: 'amount' }, star(), String(stars)),
  );
}

/** Draws one message of the chat. Everything a bot wrote becomes text, never markup. */
export function bubble(
  message: Message,
  botName: string,
  commands: BubbleCommands,
  words: Words,
): HTMLElement {
  const attrs = { 'data-message-id': message.message_id };
  if (message.successful_payment) {
    const line = serviceLine(words.paidLine(botName), message.successful_payment.total_amount);
    return h('li', { class: 'message is-service', attrs }, line);
  }
  if (message.refunded_payment) {
    const line = serviceLine(words.refundedLine(botName), message.refunded_payment.total_amount);
    return h('li', { class: 'message is-service', attrs }, line);
  }
  const time = new Date(message.date * 1000).toLocaleTimeString([], CLOCK);
  const stamp = message.edit_date === undefined ? time : `${words.edited} ${time}`;
  const body = h(
    'div',
    { class: 'bubble' },
    message.invoice ? invoiceView(message.invoice) : textView(message, commands),
    h('time', { class: 'stamp' }, stamp),
  );
  const side = message.from?.is_bot === true ? 'is-bot' : 'is-player';
  return h('li', { class: `message ${side}`, attrs }, body, keyboard(message, commands, words));
}
