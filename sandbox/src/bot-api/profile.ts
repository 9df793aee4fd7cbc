import type { BotCommand, MenuButton } from '@grammyjs/types';
import type { Bot, Player } from '../world.ts';
import { type Arguments, type Fields, isFields, parsed, textField } from './arguments.ts';
import { badRequest } from './envelope.ts';
import { checkWebApp } from './markup.ts';
import { DONE, type Method } from './method.ts';

export const getMe: Method = (_telegram, bot) => ({ result: bot.user });

export const setMyCommands: Method = (telegram, bot, args) => {
  const commands = readCommands(args);
  bot.setup.commands.set(commandKey(args), commands);
  telegram.events.tellAll({ type: 'state' });
  return DONE;
};

export const getMyCommands: Method = (_telegram, bot, args) => ({
  result: bot.setup.commands.get(commandKey(args)) ?? [],
});

export const deleteMyCommands: Method = (telegram, bot, args) => {
  bot.setup.commands.delete(commandKey(args));
  telegram.events.tellAll({ type: 'state' });
  return DONE;
};

/** The commands a player is offered: the narrowest scope wins, and in it the player's own language. */
export function commandsFor(bot: Bot, player: Player): BotCommand[] {
  for (const scope of [`chat:${player.id}`, 'all_private_chats', 'default']) {
    for (const language of [player.language_code, '']) {
      const commands = bot.setup.commands.get(`${scope} ${language}`);
      if (commands) return commands;
    }
  }
  return [];
}

function commandKey(args: Arguments): string {
  return `${readScope(args)} ${readLanguage(args)}`;
}

function readScope(args: Arguments): string {
  const value = args.json('scope', "Can't parse BotCommandScope JSON object");
  if (value === undefined) return 'default';
  return parsed("Can't parse BotCommandScope", () => {
    if (!isFields(value)) throw new Error('BotCommandScope must be an Object');
    const type = textField(value, 'type');
    if (['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'].includes(type))
      return type;
    if (!['chat', 'chat_administrators', 'chat_member'].includes(type))
      throw new Error('Unsupported type specified');
    const chat = textField(value, 'chat_id');
    if (chat === '') throw new Error('Empty chat_id specified');
    return type === 'chat_member' ? `${type}:${chat}:${textField(value, 'user_id')}` : `${type}:${chat}`;
  });
}

function readLanguage(args: Arguments): string {
  const language = args.text('language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('Invalid language code specified');
  return language;
}

function readCommands(args: Arguments): BotCommand[] {
  const value = args.json('commands', "Can't parse commands JSON object") ?? [];
  if (!Array.isArray(value)) throw badRequest('Expected an Array of BotCommand');
  if (value.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return parsed("Can't parse BotCommand", () => value.map(readCommand));
}

function readCommand(value: unknown): BotCommand {
  if (!isFields(value)) throw new Error('expected an Object');
  const command = textField(value, 'command').replace(/^\//, '');
  const description = textField(value, 'description');
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

export const setChatMenuButton: Method = (telegram, bot, args) => {
  const menuButton = readMenuButton(args);
  const chatId = args.has('chat_id') ? args.userId('chat_id') : 0;
  if (chatId === 0 || menuButton.type !== 'default') bot.setup.menuButtons.set(chatId, menuButton);
  else bot.setup.menuButtons.delete(chatId);
  if (chatId === 0) telegram.events.tellAll({ type: 'menu', menuButton });
  else telegram.events.tell(chatId, { type: 'menu', menuButton: menuButtonFor(bot, chatId) });
  return DONE;
};

export const getChatMenuButton: Method = (_telegram, bot, args) => ({
  result: menuButtonFor(bot, args.has('chat_id') ? args.userId('chat_id') : 0),
});

/** The menu button in that chat: its own, else the bot's. */
export function menuButtonFor(bot: Bot, chatId: number): MenuButton {
  const { menuButtons } = bot.setup;
  return menuButtons.get(chatId) ?? menuButtons.get(0) ?? { type: 'default' };
}

function readMenuButton(args: Arguments): MenuButton {
  const value = args.json('menu_button', "Can't parse menu button JSON object");
  if (value === undefined) return { type: 'default' };
  return parsed("Can't parse menu button", () => {
    if (!isFields(value)) throw new Error('MenuButton must be an Object');
    return menuButtonOf(value);
  });
}

function menuButtonOf(value: Fields): MenuButton {
  const type = textField(value, 'type');
  if (type === 'default' || type === 'commands') return { type };
  if (type !== 'web_app') throw new Error('MenuButton has unsupported type');
  const text = textField(value, 'text');
  return { type, text, web_app: { url: checkWebApp(value, 'Menu button Web App URL') } };
}

export const setMyDescription: Method = (telegram, bot, args) => {
  store(bot.setup.descriptions, args, 'description', 512);
  telegram.events.tellAll({ type: 'state' });
  return DONE;
};

export const getMyDescription: Method = (_telegram, bot, args) => ({
  result: { description: byLanguage(bot.setup.descriptions, readLanguage(args)) },
});

export const setMyShortDescription: Method = (_telegram, bot, args) => {
  store(bot.setup.shortDescriptions, args, 'short_description', 120);
  return DONE;
};

export const getMyShortDescription: Method = (_telegram, bot, args) => ({
  result: { short_description: byLanguage(bot.setup.shortDescriptions, readLanguage(args)) },
});

/** The text for a language, else the one for every language. */
export function byLanguage(texts: ReadonlyMap<string, string>, language: string): string {
  return texts.get(language) ?? texts.get('') ?? '';
}

function store(texts: Map<string, string>, args: Arguments, name: string, most: number): void {
  const text = args.text(name);
  if ([...text].length > most) throw badRequest(`${name.toUpperCase()}_TOO_LONG`);
  if (text === '') texts.delete(readLanguage(args));
  else texts.set(readLanguage(args), text);
}
