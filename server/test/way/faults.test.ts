import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inventoryKey } from '../../src/redis/keys.ts';
import { eventually, newId, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  const { faults } = (await world.control('/sandbox/faults', {})) as unknown as {
    faults: Record<string, unknown>;
  };
  await world.control(
    '/sandbox/faults',
    Object.fromEntries(Object.keys(faults).map((name) => [name, false])),
  );
});

const fault = (faults: Record<string, unknown>) => world.control('/sandbox/faults', faults);
describe('a payment, with each fault of the way', () => {
  test.each([
    ['the update comes twice', { update_twice: { times: 5 } }, 'paid'],
    ['the update comes late', { update_late: { afterMs: 300, count: 1 } }, 'paid'],
    ['the update never comes', { update_lost: 1 }, 'paid'],
    ['the pay sheet speaks before the update', { event_before_update: { afterMs: 200, count: 1 } }, 'paid'],
    ['the pay sheet says cancelled', { cancelled_though_paid: 1 }, 'cancelled'],
    ['the pay sheet says paid, then cancelled', { paid_then_cancelled: 1 }, undefined],
    ['the pay sheet says nothing', { no_event: 1 }, undefined],
    ['the pay sheet says pending', { pending_though_paid: 1 }, 'pending'],
  ])('%s: one credit', async (_name, faults, status) => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('shield_3');
    await fault(faults);
    const paid = await world.pay(player.id, invoiceUrl);
    if (status !== undefined) expect(paid.status).toBe(status);
    await eventually(async () => (await player.items()).shield === 3, 'the shields are there');
    expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({
      order: { state: 'credited' },
    });
    // What still comes now, a repeat or the walk of the ledger, must change nothing.
    await fault({ update_twice: false });
    await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
    await eventually(async () => (await player.items()).magnet === 3, 'the next purchase is there');
    expect(await player.ask('inventory', {})).toMatchObject({ rev: 2, items: { shield: 3, magnet: 3 } });
    expect(await world.starsOf(player.id)).toBe(970);
  });

  test('the pre-checkout query times out: no Stars, no goods, and the order can be paid after', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await fault({ pre_checkout_timeout: 1 });
    expect((await world.pay(player.id, invoiceUrl)).error).toContain('BOT_PRECHECKOUT_TIMEOUT');
    expect(await world.starsOf(player.id)).toBe(1_000);
    expect((await world.pay(player.id, invoiceUrl)).status).toBe('paid');
    expect(await player.items()).toEqual({ shield: 3 });
  });

  test.each([
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
  ])('a sheet that is %s costs nothing, and its order stays open', async (outcome, status) => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('shield_3');
    expect((await world.pay(player.id, invoiceUrl, outcome)).status).toBe(status);
    expect(await world.starsOf(player.id)).toBe(1_000);
    expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({
      order: { state: 'new' },
    });
    expect((await player.order('shield_3')).invoiceUrl).toBe(invoiceUrl);
  });
});

describe('a refund of ours', () => {
  /** Two payments of one link: the first update is held back, so that the order still looks unpaid to the second. */
  async function payTwice(own: World, playerId: number, invoiceUrl: string): Promise<void> {
    await own.control('/sandbox/faults', { update_late: { afterMs: 200, count: 1 } });
    expect(await own.pay(playerId, invoiceUrl)).toMatchObject({ status: 'paid' });
    expect(await own.pay(playerId, invoiceUrl)).toMatchObject({ status: 'paid' });
  }
  // The walk of the ledger must not come between the two.
  const openQuiet = () => openWorld({ pauses: { reconcileMs: 600_000 } });

  test('is tried until the bot has the Stars for it', async () => {
    const own = await openQuiet();
    const player = await own.player();
    const { invoiceUrl } = await player.order('shield_3');
    await own.control('/sandbox/faults', { refund_balance_low: true });
    await payTwice(own, player.id, invoiceUrl);
    await eventually(() => own.lines.some((line) => line.includes('a refund failed')), 'the refund is tried');
    const waiting = await player.ask('history', {});
    expect(waiting.ok && waiting.entries.map(({ state }) => state).sort()).toEqual(['credited', 'refunding']);
    expect(await own.starsOf(player.id)).toBe(970);

    await own.control('/sandbox/faults', { refund_balance_low: false });
    // The first pause of a refund that failed is five seconds.
    await eventually(async () => (await own.starsOf(player.id)) === 985, 'the Stars are back', 12_000);
    expect(await player.items()).toEqual({ shield: 3 });
    await own.close();
  });

  test('whose answer was lost is done once', async () => {
    const own = await openQuiet();
    const player = await own.player();
    const { invoiceUrl } = await player.order('shield_3');
    await own.control('/sandbox/faults', {
      server_error: { method: 'refundStarPayment', executed: true, count: 1 },
    });
    await payTwice(own, player.id, invoiceUrl);
    await eventually(async () => {
      const history = await player.ask('history', {});
      return history.ok && history.entries.some(({ kind }) => kind === 'refund');
    }, 'the refund is known');
    expect(await own.starsOf(player.id)).toBe(985);
    expect(await player.items()).toEqual({ shield: 3 });
    await own.close();
  });
});

describe('Telegram in trouble', () => {
  test.each([
    ['429', { too_many_requests: { method: 'createInvoiceLink', count: 1 } }],
    ['500', { server_error: { method: 'createInvoiceLink', count: 1 } }],
  ])('%s for an invoice: refused kindly, and the same order succeeds next', async (_name, faults) => {
    const player = await world.player();
    const orderId = newId();
    await fault(faults);
    expect(await player.ask('order', { orderId, sku: 'shield_3' })).toMatchObject({
      ok: false,
      code: 'unavailable',
    });
    expect(await player.ask('order', { orderId, sku: 'shield_3' })).toMatchObject({
      ok: true,
      order: { id: orderId },
    });
  });

  test('500 for the answer to a pre-checkout query: the query comes again and the sale goes on', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await fault({ server_error: { method: 'answerPreCheckoutQuery', count: 1 } });
    await world.pay(player.id, invoiceUrl);
    await world.pay(player.id, invoiceUrl);
    expect(await player.items()).toEqual({ shield: 3 });
    expect(await world.starsOf(player.id)).toBe(985);
  });

  test('500 for the walk of the ledger: walked again, nothing lost', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await fault({ update_lost: 1, server_error: { method: 'getStarTransactions', count: 3 } });
    await world.pay(player.id, invoiceUrl);
    await eventually(async () => (await player.items()).shield === 3, 'the shields are there');
  });
});

describe('the server away', () => {
  test('a payment made meanwhile is credited when it is back, though its update never comes', async () => {
    const own = await openWorld();
    const player = await own.player();
    const { invoiceUrl } = await player.order('shield_3');
    await own.control('/sandbox/faults', { event_before_update: { afterMs: 400, count: 1 }, update_lost: 1 });
    await own.pay(player.id, invoiceUrl);
    player.socket.disconnect();
    await own.first.close();
    await own.startServer();
    const back = await own.connect(player.initData);
    await eventually(async () => (await back.items()).shield === 3, 'the shields are there');
    await own.close();
  });
});

describe('polling', () => {
  test('loses no payment whose handling fails', async () => {
    // Nobody else may bring the payment: the walk of the ledger rests.
    const own = await openWorld({ env: { UPDATES: 'polling' }, pauses: { reconcileMs: 600_000 } });
    const player = await own.player();
    const { invoiceUrl } = await player.order('shield_3');
    const redis = await createClient({ url: own.redis.url }).connect();
    await redis.hSet(inventoryKey(player.id), 'shield', 'many');
    expect(await own.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
    await eventually(
      () => own.lines.some((line) => line.includes('a payment update failed')),
      'the handling fails',
    );
    expect(own.lines.some((line) => line.includes('a payment is settled'))).toBe(false);

    await redis.hDel(inventoryKey(player.id), 'shield');
    await eventually(async () => (await player.items()).shield === 3, 'the shields are there');
    expect(own.lines.some((line) => line.includes('a payment is settled'))).toBe(true);
    await redis.close();
    await own.close();
  });
});

describe('the test environment', () => {
  test('puts /test/ into every call, and sells', async () => {
    const own = await openWorld({ env: { TELEGRAM_ENV: 'test' } });
    const player = await own.player();
    await own.pay(player.id, (await player.order('shield_3')).invoiceUrl);
    expect(await player.items()).toEqual({ shield: 3 });
    const { calls } = await own.control('/sandbox/calls');
    const environments = (calls as unknown as { environment: string }[]).map(
      ({ environment }) => environment,
    );
    expect(environments.length).toBeGreaterThan(5);
    expect([...new Set(environments)]).toEqual(['test']);
    await own.close();
  });
});
