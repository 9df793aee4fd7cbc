import { describe, expect, test } from 'vitest';
import type { Control } from '../src/control.ts';
import { isPayment, isPreCheckout, isRefund, startBot, startSandbox, startShop } from './fixtures.ts';

/** Pays as the host page does, which also learns what to tell the Mini App and when. */
async function payInHost(root: string, userId: number, url: string) {
  const response = await fetch(`${root}/host/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, slug: url.split('$')[1] }),
  });
  return response.json();
}

describe('what the Mini App hears of a payment that happened', () => {
  test.each([
    ['no fault', {}, 'paid', [{ status: 'paid', afterMs: 0 }]],
    ['no_event', { no_event: 1 }, 'paid', []],
    [
      'cancelled_though_paid',
      { cancelled_though_paid: 1 },
      'cancelled',
      [{ status: 'cancelled', afterMs: 0 }],
    ],
    ['pending_though_paid', { pending_though_paid: 1 }, 'pending', [{ status: 'pending', afterMs: 0 }]],
    [
      'paid_then_cancelled',
      { paid_then_cancelled: { count: 1, afterMs: 30 } },
      'cancelled',
      [
        { status: 'paid', afterMs: 0 },
        { status: 'cancelled', afterMs: 30 },
      ],
    ],
  ])('%s', async (_name, faults, status, events) => {
    const { sandbox, receiver, url, player } = await startShop();
    sandbox.control.faults(faults);
    const result = await payInHost(sandbox.apiRoot, player.id, url);
    expect(result).toEqual({ status, chargeId: expect.stringMatching(/^stx/), events });
    await receiver.waitFor(1, isPayment);
    expect(sandbox.control.ledger().transactions).toMatchObject([{ id: result.chargeId, amount: 25 }]);
    expect(sandbox.control.faults().faults).toEqual({});
    expect(await payInHost(sandbox.apiRoot, player.id, url)).toMatchObject({
      events: [{ status: 'paid', afterMs: 0 }],
    });
  });

  test('the control tells the same in one word', async () => {
    const { sandbox, url, player } = await startShop();
    sandbox.control.faults({ cancelled_though_paid: 1 });
    expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
      status: 'cancelled',
      chargeId: expect.stringMatching(/^stx/),
    });
  });
});

describe('updates', () => {
  test('update_twice: the same update comes again', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    sandbox.control.faults({ update_twice: { count: 1, times: 3 } });
    await sandbox.control.pay({ userId: player.id, url });
    const all = await receiver.waitFor(3, isPayment);
    expect(new Set(all.map(({ update }) => update.update_id)).size).toBe(1);
    await sandbox.control.pay({ userId: player.id, url });
    expect(await receiver.waitFor(4, isPayment)).toHaveLength(4);
  });

  test('update_twice: also to a bot that polls', async () => {
    const sandbox = await startSandbox();
    const { api } = await startBot(sandbox);
    const { id } = sandbox.control.players({});
    const url = await api.createInvoiceLink('x', 'x', 'x', '', 'XTR', [{ label: 'x', amount: 1 }]);
    sandbox.control.faults({ update_twice: { count: 1 } });
    const paying = sandbox.control.pay({ userId: id, url });
    const [asked] = await api.getUpdates({ timeout: 10 });
    await api.answerPreCheckoutQuery(asked?.pre_checkout_query?.id ?? '', true);
    const both = await api.getUpdates({ offset: (asked?.update_id ?? 0) + 1, timeout: 10 });
    expect(both).toHaveLength(2);
    expect(both[0]).toEqual(both[1]);
    await api.getUpdates({ offset: (both[0]?.update_id ?? 0) + 1 });
    await paying;
  });

  test('update_late: it comes afterMs later', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    sandbox.control.faults({ update_late: { count: 1, afterMs: 300 } });
    const { chargeId } = await sandbox.control.pay({ userId: player.id, url });
    expect(chargeId).toBeDefined();
    expect(sandbox.control.state()).toMatchObject({ heldUpdates: 1 });
    expect(receiver.delivered.filter(({ update }) => isPayment(update))).toEqual([]);
    await receiver.waitFor(1, isPayment);
    expect(sandbox.control.state()).toMatchObject({ heldUpdates: 0 });
  });

  test('update_lost: it never comes, the ledger has it', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    const other = sandbox.control.players({ stars: 100 });
    sandbox.control.faults({ update_lost: { userId: player.id } });
    const { chargeId } = await sandbox.control.pay({ userId: player.id, url });
    await sandbox.control.pay({ userId: other.id, url });
    const seen = await receiver.waitFor(1, isPayment);
    expect(seen.map(({ update }) => update.message?.chat.id)).toEqual([other.id]);
    expect(sandbox.control.ledger().transactions[0]?.id).toBe(chargeId);
  });

  test('event_before_update: the answer is there at once, the update later', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    sandbox.control.faults({ event_before_update: { count: 1, afterMs: 300 } });
    expect(await payInHost(sandbox.apiRoot, player.id, url)).toMatchObject({ events: [{ status: 'paid' }] });
    expect(receiver.delivered.filter(({ update }) => isPayment(update))).toEqual([]);
    await receiver.waitFor(1, isPayment);
  });

  test('pre_checkout_timeout: the bot is never asked', async () => {
    const { sandbox, receiver, url, player } = await startShop({ timings: { preCheckoutMs: 40 } });
    sandbox.control.faults({ pre_checkout_timeout: 1 });
    expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_TIMEOUT',
    });
    expect(receiver.delivered.filter(({ update }) => isPreCheckout(update))).toEqual([]);
  });

  test('the faults of delivery reach the other updates of a payment too', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    sandbox.control.faults({ update_twice: { update: 'pre_checkout_query', count: 1 } });
    const { chargeId } = await sandbox.control.pay({ userId: player.id, url });
    await receiver.waitFor(2, isPreCheckout);
    sandbox.control.faults({ update_twice: false, update_late: { update: 'refunded_payment', afterMs: 50 } });
    sandbox.control.refund({ chargeId });
    expect(sandbox.control.state()).toMatchObject({ heldUpdates: 1 });
    expect(await receiver.waitFor(1, isRefund)).toHaveLength(1);
  });
});

describe('the Bot API', () => {
  test('refund_balance_low: the refund is refused, and works afterwards', async () => {
    const { sandbox, bot, url, player } = await startShop();
    const { chargeId = '' } = await sandbox.control.pay({ userId: player.id, url });
    sandbox.control.faults({ refund_balance_low: 1 });
    await expect(bot.api.refundStarPayment(player.id, chargeId)).rejects.toMatchObject({
      description: 'Bad Request: BALANCE_TOO_LOW',
    });
    expect(await bot.api.refundStarPayment(player.id, chargeId)).toBe(true);
  });

  test('too_many_requests and server_error hit the named method only', async () => {
    const { sandbox, bot } = await startShop();
    sandbox.control.faults({ too_many_requests: { method: 'getMyStarBalance', retryAfter: 3, count: 1 } });
    sandbox.control.faults({ server_error: { method: 'getstartransactions', count: 1 } });
    expect(await bot.api.getMe()).toBeDefined();
    await expect(bot.api.getMyStarBalance()).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 3 },
    });
    await expect(bot.api.getStarTransactions()).rejects.toMatchObject({ error_code: 500 });
    expect(await bot.api.getMyStarBalance()).toEqual({ amount: 0 });
    expect(await bot.api.getStarTransactions()).toEqual({ transactions: [] });
    expect(sandbox.control.calls('getMyStarBalance').calls.map(({ status }) => status)).toEqual([429, 200]);
  });

  test('server_error with `executed` loses the answer, not the deed', async () => {
    const { sandbox, bot, url, player } = await startShop();
    const { chargeId = '' } = await sandbox.control.pay({ userId: player.id, url });
    sandbox.control.faults({ server_error: { method: 'refundStarPayment', executed: true, count: 1 } });
    await expect(bot.api.refundStarPayment(player.id, chargeId)).rejects.toMatchObject({ error_code: 500 });
    await expect(bot.api.refundStarPayment(player.id, chargeId)).rejects.toThrow(/CHARGE_ALREADY_REFUNDED/);
  });
});

describe('setting faults', () => {
  const set = (control: Control, body: unknown) => () => control.faults(body);

  test('answers what is on; counts run down; false turns off; a reset clears all', async () => {
    const { sandbox, url, player } = await startShop();
    const { control } = sandbox;
    expect(control.faults({ no_event: true, update_lost: 2 }).faults).toEqual({
      no_event: {},
      update_lost: { count: 2 },
    });
    await control.pay({ userId: player.id, url });
    expect(control.faults({ no_event: false }).faults).toEqual({ update_lost: { count: 1 } });
    expect(control.faults({ update_lost: 0 }).faults).toEqual({});
    control.faults({ no_event: true });
    control.reset();
    expect(control.faults().faults).toEqual({});
  });

  test.each([
    [{ gremlins: true }, /no fault "gremlins"; known are update_twice, /],
    [{ no_event: 'yes' }, /"no_event" must be true, false, a count or an object/],
    [{ no_event: -1 }, /whole number from 0/],
    [{ update_late: { afterMS: 5 } }, /no option "afterMS"; it takes update, userId, afterMs, count/],
    [{ update_late: { afterMs: '5' } }, /option "afterMs" can't be "5"/],
    [
      { update_lost: { update: 'message' } },
      /one of pre_checkout_query, successful_payment, refunded_payment/,
    ],
  ])('%j is refused and changes nothing', async (body, problem) => {
    const { control } = await startSandbox();
    expect(set(control, { update_lost: true, ...body })).toThrow(problem);
    expect(control.faults().faults).toEqual({});
  });
});
