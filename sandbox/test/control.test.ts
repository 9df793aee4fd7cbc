import { describe, expect, test } from 'vitest';
import { createSandbox } from '../src/sandbox.ts';
import { isPayment, startBot, startReceiver, startSandbox, startShop } from './fixtures.ts';

async function post(root: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(root + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test('a whole purchase over HTTP, as another program sees it', async () => {
  const { sandbox, url } = await startShop();
  const { apiRoot } = sandbox;
  const player = (await post(apiRoot, '/sandbox/players', { first_name: 'Bob', stars: 40 })).body;
  expect(player).toEqual({
    id: expect.any(Number),
    initData: expect.stringMatching(/^query_id=.*&hash=[0-9a-f]{64}$/),
    launchUrl: expect.stringContaining(`${sandbox.url}/play/${player.id}#tgWebAppData=`),
  });
  const paid = await post(apiRoot, '/sandbox/pay', { userId: player.id, url });
  expect(paid).toEqual({ status: 200, body: { status: 'paid', chargeId: expect.stringMatching(/^stx/) } });
  const { chargeId } = paid.body;
  const get = async (path: string) => (await fetch(apiRoot + path)).json();
  expect(await get('/sandbox/ledger')).toMatchObject({ transactions: [{ id: chargeId, amount: 25 }] });
  expect(await get('/sandbox/calls?method=createInvoiceLink')).toMatchObject({
    calls: [
      {
        method: 'createInvoiceLink',
        params: { title: 'Shield' },
        atMs: expect.any(Number),
        ok: true,
        status: 200,
      },
    ],
  });
  expect(await get('/sandbox/state')).toMatchObject({
    bot: { id: sandbox.bot.id, username: 'sandbox_bot', token: sandbox.bot.token, stars: 25 },
    balances: { [player.id]: 15 },
    invoices: [{ url, payload: 'order-1', priceStars: 25 }],
    pendingUpdates: [],
    webhook: { pending_update_count: 0 },
    faults: {},
  });
  expect(await post(apiRoot, '/sandbox/refund', { chargeId })).toEqual({ status: 200, body: { ok: true } });
  expect(await post(apiRoot, '/sandbox/faults', { no_event: 2 })).toMatchObject({
    status: 200,
    body: { faults: { no_event: { count: 2 } }, known: { no_event: expect.any(String) } },
  });
  expect(await get('/sandbox/faults')).toMatchObject({ faults: { no_event: { count: 2 } } });
  expect(await post(apiRoot, '/sandbox/reset', {})).toEqual({ status: 200, body: { ok: true } });
  expect(await get('/sandbox/ledger')).toEqual({ transactions: [] });
});

describe('a wrong request is told what, where and what to do', () => {
  test.each<[string, unknown, number, RegExp]>([
    ['/sandbox/pay', { url: 'x' }, 400, /POST \/sandbox\/pay: "userId" is missing, it must be a number/],
    [
      '/sandbox/pay',
      { userId: 1, url: 'x' },
      404,
      /nobody has the id 1; create the player with POST \/sandbox\/players/,
    ],
    ['/sandbox/pay', { userID: 1 }, 400, /"userID" is unknown; known are userId, url, outcome/],
    ['/sandbox/players', { stars: -1 }, 400, /"stars" must be a whole number from 0/],
    ['/sandbox/players', { first_name: 7 }, 400, /"first_name" must be a string/],
    ['/sandbox/players', [1], 400, /the body must be a JSON object/],
    ['/sandbox/refund', { chargeId: 'stx' }, 404, /CHARGE_NOT_FOUND/],
    ['/sandbox/renew', { chargeId: 'stx' }, 404, /CHARGE_NOT_FOUND/],
    ['/sandbox/faults', { gremlins: 1 }, 400, /there is no fault "gremlins"/],
    ['/sandbox/faults', '{', 400, /POST \/sandbox\/faults: .*JSON/],
    ['/sandbox/players', { first_name: '' }, 400, /"first_name" is empty/],
    ['/sandbox/players', { username: '@ada' }, 400, /"username" takes letters, digits and _, without an @/],
    ['/sandbox/faults', { server_error: { method: 'sendMesage' } }, 400, /no method "sendMesage" here/],
    ['/sandbox/nothing', {}, 404, /there is nothing here/],
    ['/host/pay', { userId: 1, slug: 'x' }, 404, /nobody has the id 1/],
    ['/host/message', { userId: 'x' }, 400, /"userId" must be a number/],
  ])('%s %j', async (path, body, status, error) => {
    const sandbox = await startSandbox();
    const answer = await post(sandbox.apiRoot, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: expect.stringMatching(error) });
  });

  test('an unknown outcome', async () => {
    const { sandbox, url, player } = await startShop();
    const answer = await post(sandbox.apiRoot, '/sandbox/pay', { userId: player.id, url, outcome: 'rich' });
    expect(answer.body.error).toMatch(
      /"outcome" must be one of paid, cancelled, failed, pending, not "rich"/,
    );
  });
});

test.each(['text/plain', 'application/x-www-form-urlencoded'])(
  'a body called %s is read as JSON',
  async (type) => {
    const sandbox = await startSandbox();
    const headers = { 'content-type': type };
    const { body } = await post(sandbox.apiRoot, '/sandbox/players', { id: 5, stars: 7 }, headers);
    expect(body).toMatchObject({ id: 5 });
    expect(sandbox.control.state()).toMatchObject({ balances: { 5: 7 } });
    const form = await post(sandbox.apiRoot, '/sandbox/players', 'id=6&stars=7', headers);
    expect(form).toEqual({
      status: 400,
      body: { error: expect.stringMatching(/POST \/sandbox\/players: .*JSON/) },
    });
  },
);

test('events of nobody are a wrong request', async () => {
  const sandbox = await startSandbox();
  const response = await fetch(`${sandbox.apiRoot}/host/events`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.stringContaining('say which player') });
});

test('pages of other origins are kept out, the host page is not', async () => {
  const sandbox = await startSandbox();
  const send = (origin: string) => post(sandbox.apiRoot, '/sandbox/players', {}, { origin });
  expect((await send('http://localhost:3000')).status).toBe(403);
  expect((await send('null')).status).toBe(403);
  expect((await send(sandbox.apiRoot)).status).toBe(200);
});

test('a player can be changed, and keeps what was not named', async () => {
  const { control } = await startSandbox();
  control.players({ id: 5, first_name: 'Ada', username: 'ada', stars: 7 });
  control.players({ id: 5, language_code: 'ru' });
  expect(control.state()).toMatchObject({
    players: [{ id: 5, first_name: 'Ada', username: 'ada', language_code: 'ru', stars: 7 }],
  });
});

describe('a reset', () => {
  test('forgets players and money but leaves a running bot at work', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop();
    await bot.api.setMyCommands([{ command: 'shop', description: 'Shop' }]);
    await sandbox.control.pay({ userId: player.id, url });
    sandbox.reset();
    expect(sandbox.control.state()).toMatchObject({ players: [], invoices: [], bot: { stars: 0 } });
    expect(await bot.api.getMyCommands()).toHaveLength(1);
    const ada = sandbox.control.players({});
    expect(ada.id).not.toBe(player.id);
    const link = await bot.api.createInvoiceLink('x', 'x', 'order-2', '', 'XTR', [{ label: 'x', amount: 1 }]);
    const { status, chargeId } = await sandbox.control.pay({ userId: ada.id, url: link });
    expect(status).toBe('paid');
    expect(sandbox.control.ledger().transactions.map(({ id }) => id)).toEqual([chargeId]);
    const [before, after] = await receiver.waitFor(2, isPayment);
    expect(after?.update.update_id).toBeGreaterThan(before?.update.update_id ?? Number.POSITIVE_INFINITY);
  });

  test('ends purchases that are on their way', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    receiver.reply = () => ({ status: 200 });
    const paying = sandbox.control.pay({ userId: player.id, url });
    await receiver.waitFor(1);
    sandbox.reset();
    expect(await paying).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_FAILED: The sandbox was reset',
    });
    expect(sandbox.control.ledger().transactions).toEqual([]);
  });

  test('with `bots` forgets the webhook too', async () => {
    const { sandbox, bot } = await startShop();
    sandbox.control.reset({ bots: true });
    expect(await bot.api.getWebhookInfo()).toMatchObject({ url: '' });
  });
});

describe('several bots', () => {
  test('keep their updates, Stars and ledgers apart', async () => {
    const sandbox = await startSandbox({ tokens: ['111:first-bot', '222:second-bot'] });
    const first = await startBot(sandbox);
    const second = await startBot({ ...sandbox, bot: { ...sandbox.bot, token: '222:second-bot' } });
    const receiver = await startReceiver();
    await second.api.setWebhook(receiver.url);
    receiver.reply = (update) => ({
      status: 200,
      body: {
        method: 'answerPreCheckoutQuery',
        pre_checkout_query_id: update.pre_checkout_query?.id,
        ok: true,
      },
    });
    const { id } = sandbox.control.players({});
    const url = await second.api.createInvoiceLink('x', 'x', 'x', '', 'XTR', [{ label: 'x', amount: 9 }]);
    const { chargeId = '' } = await sandbox.control.pay({ userId: id, url });
    expect(await second.api.getMyStarBalance()).toEqual({ amount: 9 });
    expect(await first.api.getMyStarBalance()).toEqual({ amount: 0 });
    expect(await first.api.getStarTransactions()).toEqual({ transactions: [] });
    await expect(first.api.refundStarPayment(id, chargeId)).rejects.toThrow(/CHARGE_NOT_FOUND/);
    expect(first.botInfo.username).not.toBe(second.botInfo.username);
  });
});

test('a taken port rejects', async () => {
  const sandbox = await startSandbox();
  const port = Number(new URL(sandbox.apiRoot).port);
  await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
