import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, newId, openWorld, paymentUpdate, SECRET, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Row {
  id: string;
  amount: number;
  date: number;
  source?: { user: { id: number }; invoice_payload: string };
  receiver?: { user: { id: number } };
}
const ledger = async (): Promise<Row[]> =>
  ((await world.control('/sandbox/ledger')) as unknown as { transactions: Row[] }).transactions;
const rowsOf = async (playerId: number): Promise<Row[]> =>
  (await ledger()).filter(({ source, receiver }) => (source ?? receiver)?.user.id === playerId);
describe('the way of a purchase', () => {
  test('tap, order, invoice, pre-checkout, payment, credit, push', async () => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('shield_3');
    expect(order).toMatchObject({ sku: 'shield_3', priceStars: 15, grant: { shield: 3 }, state: 'new' });
    expect(invoiceUrl).toMatch(/^https:\/\/t\.me\/\$/);

    expect(await world.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
    await eventually(() => player.pushes.length > 0, 'the purchase is pushed');
    expect(player.pushes[0]).toEqual({ rev: 1, items: { shield: 3 }, entitlements: [], cause: 'purchase' });
    expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({
      order: { state: 'credited' },
    });
    expect(await world.starsOf(player.id)).toBe(985);
  });

  test('a look is an entitlement, and is sold once', async () => {
    const player = await world.player();
    await world.pay(player.id, (await player.order('trail_ember')).invoiceUrl);
    expect(await player.ask('inventory', {})).toMatchObject({
      items: { trail_ember: 1 },
      entitlements: ['trail_ember'],
    });
    expect(await player.ask('order', { orderId: newId(), sku: 'trail_ember' })).toMatchObject({
      ok: false,
      code: 'already_owned',
    });
    const shelf = await player.ask('catalog', {});
    expect(shelf.ok && shelf.offers.find(({ sku }) => sku === 'trail_ember')?.unavailable).toBe('owned');
  });

  test('a quantity multiplies price and contents', async () => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('shield_3', 4);
    expect(order).toMatchObject({ priceStars: 60, grant: { shield: 12 } });
    await world.pay(player.id, invoiceUrl);
    expect(await player.items()).toEqual({ shield: 12 });
  });

  test('the same order id gives the same link, and so does a second tap', async () => {
    const player = await world.player();
    const orderId = newId();
    const first = await player.ask('order', { orderId, sku: 'magnet_3' });
    const again = await player.ask('order', { orderId, sku: 'magnet_3' });
    expect(again).toEqual(first);
    if (!first.ok) throw new Error(first.message);

    const secondId = newId();
    const tap = await player.ask('order', { orderId: secondId, sku: 'magnet_3' });
    expect(tap).toEqual({ ...first, order: { ...first.order, id: secondId } });
    await world.pay(player.id, first.invoiceUrl);
    for (const id of [orderId, secondId])
      expect(await player.ask('order:status', { orderId: id })).toMatchObject({
        order: { id, state: 'credited' },
      });
    expect(await player.items()).toEqual({ magnet: 3 });

    expect(await player.ask('order', { orderId, sku: 'shield_3' })).toMatchObject({ code: 'order_conflict' });
  });

  test('a limit for each player holds', async () => {
    const player = await world.player();
    await world.pay(player.id, (await player.order('starter_pack')).invoiceUrl);
    expect(await player.ask('order', { orderId: newId(), sku: 'starter_pack' })).toMatchObject({
      code: 'limit_reached',
    });
  });

  test('the history tells of it, newest first, in the language of the player', async () => {
    const player = await world.player({ language_code: 'ru' });
    const { order, invoiceUrl } = await player.order('shield_3');
    await world.pay(player.id, invoiceUrl);
    await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
    const history = await player.ask('history', {});
    expect(history.ok && history.entries.map(({ title, state }) => ({ title, state }))).toEqual(
      expect.arrayContaining([
        { title: 'Магнит ×3', state: 'credited' },
        { title: 'Щит ×3', state: 'credited' },
      ]),
    );
    expect(history.ok && history.entries.at(-1)?.orderId.length).toBe(order.id.length);
  });

  test('an item is used once for each operation', async () => {
    const player = await world.player();
    await world.pay(player.id, (await player.order('shield_1')).invoiceUrl);
    const opId = newId();
    expect(await player.ask('use', { opId, itemId: 'shield' })).toEqual({ ok: true, rev: 2, items: {} });
    expect(await player.ask('use', { opId, itemId: 'shield' })).toEqual({ ok: true, rev: 2, items: {} });
    expect(await player.ask('use', { opId: newId(), itemId: 'shield' })).toMatchObject({
      code: 'not_enough',
    });
  });

  test('a player who was away finds the purchase on the next connect', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_1');
    player.socket.disconnect();
    await world.pay(player.id, invoiceUrl);
    const back = await world.connect(player.initData);
    expect(await back.items()).toEqual({ shield: 1 });
  });
});

describe('the Stars that must go back', () => {
  test('two payments of one link at once: one is credited, the other refunded', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    const paid = await Promise.all([world.pay(player.id, invoiceUrl), world.pay(player.id, invoiceUrl)]);
    const charges = paid.filter(({ status }) => status === 'paid').map(({ chargeId }) => chargeId);
    await eventually(
      async () => (await rowsOf(player.id)).filter((row) => row.receiver).length === charges.length - 1,
      'all but one went back',
    );
    expect(await player.items()).toEqual({ shield: 3 });
    expect(await world.starsOf(player.id)).toBe(985);
  });

  test('a refund on Telegram’s side takes the goods back, once', async () => {
    const player = await world.player();
    const { chargeId } = await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
    await world.control('/sandbox/refund', { chargeId });
    await eventually(async () => (await player.items()).shield === undefined, 'the shields are gone');
    const history = await player.ask('history', {});
    expect(history.ok && history.entries.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'purchase refunded',
      'refund done',
    ]);
    expect(player.pushes.map(({ cause }) => cause)).toEqual(['purchase', 'refund']);
  });
});

describe('who may pay', () => {
  test('a friend who opens the link is turned away and keeps the Stars', async () => {
    const owner = await world.player();
    const friend = await world.player();
    const { invoiceUrl } = await owner.order('shield_3');
    const paid = await world.pay(friend.id, invoiceUrl);
    expect(paid.status).not.toBe('paid');
    expect(paid.error).toMatch(/^BOT_PRECHECKOUT_FAILED/);
    expect(await world.starsOf(friend.id)).toBe(1_000);
    expect(await world.pay(owner.id, invoiceUrl)).toMatchObject({ status: 'paid' });
  });

  test('a paid order can not be paid again', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await world.pay(player.id, invoiceUrl);
    expect((await world.pay(player.id, invoiceUrl)).error).toContain('paid already');
    expect(await player.items()).toEqual({ shield: 3 });
  });
});

describe('the webhook', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${world.url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const trusted = { 'X-Telegram-Bot-Api-Secret-Token': SECRET };

  /** A payment for a `shield_3`, with what is changed about it. */
  const paymentOf = (playerId: number, payload: string, change: Record<string, unknown> = {}) =>
    paymentUpdate(playerId, { total_amount: 15, invoice_payload: payload, ...change });

  async function payloadOf(invoiceUrl: string): Promise<string> {
    const { invoices } = (await world.control('/sandbox/state')) as unknown as {
      invoices: { slug: string; payload: string }[];
    };
    const found = invoices.find(({ slug }) => invoiceUrl.endsWith(`$${slug}`))?.payload;
    if (found === undefined) throw new Error(`the sandbox has no invoice ${invoiceUrl}`);
    return found;
  }

  test.each([
    ['no secret', {}],
    ['a wrong secret', { 'X-Telegram-Bot-Api-Secret-Token': 'b-webhook-secret-of-the-tests' }],
    ['a part of it', { 'X-Telegram-Bot-Api-Secret-Token': SECRET.slice(0, -1) }],
    ['more than it', { 'X-Telegram-Bot-Api-Secret-Token': `${SECRET}x` }],
  ])('with %s: 401 and no credit', async (_name, headers) => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    const response = await post(
      paymentOf(player.id, await payloadOf(invoiceUrl)),
      headers as Record<string, string>,
    );
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(await player.items()).toEqual({});
  });

  test('the same update five times at two servers: one credit', async () => {
    const second = await world.startServer({ PORT: '0' });
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    const update = paymentOf(player.id, await payloadOf(invoiceUrl));
    const send = (port: number) =>
      fetch(`http://127.0.0.1:${port}/telegram/webhook`, {
        method: 'POST',
        headers: trusted,
        body: JSON.stringify(update),
      });
    const ports = [world.first.port, second.port, world.first.port, second.port, world.first.port];
    const statuses = (await Promise.all(ports.map(send))).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(await player.ask('inventory', {})).toMatchObject({ rev: 1, items: { shield: 3 } });
    await second.close();
  });

  test.each([
    ['a lower price', { total_amount: 1 }],
    ['another currency', { currency: 'USD' }],
    ['a payload that is not ours', { invoice_payload: 'give me everything' }],
    [
      'a payload with another quantity',
      (payload: string) => ({ invoice_payload: payload.replace(':1:', ':9:') }),
    ],
    [
      'a payload with another offer',
      (payload: string) => ({ invoice_payload: payload.replace('shield_3', 'magnet_3') }),
    ],
  ])('%s is recorded, not credited', async (_name, change) => {
    const player = await world.player();
    const payload = await payloadOf((await player.order('shield_3')).invoiceUrl);
    const update = paymentOf(player.id, payload, typeof change === 'function' ? change(payload) : change);
    expect((await post(update, trusted)).status).toBe(200);
    expect(await player.items()).toEqual({});
    const history = await player.ask('history', {});
    expect(history.ok && history.entries[0]).toMatchObject({ state: 'refunding', grant: {} });
  });

  test('another owner in the payload is recorded for the payer, not credited to anybody', async () => {
    const [owner, payer] = [await world.player(), await world.player()];
    const payload = await payloadOf((await owner.order('shield_3')).invoiceUrl);
    expect((await post(paymentOf(payer.id, payload), trusted)).status).toBe(200);
    expect([await owner.items(), await payer.items()]).toEqual([{}, {}]);
  });

  test.each([
    ['no JSON', 'update_id=1', 400],
    ['no update', '[]', 400],
    ['nothing', '', 400],
    ['too much', `{"update_id":1,"x":"${'x'.repeat(300_000)}"}`, 413],
    ['an unknown kind', '{"update_id":1,"poll":{}}', 200],
    [
      'a payment without a sum',
      '{"update_id":1,"message":{"date":1,"chat":{"id":5},"successful_payment":{}}}',
      200,
    ],
    [
      'a message without a chat',
      '{"update_id":1,"message":{"text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}]}}',
      200,
    ],
  ])('%s gets its answer, and the server lives', async (_name, body, status) => {
    expect((await post(body, trusted)).status).toBe(status);
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });
});
