import type { Message } from '@grammyjs/types';
import { chatOf, post } from '../chats.ts';
import type { Telegram } from '../telegram.ts';
import type { Bot, Player } from '../world.ts';
import { type Arguments, integerField, isFields } from './arguments.ts';
import { ApiError, badRequest } from './envelope.ts';
import { readReplyMarkup } from './markup.ts';
import { DONE, type Method } from './method.ts';
import { readText } from './text.ts';

export const sendMessage: Method = (telegram, bot, args) => {
  const text = readText(args);
  const replyMarkup = readReplyMarkup(args);
  const player = recipient(telegram, args);
  const message = post(telegram, bot, player, 'bot', {
    ...readReply(bot, player, args),
    ...text,
    ...(replyMarkup && { reply_markup: replyMarkup }),
  });
  return { result: message };
};

export const editMessageText: Method = (telegram, bot, args) => {
  const text = readText(args);
  const replyMarkup = readReplyMarkup(args);
  if (args.text('chat_id') === '' && args.text('message_id') === '')
    throw badRequest('message identifier is not specified');
  const { player, message } = findMessage(telegram, bot, args, 'message to edit');
  if (message.from?.id !== bot.user.id || message.text === undefined)
    throw badRequest("message can't be edited");
  const { entities: _, reply_markup: __, edit_date: ___, ...rest } = message;
  const edited = { ...rest, ...text, ...(replyMarkup && { reply_markup: replyMarkup }) } as Message;
  if (isSame(message, edited))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  edited.edit_date = Math.floor(Date.now() / 1000);
  chatOf(bot, player).set(message.message_id, edited);
  telegram.events.tell(player.id, { type: 'edited', message: edited });
  return { result: edited };
};

function isSame(before: Message, after: Message): boolean {
  const content = ({ text, entities, reply_markup }: Message) =>
    JSON.stringify([text, entities, reply_markup]);
  return content(before) === content(after);
}

export const deleteMessage: Method = (telegram, bot, args) => {
  if (args.text('chat_id') === '') throw badRequest('Chat identifier is not specified');
  if (args.integer('message_id', 0) === 0) throw badRequest('Message identifier is not specified');
  const { player, message } = findMessage(telegram, bot, args, 'message to delete');
  chatOf(bot, player).delete(message.message_id);
  telegram.events.tell(player.id, { type: 'deleted', messageId: message.message_id });
  return DONE;
};

export const answerCallbackQuery: Method = (telegram, bot, args) => {
  const id = args.text('callback_query_id');
  const query = bot.openCallbacks.get(id);
  bot.openCallbacks.delete(id);
  if (!query || query.expiresAtMs < Date.now()) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = args.text('text');
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
  const url = args.text('url');
  telegram.events.tell(query.userId, {
    type: 'callback_answer',
    ...(text && { text }),
    ...(args.flag('show_alert') && { showAlert: true }),
    ...(url && { url }),
  });
  return DONE;
};

/** The player whose private chat `chat_id` names; the sandbox has no other chats. */
export function recipient(telegram: Telegram, args: Arguments): Player {
  if (args.text('chat_id') === '') throw badRequest('chat_id is empty');
  const player = telegram.world.players.get(args.integer('chat_id', 0));
  if (!player) throw badRequest('chat not found');
  if (player.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return player;
}

function findMessage(
  telegram: Telegram,
  bot: Bot,
  args: Arguments,
  what: string,
): { player: Player; message: Message } {
  const player = recipient(telegram, args);
  const message = chatOf(bot, player).get(args.integer('message_id', 0));
  if (!message) throw badRequest(`${what} not found`);
  return { player, message };
}

/** The message that `reply_parameters` name, as part of the answering message. */
export function readReply(bot: Bot, player: Player, args: Arguments): Pick<Message, 'reply_to_message'> {
  const value = args.json('reply_parameters', "Can't parse reply parameters JSON object");
  if (!isFields(value)) return {};
  const replied = chatOf(bot, player).get(integerField(value, 'message_id'));
  if (!replied && value.allow_sending_without_reply !== true)
    throw badRequest('message to be replied not found');
  return replied ? ({ reply_to_message: replied } as Pick<Message, 'reply_to_message'>) : {};
}
