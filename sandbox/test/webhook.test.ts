import { createServer } from 'node:http';
import { webhookCallback } from 'grammy';
import { describe, expect, test } from 'vitest';
import {
  agree,
  deferred,
  isPayment,
  isPreCheckout,
  listen,
  PATIENCE,
  startBot,
  startReceiver,
  startSandbox,
  startShop,
} from './fixtures.ts';

describe('a grammY bot on the webhook', () => {
  test('sells for Stars', async () => {
    const sandbox = await startSandbox();
    const bot = await startBot(sandbox);
    const { promise: paid, resolve } = deferred<unknown>();
    bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true));
    bot.on('message:successful_payment', (ctx) => resolve(ctx.message));
    const hook = webhookCallback(bot, 'http', { secretToken: 'only_for_us-1' });
    const root = await listen(createServer((request, response) => void hook(request, response)));
    await bot.api.setWebhook(root, {
      secret_token: 'only_for_us-1',
      allowed_updates: ['message', 'pre_checkout_query'],
    });

    const { id } = sandbox.control.players({ id: 77, first_name: 'Ada', username: 'ada', stars: 100 });
    const url = await bot.api.createInvoiceLink('Shield', 'Takes one hit', 'order-1', '', 'XTR', [
      { label: 'Shield', amount: 25 },
    ]);
    const { status, chargeId } = await sandbox.control.pay({ userId: id, url });

    expect(status).toBe('paid');
    expect(chargeId).toMatch(/^stx/);
    expect(await paid).toEqual({
      message_id: expect.any(Number),
      from: { id: 77, is_bot: false, first_name: 'Ada', username: 'ada', language_code: 'en' },
      chat: { id: 77, first_name: 'Ada', username: 'ada', type: 'private' },
      date: expect.any(Number),
      successful_payment: {
        currency: 'XTR',
        total_amount: 25,
        invoice_payload: 'order-1',
        telegram_payment_charge_id: chargeId,
        provider_payment_charge_id: '77_0',
      },
    });
  });

  test('turns away a delivery whose secret is wrong, and gets it again', async () => {
    const sandbox = await startSandbox();
    const bot = await startBot(sandbox);
    const hook = webhookCallback(bot, 'http', { secretToken: 'right' });
    const root = await listen(createServer((request, response) => void hook(request, response)));
    await bot.api.setWebhook(root, { secret_token: 'wrong' });
    sandbox.control.players({ id: 77 });
    const { promise: heard, resolve } = deferred<string>();
    bot.on('message:text', (ctx) => resolve(ctx.message.text));
    await say(sandbox.apiRoot, 77, 'hello');
    await expect
      .poll(async () => (await bot.api.getWebhookInfo()).last_error_message, PATIENCE)
      .toBe('Wrong response from the webhook: 401 Unauthorized');
    await bot.api.setWebhook(root, { secret_token: 'right' });
    expect(await heard).toBe('hello');
  });
});

describe('delivery', () => {
  test('carries the secret in its header, as JSON', async () => {
    const { sandbox, bot, receiver } = await startShop();
    await bot.api.setWebhook(receiver.url, { secret_token: 'abc_-1' });
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, '/start now');
    const [first] = await receiver.waitFor(1);
    expect(first?.headers).toMatchObject({
      'x-telegram-bot-api-secret-token': 'abc_-1',
      'content-type': 'application/json',
    });
    expect(first?.update.message).toMatchObject({
      text: '/start now',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
  });

  test('repeats a failed update at once, then after 2, 4 and 8 units, until it is taken', async () => {
    const { sandbox, bot, receiver } = await startShop({
      timings: { retryUnitMs: 80, retryCapMinMs: 10_000, retryCapMaxMs: 10_000 },
    });
    receiver.reply = (_update, nth) => ({ status: nth <= 4 ? 500 : 204 });
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'hello');
    const tries = await receiver.waitFor(5);
    const waits = tries.slice(1).map(({ atMs }, index) => atMs - (tries[index]?.atMs ?? 0));
    expect(waits[0]).toBeLessThan(160);
    for (const [index, units] of [2, 4, 8].entries()) {
      expect(waits[index + 1]).toBeGreaterThanOrEqual(units * 80 - 2);
    }
    expect(new Set(tries.map(({ update }) => update.update_id)).size).toBe(1);
    await expect.poll(async () => (await bot.api.getWebhookInfo()).pending_update_count, PATIENCE).toBe(0);
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
      last_error_date: expect.any(Number),
    });
  });

  test('obeys Retry-After', async () => {
    const { sandbox, receiver } = await startShop({ timings: { retryAfterSecondMs: 50 } });
    receiver.reply = (_update, nth) =>
      nth === 1 ? { status: 503, headers: { 'retry-after': '3' } } : { status: 200 };
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'hello');
    const [first, second] = await receiver.waitFor(2);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(148);
  });

  test('drops an update when its next try would come after its time', async () => {
    const { sandbox, bot, receiver } = await startShop({ timings: { messageLifeMs: 150, retryUnitMs: 50 } });
    receiver.reply = (update) => ({ status: update.message?.text === 'lost' ? 500 : 200 });
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'lost');
    await expect.poll(async () => (await bot.api.getWebhookInfo()).pending_update_count, PATIENCE).toBe(0);
    await say(sandbox.apiRoot, 77, 'found');
    await receiver.waitFor(1, (update) => update.message?.text === 'found');
  });

  test('keeps the order within a chat; a stuck chat holds up no other, nor its own pre-checkout', async () => {
    const { sandbox, receiver, url, player } = await startShop({ timings: { retryUnitMs: 5 } });
    const other = sandbox.control.players({ stars: 100 });
    let stuck = true;
    receiver.reply = (update) => {
      if (isPreCheckout(update)) return agree(update);
      return { status: stuck && update.message?.chat.id === player.id ? 500 : 200 };
    };
    await say(sandbox.apiRoot, player.id, 'one');
    await say(sandbox.apiRoot, player.id, 'two');
    expect(await sandbox.control.pay({ userId: other.id, url })).toMatchObject({ status: 'paid' });
    await receiver.waitFor(1, isPayment);
    void sandbox.control.pay({ userId: player.id, url });
    await receiver.waitFor(2, isPreCheckout);
    const texts = () =>
      receiver.delivered.map(({ update }) => update.message?.text).filter((text) => text !== undefined);
    expect(new Set(texts())).toEqual(new Set(['one']));
    stuck = false;
    await receiver.waitFor(1, (update) => isPayment(update) && update.message?.chat.id === player.id);
    expect(texts().slice(-2)).toEqual(['one', 'two']);
  });

  test('never has two updates of one chat on the way at once', async () => {
    const { sandbox, receiver } = await startShop();
    let open = 0;
    let most = 0;
    receiver.reply = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return { status: 200 };
    };
    sandbox.control.players({ id: 77 });
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => say(sandbox.apiRoot, 77, text)));
    const all = await receiver.waitFor(4);
    expect(most).toBe(1);
    const ids = all.map(({ update }) => update.update_id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  test('carries out a method in the answer, but none that gets or sets webhooks', async () => {
    const { sandbox, receiver } = await startShop();
    const replies = [
      { method: 'sendMessage', text: 'pong' },
      { method: 'getMe' },
      { method: 'deleteWebhook' },
    ];
    receiver.reply = (update) => ({
      status: 200,
      body: { chat_id: update.message?.chat.id, ...replies.shift() },
    });
    sandbox.control.players({ id: 77 });
    for (const text of ['a', 'b', 'c']) await say(sandbox.apiRoot, 77, text);
    await receiver.waitFor(3);
    await expect.poll(() => sandbox.control.calls('sendMessage').calls.length, PATIENCE).toBe(1);
    expect(sandbox.control.calls('sendMessage').calls).toMatchObject([
      { ok: true, params: { text: 'pong', chat_id: 77 } },
    ]);
    expect(sandbox.control.calls('deleteWebhook').calls).toEqual([]);
    expect(sandbox.control.calls('getMe').calls).toHaveLength(1);
  });
});

describe('a webhook', () => {
  test('gets no more updates at once than it said', async () => {
    const { sandbox, bot, receiver } = await startShop();
    await bot.api.setWebhook(receiver.url, { max_connections: 2 });
    let open = 0;
    let most = 0;
    receiver.reply = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 10));
      open -= 1;
      return { status: 200 };
    };
    for (const id of [71, 72, 73, 74, 75, 76]) sandbox.control.players({ id });
    await Promise.all([71, 72, 73, 74, 75, 76].map((id) => say(sandbox.apiRoot, id, 'hello')));
    await receiver.waitFor(6);
    expect(most).toBe(2);
  });

  test('that is gone for long enough is removed; its updates wait', async () => {
    const { sandbox, bot, receiver } = await startShop({ timings: { webhookGoneMs: 30, retryUnitMs: 10 } });
    receiver.reply = () => ({ status: 410 });
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'hello');
    await expect.poll(async () => (await bot.api.getWebhookInfo()).url, PATIENCE).toBe('');
    expect(await bot.api.getUpdates()).toMatchObject([{ message: { text: 'hello' } }]);
  });

  test('that refuses connections is written down as such', async () => {
    const { sandbox, bot } = await startShop();
    await bot.api.setWebhook('http://127.0.0.1:9/');
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'hello');
    await expect
      .poll(async () => (await bot.api.getWebhookInfo()).last_error_message, PATIENCE)
      .toBe('Connection refused');
  });

  test('that does not answer in time is asked again', async () => {
    const { sandbox, bot, receiver } = await startShop({ timings: { webhookReadMs: 60 } });
    receiver.reply = (_update, nth) => (nth === 1 ? new Promise(() => {}) : { status: 200 });
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'hello');
    await receiver.waitFor(2);
    expect((await bot.api.getWebhookInfo()).last_error_message).toBe('Read timeout expired');
  });
});

describe('setting a webhook', () => {
  test('says what became of it', async () => {
    const sandbox = await startSandbox();
    const receiver = await startReceiver();
    const call = async (method: string, parameters: Record<string, string> = {}) => {
      const query = new URLSearchParams(parameters);
      return (await (await fetch(`${sandbox.apiRoot}/bot${sandbox.bot.token}/${method}?${query}`)).json())
        .description;
    };
    expect(await call('deleteWebhook')).toBe('Webhook is already deleted');
    expect(await call('setWebhook', { url: receiver.url })).toBe('Webhook was set');
    expect(await call('setWebhook', { url: receiver.url })).toBe('Webhook is already set');
    expect(await call('setWebhook', { url: receiver.url, secret_token: 'x' })).toBe('Webhook was set');
    expect(await call('deleteWebhook')).toBe('Webhook was deleted');
  });

  test('is allowed once a second', async () => {
    const sandbox = await startSandbox({ timings: { setWebhookEveryMs: 60_000 } });
    const bot = await startBot(sandbox);
    await bot.api.setWebhook('http://127.0.0.1:9/');
    await expect(bot.api.setWebhook('http://127.0.0.1:9/')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    });
  });

  test('shows in getWebhookInfo', async () => {
    const sandbox = await startSandbox();
    const bot = await startBot(sandbox);
    expect(await bot.api.getWebhookInfo()).toEqual({
      url: '',
      has_custom_certificate: false,
      pending_update_count: 0,
    });
    await bot.api.setWebhook('http://localhost:9/hook', { max_connections: 5, allowed_updates: ['message'] });
    expect(await bot.api.getWebhookInfo()).toEqual({
      url: 'http://localhost:9/hook',
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 5,
      ip_address: '127.0.0.1',
      allowed_updates: ['message'],
    });
  });

  test('can drop what is pending', async () => {
    const sandbox = await startSandbox();
    const bot = await startBot(sandbox);
    const receiver = await startReceiver();
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'old');
    expect((await bot.api.getWebhookInfo()).pending_update_count).toBe(1);
    await bot.api.setWebhook(receiver.url, { drop_pending_updates: true });
    await say(sandbox.apiRoot, 77, 'new');
    await receiver.waitFor(1);
    expect(receiver.delivered.map(({ update }) => update.message?.text)).toEqual(['new']);
  });

  test('delivers what was pending', async () => {
    const sandbox = await startSandbox();
    const bot = await startBot(sandbox);
    const receiver = await startReceiver();
    sandbox.control.players({ id: 77 });
    await say(sandbox.apiRoot, 77, 'old');
    await bot.api.setWebhook(receiver.url);
    await receiver.waitFor(1, (update) => update.message?.text === 'old');
  });
});

/** A player writes to the bot. */
async function say(root: string, userId: number, text: string): Promise<void> {
  const response = await fetch(`${root}/host/message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, text }),
  });
  expect(response.status).toBe(200);
}
