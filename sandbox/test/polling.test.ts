import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../src/sandbox.ts';
import { deferred, startBot, startSandbox } from './fixtures.ts';

const FIVE = [{ label: 'Shield', amount: 5 }];

function write(sandbox: Sandbox, userId: number, text: string): Promise<Response> {
  return fetch(`${sandbox.apiRoot}/host/message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, text }),
  });
}

test('a grammY bot that polls sells for Stars', async () => {
  const sandbox = await startSandbox();
  const bot = await startBot(sandbox);
  const payloads: string[] = [];
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true));
  bot.on('message:successful_payment', (ctx) => {
    payloads.push(ctx.message.successful_payment.invoice_payload);
  });
  const { promise: started, resolve } = deferred<void>();
  const running = bot.start({ onStart: () => resolve() });
  onTestFinished(async () => {
    await bot.stop();
    await running;
  });
  await started;
  const { id } = sandbox.control.players({});
  const url = await bot.api.createInvoiceLink('Shield', 'x', 'order-1', '', 'XTR', FIVE);
  expect(await sandbox.control.pay({ userId: id, url })).toMatchObject({ status: 'paid' });
  expect(payloads).toEqual(['order-1']);
});

describe('getUpdates', () => {
  test('gives the same updates again until the offset confirms them', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    sandbox.control.players({ id: 77 });
    for (const text of ['a', 'b', 'c']) await write(sandbox, 77, text);
    const texts = async (offset: number, limit = 100) =>
      (await api.getUpdates({ offset, limit })).map(({ message }) => message?.text);
    const [first] = await api.getUpdates({ limit: 1 });
    const id = first?.update_id ?? 0;
    expect(await texts(id)).toEqual(['a', 'b', 'c']);
    expect(await texts(id + 1, 1)).toEqual(['b']);
    expect(await texts(-1)).toEqual(['c']);
    expect(await texts(id + 3)).toEqual([]);
  });

  test('waits for the first update and ends with it', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    sandbox.control.players({ id: 77 });
    const waiting = api.getUpdates({ timeout: 30 });
    await write(sandbox, 77, 'hello');
    expect(await waiting).toMatchObject([{ message: { text: 'hello' } }]);
  });

  test('slows down a caller that repeats its offset', async () => {
    const sandbox = await startSandbox({ timings: { pollSlowdownMs: 600 } });
    const { api } = await startBot(sandbox);
    const start = Date.now();
    await api.getUpdates({ offset: 5 });
    expect(Date.now() - start).toBeLessThan(500);
    await api.getUpdates({ offset: 5 });
    expect(Date.now() - start).toBeGreaterThanOrEqual(599);
  });

  test.each<[string, (api: Awaited<ReturnType<typeof startBot>>['api']) => Promise<unknown>, string]>([
    [
      'another getUpdates',
      (api) => api.getUpdates({ offset: 2, timeout: 1 }),
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    ],
    [
      'setWebhook',
      (api) => api.setWebhook('http://127.0.0.1:9/'),
      'Conflict: terminated by setWebhook request',
    ],
  ])('is ended by %s', async (_what, interrupt, description) => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    const waiting = api.getUpdates({ offset: 1, timeout: 30 });
    const refused = expect(waiting).rejects.toMatchObject({ error_code: 409, description });
    // One more call on the same server, so that the first one has certainly arrived.
    await api.getMe();
    await interrupt(api);
    await refused;
  });

  test('is refused while a webhook is set', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    await api.setWebhook('http://127.0.0.1:9/');
    await expect(api.getUpdates()).rejects.toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
  });

  test('filters when an update is made: what was not allowed then is lost for good', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    sandbox.control.players({ id: 77 });
    await api.getUpdates({ allowed_updates: ['callback_query'] });
    await write(sandbox, 77, 'lost');
    expect(await api.getUpdates({ offset: 1, allowed_updates: ['message'] })).toEqual([]);
    await write(sandbox, 77, 'kept');
    expect(await api.getUpdates({ offset: 2 })).toMatchObject([{ message: { text: 'kept' } }]);
  });

  test('a bot that did not ask for pre-checkout queries sells nothing', async () => {
    const sandbox = await startSandbox({ timings: { preCheckoutMs: 50 } });
    const { api } = await startBot(sandbox);
    await api.getUpdates({ allowed_updates: ['message'] });
    const { id } = sandbox.control.players({});
    const url = await api.createInvoiceLink('Shield', 'x', 'order-1', '', 'XTR', FIVE);
    expect(await sandbox.control.pay({ userId: id, url })).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_TIMEOUT',
    });
  });
});
