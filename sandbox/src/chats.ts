import type { Message, MessageEntity } from '@grammyjs/types';
import type { Telegram } from './telegram.ts';
import { type Bot, type Player, userOf } from './world.ts';

const KEPT_MESSAGES = 1_000;

/** The private chat of the player with the bot, by message id, oldest first. */
export function chatOf(bot: Bot, player: Player): Map<number, Message> {
  const chat = bot.chats.get(player.id) ?? new Map<number, Message>();
  bot.chats.set(player.id, chat);
  return chat;
}

/** Puts a message into the private chat and tells the open host pages. */
export function post(
  telegram: Telegram,
  bot: Bot,
  player: Player,
  author: 'bot' | 'player',
  content: Partial<Message>,
): Message {
  const { is_bot: _, language_code: __, ...person } = userOf(player);
  const message: Message = {
    message_id: telegram.world.nextMessageId(),
    from: author === 'bot' ? botAsUser(bot) : userOf(player),
    chat: { ...person, type: 'private' },
    date: Math.floor(Date.now() / 1000),
    ...content,
  } as Message;
  const chat = chatOf(bot, player);
  chat.set(message.message_id, message);
  if (chat.size > KEPT_MESSAGES) {
    const [oldest] = chat.keys();
    if (oldest !== undefined) chat.delete(oldest);
  }
  telegram.events.tell(player.id, { type: 'message', message });
  return message;
}

function botAsUser(bot: Bot) {
  const { id, is_bot, first_name, username } = bot.user;
  return { id, is_bot, first_name, username };
}

/** Marks the commands and links in a plain text, as Telegram does by itself. */
export function detectEntities(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const match of text.matchAll(/(?<=^|\s)(?:(\/\w{1,64}(?:@\w{1,32})?)|(https?:\/\/[^\s<>"]+))/g)) {
    found.push({ type: match[1] ? 'bot_command' : 'url', offset: match.index, length: match[0].length });
  }
  return found;
}
