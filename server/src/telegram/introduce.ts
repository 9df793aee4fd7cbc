import { LANGUAGES } from '@stardrift/shared/catalog';
import type { Bot } from 'grammy';
import type { Config } from '../config.ts';
import { knowItself } from './bot.ts';
import { ALLOWED_UPDATES } from './deliver.ts';
import { words } from './words/words.ts';

/** Learns the bot's own name and tells Telegram where its updates go. Safe to repeat. */
export async function register(bot: Bot, { publicUrl, updates }: Config): Promise<void> {
  await knowItself(bot);
  if (updates.kind === 'polling') {
    await bot.api.deleteWebhook();
    return;
  }
  await bot.api.setWebhook(`${publicUrl}/telegram/webhook`, {
    secret_token: updates.secret,
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 100,
  });
}

/** Tells Telegram what players read of the bot. Telegram limits how often, so no payment may depend on it. */
export async function introduce(bot: Bot, { publicUrl }: Config): Promise<void> {
  for (const language of LANGUAGES) {
    // English stands for every language we have no words in.
    const scope = language === 'en' ? {} : { language_code: language };
    const { commands, description } = words[language];
    const list = Object.entries(commands).map(([command, text]) => ({ command, description: text }));
    await bot.api.setMyCommands(list, scope);
    await bot.api.setMyDescription(description, scope);
  }
  await bot.api.setChatMenuButton({
    menu_button: { type: 'web_app', text: words.en.play, web_app: { url: publicUrl } },
  });
}
