import { tap, write } from './announce.ts';
import { Body, Refusal } from './body.ts';
import { byLanguage, commandsFor, menuButtonFor } from './bot-api/profile.ts';
import { chatOf } from './chats.ts';
import { customMethod } from './cloud-storage.ts';
import { findPlayer, purchaseIn, slugOf } from './control.ts';
import { LIGHT_THEME, launchUrl } from './launch.ts';
import type { Purchase } from './payments.ts';
import { somePlayers } from './players.ts';
import type { Telegram } from './telegram.ts';

/** What the host page asks for. Bodies and answers are those of `/host/*`; a wrong one throws a Refusal. */
export interface HostApi {
  session(playerId: unknown): object;
  players(): object;
  launch(body: unknown): { src: string };
  message(body: unknown): object;
  callback(body: unknown): object;
  form(body: unknown): object;
  pay(body: unknown): Promise<Purchase>;
  customMethod(body: unknown): { result: unknown } | { error: string };
}

export function createHostApi(telegram: Telegram): HostApi {
  return {
    session: (playerId) => session(telegram, Number(playerId)),
    players: () => ({ players: brief(telegram) }),
    launch: (body) => launch(telegram, new Body('POST /host/launch', body)),
    message: (body) => message(telegram, new Body('POST /host/message', body)),
    callback: (body) => callback(telegram, new Body('POST /host/callback', body)),
    form: (body) => form(telegram, new Body('POST /host/form', body)),
    pay: (body) => purchaseIn(telegram, new Body('POST /host/pay', body), 'slug'),
    customMethod: (body) => runCustomMethod(telegram, new Body('POST /host/custom-method', body)),
  };
}

function brief(telegram: Telegram): object[] {
  return somePlayers(telegram).map(({ id, first_name }) => ({ id, first_name }));
}

function session(telegram: Telegram, playerId: number): object {
  const { world } = telegram;
  const player = world.players.get(playerId);
  if (!player)
    throw new Refusal(
      404,
      `GET /host/session: no player has the id ${playerId}. GET /host/players lists them.`,
    );
  const bot = world.mainBot;
  const { id, first_name, username, language_code, stars } = player;
  return {
    bot: { id: bot.user.id, first_name: bot.user.first_name, username: bot.user.username },
    player: { id, first_name, ...(username && { username }), language_code, stars },
    players: brief(telegram),
    chat: [...chatOf(bot, player).values()],
    menuButton: menuButtonFor(bot, id),
    commands: commandsFor(bot, player),
    description: byLanguage(bot.setup.descriptions, language_code),
  };
}

function launch(telegram: Telegram, body: Body): { src: string } {
  const player = findPlayer(telegram, body);
  const bot = telegram.world.mainBot;
  const button = menuButtonFor(bot, player.id);
  const url = body.optional('url', 'string') ?? (button.type === 'web_app' ? button.web_app.url : undefined);
  if (url === undefined) {
    return body.refuse(
      'the bot has set no Mini App: it must call setChatMenuButton, or the page must give a "url"',
      409,
    );
  }
  if (!URL.canParse(url)) body.refuse(`"url" is no address: ${url}`);
  const startParam = body.optional('startParam', 'string');
  const theme = body.optional('themeParams', 'object') ?? LIGHT_THEME;
  const src = launchUrl(url, bot, player, {
    platform: body.optional('platform', 'string') ?? 'weba',
    version: body.optional('version', 'string') ?? '9.1',
    themeParams: Object.fromEntries(Object.entries(theme).map(([name, colour]) => [name, String(colour)])),
    ...(startParam && { startParam }),
    fullscreen: body.optional('fullscreen', 'boolean') ?? false,
  });
  return { src };
}

function message(telegram: Telegram, body: Body): object {
  const player = findPlayer(telegram, body);
  const text = body.required('text', 'string').trim();
  if (text === '' || text.length > 4096) body.refuse('"text" must have 1 to 4096 characters');
  return { message: write(telegram, telegram.world.mainBot, player, text) };
}

function callback(telegram: Telegram, body: Body): object {
  const player = findPlayer(telegram, body);
  const bot = telegram.world.mainBot;
  const id = body.required('messageId', 'number');
  const shown = chatOf(bot, player).get(id) ?? body.refuse(`the chat has no message ${id}`, 404);
  tap(telegram, bot, player, shown, body.required('data', 'string'));
  return { ok: true };
}

function form(telegram: Telegram, body: Body): object {
  const player = findPlayer(telegram, body);
  const slug = slugOf(body.required('slug', 'string'));
  const invoice =
    telegram.world.invoices.get(slug) ?? body.refuse('SLUG_INVALID: there is no such invoice', 404);
  if (invoice.spent) body.refuse('INVOICE_ALREADY_PAID: this message was paid before', 409);
  const { title, description, priceStars, photoUrl, subscriptionPeriod } = invoice;
  return {
    title,
    description,
    priceStars,
    balance: player.stars,
    botName: invoice.bot.user.first_name,
    ...(photoUrl && { photoUrl }),
    ...(subscriptionPeriod && { subscriptionPeriod }),
  };
}

function runCustomMethod(telegram: Telegram, body: Body): { result: unknown } | { error: string } {
  const player = findPlayer(telegram, body);
  try {
    return {
      result: customMethod(
        player,
        body.required('method', 'string'),
        body.optional('params', 'object') ?? {},
      ),
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
