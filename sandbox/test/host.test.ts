import type { Message } from '@grammyjs/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HostEvent } from '../src/events.ts';
import type { Sandbox } from '../src/sandbox.ts';
import { isPayment, PATIENCE, startBot, startReceiver, startSandbox, startShop } from './fixtures.ts';

async function ask(sandbox: Sandbox, method: 'GET' | 'POST', path: string, body?: unknown) {
  const response = await fetch(sandbox.apiRoot + path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, body: await response.json() };
}

/** The events of a player's host page, as they come. */
async function listenTo(sandbox: Sandbox, player: number) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`${sandbox.apiRoot}/host/events?player=${player}`, { signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: HostEvent[] = [];
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)));
    }
  })();
  reading.catch((error: Error) => expect(error.name).toBe('AbortError'));
  return events;
}

describe('the session', () => {
  test('begins with Ada when nobody is there', async () => {
    const sandbox = await startSandbox();
    expect((await ask(sandbox, 'GET', '/host/session?player=1')).status).toBe(404);
    const { body } = await ask(sandbox, 'GET', '/host/players');
    expect(body).toEqual({ players: [{ id: 279_058_397, first_name: 'Ada' }] });
    expect((await ask(sandbox, 'GET', '/host/session?player=279058397')).body).toEqual({
      bot: { id: 7_000_000_001, first_name: 'Sandbox Bot', username: 'sandbox_bot' },
      player: { id: 279_058_397, first_name: 'Ada', username: 'ada', language_code: 'en', stars: 1000 },
      players: [{ id: 279_058_397, first_name: 'Ada' }],
      chat: [],
      menuButton: { type: 'default' },
      commands: [],
      description: '',
    });
  });

  test('shows what the bot set, in the language of the player', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    await api.setMyCommands([{ command: 'shop', description: 'Shop' }]);
    await api.setMyCommands([{ command: 'shop', description: 'Магазин' }], { language_code: 'ru' });
    await api.setMyDescription('A game');
    await api.setMyDescription('Игра', { language_code: 'ru' });
    const button = { type: 'web_app', text: 'Play', web_app: { url: 'http://localhost:3000/' } } as const;
    await api.setChatMenuButton({ menu_button: button });
    expect(await api.getChatMenuButton()).toEqual(button);
    expect(await api.getMyCommands({ language_code: 'ru' })).toMatchObject([{ description: 'Магазин' }]);
    expect(await api.getMyCommands({ scope: { type: 'all_private_chats' } })).toEqual([]);
    expect(await api.getMyDescription({ language_code: 'de' })).toEqual({ description: 'A game' });
    for (const [language_code, shop, game] of [
      ['ru', 'Магазин', 'Игра'],
      ['fr', 'Shop', 'A game'],
    ]) {
      const { id } = sandbox.control.players({ language_code });
      expect((await ask(sandbox, 'GET', `/host/session?player=${id}`)).body).toMatchObject({
        commands: [{ command: 'shop', description: shop }],
        description: game,
        menuButton: button,
      });
    }
    const { id } = sandbox.control.players({});
    await api.setMyCommands([{ command: 'mine', description: 'Yours' }], {
      scope: { type: 'chat', chat_id: id },
    });
    await api.setChatMenuButton({ chat_id: id, menu_button: { type: 'commands' } });
    expect((await ask(sandbox, 'GET', `/host/session?player=${id}`)).body).toMatchObject({
      commands: [{ command: 'mine' }],
      menuButton: { type: 'commands' },
    });
    await api.deleteMyCommands({ language_code: 'ru' });
    expect(await api.getMyCommands({ language_code: 'ru' })).toEqual([]);
  });
});

describe('the chat', () => {
  test('goes both ways, with edits, deletions and taps', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    const receiver = await startReceiver();
    await api.setWebhook(receiver.url);
    const { id } = sandbox.control.players({ first_name: 'Ada' });
    const events = await listenTo(sandbox, id);

    await ask(sandbox, 'POST', '/host/message', { userId: id, text: '/start' });
    const markup = { inline_keyboard: [[{ text: 'Buy', callback_data: 'buy' }]] };
    const sent = await api.sendMessage(id, 'Hello <b>you</b> &amp; all, see https://example.com/a', {
      parse_mode: 'HTML',
      reply_markup: markup,
    });
    expect(sent).toMatchObject({
      text: 'Hello you & all, see https://example.com/a',
      entities: [{ type: 'bold', offset: 6, length: 3 }],
      reply_markup: markup,
      chat: { id, type: 'private' },
    });
    await ask(sandbox, 'POST', '/host/callback', { userId: id, messageId: sent.message_id, data: 'buy' });
    const [tap] = await receiver.waitFor(1, (update) => update.callback_query !== undefined);
    expect(tap?.update.callback_query).toMatchObject({
      data: 'buy',
      from: { id },
      message: { message_id: sent.message_id },
    });
    await api.answerCallbackQuery(tap?.update.callback_query?.id ?? '', { text: 'Done', show_alert: true });
    const edited = await api.editMessageText(id, sent.message_id, 'Bought');
    expect(edited).toMatchObject({ text: 'Bought', edit_date: expect.any(Number) });
    expect(edited).not.toHaveProperty('reply_markup');
    await expect(api.editMessageText(id, sent.message_id, 'Bought')).rejects.toThrow(
      /message is not modified/,
    );
    await api.deleteMessage(id, sent.message_id);

    await expect
      .poll(() => events.map(({ type }) => type), PATIENCE)
      .toEqual(['message', 'message', 'callback_answer', 'edited', 'deleted']);
    expect(events[2]).toEqual({ type: 'callback_answer', text: 'Done', showAlert: true });
    const { body } = await ask(sandbox, 'GET', `/host/session?player=${id}`);
    expect(body.chat.map(({ text }: Message) => text)).toEqual(['/start']);
  });

  test('is closed to a bot that was stopped, until the player writes again', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    const { id } = sandbox.control.players({ blocked: true });
    await expect(api.sendMessage(id, 'hello?')).rejects.toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    await ask(sandbox, 'POST', '/host/message', { userId: id, text: 'hi' });
    expect(await api.sendMessage(id, 'hello!')).toMatchObject({ text: 'hello!' });
  });

  test('shows a payment and the new balance at once', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    const events = await listenTo(sandbox, player.id);
    await sandbox.control.pay({ userId: player.id, url });
    await receiver.waitFor(1, isPayment);
    await expect
      .poll(() => events, PATIENCE)
      .toMatchObject([
        { type: 'balance', stars: 75 },
        { type: 'message', message: { successful_payment: { total_amount: 25 } } },
        { type: 'state' },
      ]);
    sandbox.reset();
    await expect.poll(() => events.at(-1), PATIENCE).toEqual({ type: 'reset' });
  });
});

describe('the Mini App', () => {
  test('is opened from the menu button with launch parameters', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    const { id } = sandbox.control.players({});
    const request = {
      userId: id,
      platform: 'ios',
      version: '8.0',
      theme: 'dark',
      themeParams: { bg_color: '#000000' },
    };
    expect(await ask(sandbox, 'POST', '/host/launch', request)).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining('setChatMenuButton') },
    });
    await api.setChatMenuButton({
      menu_button: { type: 'web_app', text: 'Play', web_app: { url: 'http://localhost:3000/?a=1' } },
    });
    const { body } = await ask(sandbox, 'POST', '/host/launch', {
      ...request,
      startParam: 'gift_1',
      fullscreen: true,
    });
    const src = new URL(body.src);
    expect(src.origin + src.pathname + src.search).toBe(
      'http://localhost:3000/?a=1&tgWebAppStartParam=gift_1',
    );
    const parameters = Object.fromEntries(new URLSearchParams(src.hash.slice(1)));
    expect(parameters).toEqual({
      tgWebAppData: expect.stringContaining('start_param=gift_1'),
      tgWebAppVersion: '8.0',
      tgWebAppPlatform: 'ios',
      tgWebAppThemeParams: '{"bg_color":"#000000"}',
      tgWebAppStartParam: 'gift_1',
      tgWebAppFullscreen: '1',
    });
  });

  test('sees the form of an invoice, or why there is none', async () => {
    const { sandbox, url, player } = await startShop();
    const form = (slug: string) => ask(sandbox, 'POST', '/host/form', { userId: player.id, slug });
    expect(await form(url.split('$')[1] ?? '')).toEqual({
      status: 200,
      body: {
        title: 'Shield',
        description: 'Takes one hit',
        priceStars: 25,
        balance: 100,
        botName: 'Sandbox Bot',
      },
    });
    expect(await form('nothing')).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('SLUG_INVALID') },
    });
  });

  test('stores things in the cloud, each player for themselves', async () => {
    const sandbox = await startSandbox();
    const [one, two] = [sandbox.control.players({}).id, sandbox.control.players({}).id];
    const run = async (userId: number, method: string, params: object) =>
      (await ask(sandbox, 'POST', '/host/custom-method', { userId, method, params })).body;
    expect(await run(one, 'saveStorageValue', { key: 'best', value: '42' })).toEqual({ result: true });
    expect(await run(one, 'getStorageValues', { keys: ['best', 'none'] })).toEqual({
      result: { best: '42', none: '' },
    });
    expect(await run(two, 'getStorageKeys', {})).toEqual({ result: [] });
    expect(await run(one, 'getStorageKeys', {})).toEqual({ result: ['best'] });
    expect(await run(one, 'deleteStorageValues', { keys: ['best'] })).toEqual({ result: true });
    expect(await run(one, 'getStorageKeys', {})).toEqual({ result: [] });
    expect(await run(one, 'readMinds', {})).toEqual({ error: 'METHOD_INVALID' });
  });
});
