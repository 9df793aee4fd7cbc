import { describe, expect, test } from 'vitest';
import { startSandbox } from './fixtures.ts';

const PRICES = JSON.stringify([{ label: 'Shield', amount: 25 }]);
const FIELDS = {
  title: 'Shield',
  description: 'Takes one hit',
  payload: 'a b&ü',
  currency: 'XTR',
  prices: PRICES,
};

function multipart(): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(FIELDS)) form.set(name, value);
  return form;
}

describe('arguments may come', () => {
  test.each<[string, (root: string) => Promise<Response>]>([
    ['in the query of a GET', (root) => fetch(`${root}/createInvoiceLink?${new URLSearchParams(FIELDS)}`)],
    [
      'in the query of a POST',
      (root) => fetch(`${root}/createInvoiceLink?${new URLSearchParams(FIELDS)}`, { method: 'POST' }),
    ],
    [
      'as a form',
      (root) => fetch(`${root}/createInvoiceLink`, { method: 'POST', body: new URLSearchParams(FIELDS) }),
    ],
    ['as multipart', (root) => fetch(`${root}/createInvoiceLink`, { method: 'POST', body: multipart() })],
    [
      'as JSON with nested values',
      (root) =>
        fetch(`${root}/createInvoiceLink`, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ ...FIELDS, prices: JSON.parse(PRICES) }),
        }),
    ],
    [
      'as JSON with JSON in texts, to a name in other letters, under /test/',
      (root) =>
        fetch(`${root}/test/CREATEinvoiceLINK`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(FIELDS),
        }),
    ],
  ])('%s', async (_way, send) => {
    const sandbox = await startSandbox();
    const response = await send(`${sandbox.apiRoot}/bot${sandbox.bot.token}`);
    const { ok, result } = await response.json();
    expect(ok).toBe(true);
    const { id } = sandbox.control.players({});
    const form = await fetch(`${sandbox.apiRoot}/host/form`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: id, slug: result.split('$')[1] }),
    });
    expect(await form.json()).toMatchObject({ title: 'Shield', priceStars: 25, balance: 1000 });
    expect(sandbox.control.state()).toMatchObject({ invoices: [{ payload: 'a b&ü' }] });
    expect(sandbox.control.calls('createinvoicelink').calls).toMatchObject([
      { method: 'createInvoiceLink', ok: true, status: 200, params: { title: 'Shield' } },
    ]);
  });
});

describe('the envelope', () => {
  const TOKEN = '7000000001:sandbox-only-this-bot-exists-nowhere-else';
  test.each<[string, string, number, string]>([
    ['an unknown method', `/bot${TOKEN}/getGalaxy`, 404, 'Not Found: method not found'],
    ['a method that is not covered', `/bot${TOKEN}/sendGift`, 404, 'Not Found: method not found'],
    ['a path that is not /bot', '/getMe', 404, 'Not Found'],
    ['a path without method', `/bot${TOKEN}`, 404, 'Not Found'],
    ['a revoked token', '/bot7000000001:another/getMe', 401, 'Unauthorized'],
    ['a token without secret', '/bot7000000001/getMe', 401, 'Unauthorized: invalid token specified'],
    ['a token that starts with 0', '/bot07:abc/getMe', 401, 'Unauthorized: invalid token specified'],
    ['a token that is none', '/botabc:def/getMe', 401, 'Unauthorized: invalid token specified'],
  ])('%s', async (_what, path, status, description) => {
    const sandbox = await startSandbox();
    const response = await fetch(sandbox.apiRoot + path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ ok: false, error_code: status, description });
  });

  test.each<[string, string, string]>([
    ['no object', '[1]', 'Bad Request: JSON object expected'],
    ['broken JSON', '{"chat_id":', 'Bad Request: expected next field or object end'],
  ])('a JSON body with %s', async (_what, body, description) => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.apiRoot}/bot${sandbox.bot.token}/getMe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await response.json()).toEqual({ ok: false, error_code: 400, description });
  });

  test('429 says how long to wait in three places', async () => {
    const sandbox = await startSandbox();
    sandbox.control.faults({ too_many_requests: { method: 'getMe', retryAfter: 7, count: 1 } });
    const url = `${sandbox.apiRoot}/bot${sandbox.bot.token}/getMe`;
    const response = await fetch(url);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect(await (await fetch(url)).json()).toMatchObject({
      ok: true,
      result: { id: 7_000_000_001, is_bot: true, username: 'sandbox_bot', can_join_groups: true },
    });
  });

  test('of the Bot API nothing is readable from a page of another origin', async () => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.apiRoot}/bot${sandbox.bot.token}/getMe`, {
      headers: { origin: 'https://example.com' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
