import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBuy } from './buy.ts';
import { createGoods } from './goods.ts';
import { createOpenOrders } from './orders.ts';
import { memoryDrawer, memoryHost, memoryServer, SHELF } from './ports.memory.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A page with the shop in it; a second call with the same drawer and server is the page after a reload. */
async function page(server = memoryServer(), drawer = memoryDrawer()) {
  const host = memoryHost();
  const goods = createGoods(server, () => 0);
  const saved: string[] = [];
  const buy = createBuy({
    ...{ server, host, goods },
    orders: createOpenOrders(drawer, Date.now),
    nowMs: Date.now,
    beforePay: () => saved.push('saved'),
  });
  server.setLink('online');
  await tick();
  return { server, drawer, host, goods, buy, saved };
}
const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const [SHIELD] = SHELF;
if (!SHIELD) throw new Error('the shelf is empty');
const firstOrder = (server: ReturnType<typeof memoryServer>) => [...server.orders.keys()][0] ?? '';
const count = (server: ReturnType<typeof memoryServer>, name: string) =>
  server.asked.filter((request) => request.name === name).length;

describe('buying', () => {
  it('prepares the order as the card opens, so that the tap opens Telegram without another request', async () => {
    const { buy, host, server, saved } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    const before = server.asked.length;
    buy.tap();
    expect(host.opened).toHaveLength(1);
    expect(server.asked.length).toBe(before);
    expect(saved).toEqual(['saved']);
  });

  it('takes two quick taps as one', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, false);
    buy.tap();
    buy.tap();
    await tick();
    buy.tap();
    expect(count(server, 'order')).toBe(1);
    expect(host.opened).toHaveLength(1);
  });

  it('makes an order id of 22 url-safe characters', async () => {
    const { buy, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    expect([...server.orders.keys()][0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('shows the delivery that comes while the sheet is still open', async () => {
    const { buy, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    server.credit(firstOrder(server));
    expect(buy.state.at).toBe('delivered');
  });

  it('asks until the lost push is known', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    host.close('paid');
    await tick(600);
    expect(buy.state.at).toBe('settling');
    server.credit(firstOrder(server), true);
    await tick(1_100);
    expect(buy.state.at).toBe('delivered');
  });

  it('asks at 0.5, 1.5, 3.5, 7.5 and 15.5 s, then calls it pending and goes on asking', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    host.close('paid');
    const seen: number[] = [];
    for (const ms of [500, 1_000, 2_000, 4_000, 8_000]) {
      await tick(ms);
      seen.push(count(server, 'order:status'));
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(buy.state.at).toBe('pending');
    await tick(8_000);
    expect(count(server, 'order:status')).toBe(6);
  });

  it('pays the same order on the second try after a cancel', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    host.close('cancelled');
    await tick(2_000);
    expect(buy.state.at).toBe('notCharged');
    buy.tap();
    expect(new Set(host.opened).size).toBe(1);
    expect(host.opened).toHaveLength(2);
    expect(server.orders.size).toBe(1);
  });

  it('resumes a payment that a reload interrupted, and finds it delivered', async () => {
    const first = await page();
    first.buy.card('shield_1', 1, true);
    await tick();
    first.buy.tap();
    const second = await page(first.server, first.drawer);
    expect(second.buy.resume()).toBe(true);
    expect(second.buy.state.at).toBe('settling');
    first.server.credit(firstOrder(first.server), true);
    await tick(600);
    expect(second.buy.state.at).toBe('delivered');
    const third = await page(first.server, first.drawer);
    expect(third.buy.resume()).toBe(false);
  });

  it.each([
    ['nothing, as macOS does of a closed sheet', undefined],
    ['`paid`, as Android does before the bot knows', 'paid'],
    ['`cancelled`, though it was paid', 'cancelled'],
    ['`failed`, though it was paid', 'failed'],
    ['`pending`, as an app that was left while paying', 'pending'],
  ] as const)('finds a payment of which the app said %s', async (_what, hint) => {
    const { buy, server, host } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    if (hint) host.close(hint);
    await tick(2_000);
    // The player is back and touches the page.
    buy.nudge();
    await tick(20_000);
    server.credit(firstOrder(server), true);
    buy.nudge();
    await tick(20_000);
    server.push('purchase');
    expect(buy.state.at).toBe('delivered');
    expect(server.items).toEqual({ shield: 1 });
    expect(server.orders.size).toBe(1);
  });

  it('loses no payment on a page that is loaded anew every seven seconds', async () => {
    const server = memoryServer();
    const drawer = memoryDrawer();
    const first = await page(server, drawer);
    first.buy.card('shield_1', 1, true);
    await tick();
    first.buy.tap();
    await tick(7_000);
    for (let load = 0; load < 4; load++) {
      const { buy } = await page(server, drawer);
      expect(buy.resume()).toBe(true);
      await tick(7_000);
    }
    server.credit(firstOrder(server), true);
    const last = await page(server, drawer);
    expect(last.buy.resume()).toBe(true);
    await tick(600);
    expect(last.buy.state.at).toBe('delivered');
    expect((await page(server, drawer)).buy.resume()).toBe(false);
    expect(server.orders.size).toBe(1);
    expect(server.items).toEqual({ shield: 1 });
  });

  it('does not put a payment before the player again that was closed, or looked after once', async () => {
    for (const end of ['cancelled', 'silent'] as const) {
      const first = await page();
      first.buy.card('shield_1', 1, true);
      await tick();
      first.buy.tap();
      first.host.close(end);
      await tick();
      const again = (await page(first.server, first.drawer)).buy;
      expect(again.resume()).toBe(end === 'silent');
      if (end === 'cancelled') continue;
      await tick(20_000);
      expect(again.state.at).toBe('unknown');
      again.leave();
      expect((await page(first.server, first.drawer)).buy.resume()).toBe(false);
    }
  });

  it('does not resume a payment that arrived after the player went back to the game', async () => {
    const first = await page();
    first.buy.card('shield_1', 1, true);
    await tick();
    first.buy.tap();
    first.buy.leave();
    first.server.credit(firstOrder(first.server));
    await tick();
    const second = await page(first.server, first.drawer);
    expect(second.buy.resume()).toBe(false);
  });

  it('doubts a silent sheet when the player touches the page, not before', async () => {
    const { buy } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    buy.nudge();
    expect(buy.state).toMatchObject({ at: 'inTelegram', doubtful: false });
    await tick(1_600);
    buy.nudge();
    expect(buy.state).toMatchObject({ at: 'inTelegram', doubtful: true });
  });

  it('makes the order of a limited offer on the tap: whoever only looks keeps it from nobody', async () => {
    const server = memoryServer();
    server.offers = [{ ...SHIELD, left: 1 }];
    const { buy, host } = await page(server);
    buy.card('shield_1', 1, true);
    await tick();
    expect(server.orders.size).toBe(0);
    buy.tap();
    await tick();
    expect(host.opened).toHaveLength(1);
  });

  it('reads the shelf again when the last one is gone', async () => {
    const server = memoryServer();
    server.offers = [{ ...SHIELD, left: 1 }];
    const { buy, goods } = await page(server);
    server.offers = [{ ...SHIELD, left: 0, unavailable: 'sold_out' }];
    server.refuse('order', 'sold_out');
    buy.card('shield_1', 1, true);
    buy.tap();
    await tick();
    expect(buy.state).toMatchObject({ at: 'card', trouble: { kind: 'refused', code: 'sold_out' } });
    expect(goods.offer('shield_1')?.unavailable).toBe('sold_out');
    expect(buy.holds('shield_1', 1)).toBe(false);
  });

  it('lets the one who holds the last one pay for it after a cancel', async () => {
    const server = memoryServer();
    server.offers = [{ ...SHIELD, left: 1 }];
    const { buy, goods, host } = await page(server);
    buy.card('shield_1', 1, true);
    buy.tap();
    await tick();
    host.close('cancelled');
    await tick(2_000);
    buy.leave();
    server.offers = [{ ...SHIELD, left: 0, unavailable: 'sold_out' }];
    goods.refresh();
    await tick();
    expect(buy.holds('shield_1', 1)).toBe(true);
    buy.card('shield_1', 1, false);
    buy.tap();
    expect(host.opened).toHaveLength(2);
    expect(server.orders.size).toBe(1);
  });

  it('can be tried again when the shop was restoring purchases', async () => {
    const { buy, host, server } = await page();
    server.refuse('order', 'restoring');
    buy.card('shield_1', 1, true);
    await tick();
    expect(buy.state).toMatchObject({ at: 'card', trouble: { code: 'restoring' } });
    server.refuse('order', undefined);
    buy.tap();
    await tick();
    expect(host.opened).toHaveLength(1);
  });

  it('prepares the card again when the connection is back', async () => {
    const { buy, server } = await page();
    server.setLink('offline');
    buy.card('shield_1', 1, true);
    await tick();
    expect(buy.state).toMatchObject({ at: 'card', trouble: { kind: 'offline' } });
    server.setLink('online');
    await tick();
    expect(buy.state).toHaveProperty('order.sku', 'shield_1');
  });
});

describe('a purchase of someone who owes used ones', () => {
  /** The pay sheet is open; the player owes so many shields. */
  async function paying(shield: number) {
    const server = memoryServer();
    server.debts = shield > 0 ? { shield } : {};
    const all = await page(server);
    all.buy.card('shield_1', 1, true);
    await tick();
    all.buy.tap();
    return all;
  }

  it.each([
    [0, {}, 1],
    [1, { shield: 1 }, 0],
    [3, { shield: 1 }, 0],
  ])('is delivered by the push: %i owed', async (owed, paid, inHand) => {
    const { buy, goods, server } = await paying(owed);
    server.credit(firstOrder(server));
    expect(buy.state).toMatchObject({ at: 'delivered', paid });
    expect(goods.owned('shield')).toBe(inHand);
    expect(goods.owes('shield')).toBe(Math.max(0, owed - 1));
  });

  it.each([
    [0, {}],
    [1, { shield: 1 }],
    [3, { shield: 1 }],
  ])('is delivered by the answer when the push is lost: %i owed', async (owed, paid) => {
    const { buy, host, server } = await paying(owed);
    host.close('paid');
    server.credit(firstOrder(server), true);
    await tick(600);
    expect(buy.state).toMatchObject({ at: 'delivered', paid });
  });

  it('is told rightly after a reload, when the debt is gone from the inventory already', async () => {
    const first = await paying(1);
    first.server.credit(firstOrder(first.server), true);
    const second = await page(first.server, first.drawer);
    expect(second.buy.resume()).toBe(true);
    await tick(600);
    expect(second.buy.state).toMatchObject({ at: 'delivered', paid: { shield: 1 } });
  });

  it('claims nothing about the debt when something else changed it meanwhile', async () => {
    const { buy, host, server } = await paying(1);
    host.close('paid');
    server.debts = { shield: 7 };
    server.push('refund');
    server.credit(firstOrder(server), true);
    await tick(600);
    expect(buy.state.at).toBe('delivered');
    expect(buy.state).not.toHaveProperty('paid');
  });
});

describe('an order that the server has lost', () => {
  it('is not offered as kept any more once it was asked after', async () => {
    const server = memoryServer();
    server.offers = [{ ...SHIELD, left: 0 }];
    const { buy } = await page(server);
    buy.card('shield_1', 1, true);
    buy.tap();
    await tick();
    expect(buy.holds('shield_1', 1)).toBe(true);
    await buy.recheck();
    expect(buy.holds('shield_1', 1)).toBe(true);
    server.orders.clear();
    await buy.recheck();
    expect(buy.holds('shield_1', 1)).toBe(false);
  });

  it('and that Telegram turned away has ended; another tap begins anew', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    const lost = firstOrder(server);
    server.orders.clear();
    host.close('failed');
    await tick(60_000);
    expect(buy.state).toMatchObject({ at: 'notCharged', reason: 'failed', ended: true });
    buy.tap();
    await tick();
    expect(host.opened).toHaveLength(2);
    expect(firstOrder(server)).not.toBe(lost);
  });

  it('and that was paid waits for its item', async () => {
    const { buy, host, server } = await page();
    buy.card('shield_1', 1, true);
    await tick();
    buy.tap();
    const orders = new Map(server.orders);
    server.orders.clear();
    host.close('paid');
    await tick(30_000);
    expect(buy.state.at).toBe('pending');
    for (const [id, order] of orders) server.orders.set(id, order);
    server.credit([...orders.keys()][0] ?? '');
    await tick(10_000);
    expect(buy.state.at).toBe('delivered');
  });
});

describe('a refund', () => {
  async function bought() {
    const all = await page();
    all.buy.card('shield_1', 1, true);
    await tick();
    all.buy.tap();
    all.server.credit(firstOrder(all.server));
    expect(all.buy.state.at).toBe('delivered');
    return all;
  }

  it('takes "it is yours" off the card, and says when the Stars are back', async () => {
    const { buy, server } = await bought();
    server.refund(firstOrder(server), 'refunding');
    await tick();
    expect(buy.state.at).toBe('refunding');
    server.refund(firstOrder(server), 'refunded', true);
    await tick(8_000);
    expect(buy.state.at).toBe('refunded');
    const asked = count(server, 'order:status');
    await tick(60_000);
    expect(count(server, 'order:status')).toBe(asked);
  });

  it('of a payment that could not be delivered is told instead of a delivery, and not resumed', async () => {
    const first = await page();
    first.buy.card('shield_1', 1, true);
    await tick();
    first.buy.tap();
    first.host.close('paid');
    first.server.refund(firstOrder(first.server), 'refunding', true);
    await tick(600);
    expect(first.buy.state.at).toBe('refunding');
    expect((await page(first.server, first.drawer)).buy.resume()).toBe(false);
  });
});
