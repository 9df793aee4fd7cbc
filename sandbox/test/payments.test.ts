import { describe, expect, test } from 'vitest';
import { agree, isPayment, isPreCheckout, isRefund, startShop } from './fixtures.ts';

const LATE = 'Bad Request: query is too old and response timeout expired or query ID is invalid';

describe('a purchase', () => {
  test('asks the bot, moves the Stars, writes the ledger, tells the bot', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop();
    const { status, chargeId } = await sandbox.control.pay({ userId: player.id, url });
    expect(status).toBe('paid');
    const [asked] = await receiver.waitFor(1, isPreCheckout);
    expect(asked?.update.pre_checkout_query).toEqual({
      id: expect.stringMatching(/^\d{1,19}$/),
      from: { id: player.id, is_bot: false, first_name: 'Ada', language_code: 'en' },
      currency: 'XTR',
      total_amount: 25,
      invoice_payload: 'order-1',
    });
    expect(await bot.api.getStarTransactions()).toEqual({
      transactions: [
        {
          id: chargeId,
          date: expect.any(Number),
          amount: 25,
          source: {
            type: 'user',
            transaction_type: 'invoice_payment',
            user: { id: player.id, is_bot: false, first_name: 'Ada', language_code: 'en' },
            invoice_payload: 'order-1',
          },
        },
      ],
    });
    expect(await bot.api.getMyStarBalance()).toEqual({ amount: 25 });
    expect(sandbox.control.state()).toMatchObject({ balances: { [player.id]: 75 }, bot: { stars: 25 } });
    // The bot has had the news when `pay` resolves, so a test can go on at once.
    expect(receiver.delivered.filter(({ update }) => isPayment(update))).toHaveLength(1);
  });

  test('a link is payable many times and by other people', async () => {
    const { sandbox, bot, url, player } = await startShop();
    const other = sandbox.control.players({ stars: 30 });
    const payers = [player.id, player.id, other.id];
    const ids: unknown[] = [];
    for (const userId of payers) ids.push((await sandbox.control.pay({ userId, url })).chargeId);
    expect(new Set(ids).size).toBe(3);
    expect(await sandbox.control.pay({ userId: other.id, url })).toEqual({
      status: 'failed',
      error: 'BALANCE_TOO_LOW',
    });
    const { transactions } = await bot.api.getStarTransactions({ offset: 1, limit: 1 });
    expect(transactions.map(({ id }) => id)).toEqual([ids[1]]);
    expect(sandbox.control.ledger().transactions.map(({ id }) => id)).toEqual(ids);
  });

  test('two at once cannot spend the same Stars', async () => {
    const { sandbox, url } = await startShop();
    const { id } = sandbox.control.players({ stars: 30 });
    const results = await Promise.all([1, 2].map(() => sandbox.control.pay({ userId: id, url })));
    expect(results.map(({ status }) => status).sort()).toEqual(['failed', 'paid']);
    expect(sandbox.control.state()).toMatchObject({ balances: { [id]: 5 } });
  });

  test('an unknown link is SLUG_INVALID', async () => {
    const { sandbox, player } = await startShop();
    for (const url of ['https://t.me/$nothing', 'nothing']) {
      expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
        status: 'failed',
        error: 'SLUG_INVALID',
      });
    }
  });

  test.each([
    ['cancelled', { status: 'cancelled' }, 0],
    ['failed', { status: 'failed', error: 'FORM_EXPIRED' }, 0],
    ['pending', { status: 'pending' }, 1],
  ] as const)('with the outcome %s moves no Stars', async (outcome, result, asked) => {
    const { sandbox, receiver, url, player } = await startShop();
    expect(await sandbox.control.pay({ userId: player.id, url, outcome })).toEqual(result);
    expect(sandbox.control.ledger()).toEqual({ transactions: [] });
    expect(sandbox.control.state()).toMatchObject({ balances: { [player.id]: 100 } });
    expect(receiver.delivered.filter(({ update }) => isPreCheckout(update))).toHaveLength(asked);
  });

  test('a refusal reaches the payer with its text', async () => {
    const { sandbox, receiver, url, player } = await startShop();
    receiver.reply = (update) => agree(update, 'Sold out.');
    expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_FAILED: Sold out.',
    });
    expect(sandbox.control.ledger()).toEqual({ transactions: [] });
  });

  test('silence for 10 seconds ends it; the late answer is told so', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop({ timings: { preCheckoutMs: 60 } });
    receiver.reply = () => ({ status: 200 });
    expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_TIMEOUT',
    });
    const [asked] = await receiver.waitFor(1, isPreCheckout);
    const id = asked?.update.pre_checkout_query?.id ?? '';
    await expect(bot.api.answerPreCheckoutQuery(id, true)).rejects.toMatchObject({ description: LATE });
  });

  test('a second answer to one query is told it is too old', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop();
    receiver.reply = () => ({ status: 200 });
    const paying = sandbox.control.pay({ userId: player.id, url });
    const [asked] = await receiver.waitFor(1, isPreCheckout);
    const id = asked?.update.pre_checkout_query?.id ?? '';
    expect(await bot.api.answerPreCheckoutQuery(id, true)).toBe(true);
    await expect(bot.api.answerPreCheckoutQuery(id, false, { error_message: 'No.' })).rejects.toMatchObject({
      description: LATE,
    });
    expect(await paying).toMatchObject({ status: 'paid' });
  });

  test('rules decide what the Mini App hears of a refusal', async () => {
    const { sandbox, receiver, url, player } = await startShop({
      rules: { preCheckoutRefused: 'cancelled' },
    });
    receiver.reply = (update) => agree(update, 'No.');
    expect(await sandbox.control.pay({ userId: player.id, url })).toMatchObject({ status: 'cancelled' });
  });
});

test('a program chooses the app of Telegram in which a player pays', async () => {
  const { sandbox, url, player } = await startShop();
  const pay = (fields: object) => sandbox.control.pay({ userId: player.id, url, ...fields });
  expect(await pay({ platform: 'macos', outcome: 'failed' })).toMatchObject({ status: 'cancelled' });
  expect(await pay({ platform: 'android', outcome: 'failed' })).toMatchObject({ status: 'failed' });
  expect(await pay({ platform: 'macos' })).toMatchObject({
    status: 'cancelled',
    chargeId: expect.any(String),
  });
  await expect(pay({ platform: 'symbian' })).rejects.toThrow(
    '"platform" must be one of weba, web, tdesktop, macos, ios, android, not "symbian"',
  );
  const { launchUrl } = sandbox.control.players({ id: player.id, platform: 'ios' });
  expect(launchUrl).toContain(`/play/${player.id}?platform=ios#tgWebAppData=`);
  expect(launchUrl).toContain('tgWebAppPlatform=ios');
});

test('an invoice message is paid once, and the payment answers it', async () => {
  const { sandbox, bot, receiver, player } = await startShop();
  const message = await bot.api.sendInvoice(player.id, 'Magnet', 'Pulls', 'order-2', 'XTR', [
    { label: 'x', amount: 5 },
  ]);
  expect(message).toMatchObject({
    invoice: { title: 'Magnet', description: 'Pulls', start_parameter: '', currency: 'XTR', total_amount: 5 },
    reply_markup: { inline_keyboard: [[{ pay: true }]] },
  });
  const url = `message-${message.message_id}`;
  expect(await sandbox.control.pay({ userId: player.id, url, outcome: 'cancelled' })).toEqual({
    status: 'cancelled',
  });
  expect(await sandbox.control.pay({ userId: player.id, url })).toMatchObject({ status: 'paid' });
  expect(await sandbox.control.pay({ userId: player.id, url })).toEqual({
    status: 'failed',
    error: 'INVOICE_ALREADY_PAID',
  });
  const [paid] = await receiver.waitFor(1, isPayment);
  expect(paid?.update.message?.reply_to_message?.message_id).toBe(message.message_id);
});

describe('a refund', () => {
  test('by the bot: a second row with the same id, the Stars back, a message, once', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop();
    const { chargeId = '' } = await sandbox.control.pay({ userId: player.id, url });
    expect(await bot.api.refundStarPayment(player.id, chargeId)).toBe(true);
    const { transactions } = await bot.api.getStarTransactions();
    expect(transactions).toMatchObject([
      { id: chargeId, amount: 25, source: { type: 'user' } },
      {
        id: chargeId,
        amount: 25,
        receiver: { type: 'user', user: { id: player.id }, invoice_payload: 'order-1' },
      },
    ]);
    expect(transactions[1]).not.toHaveProperty('source');
    expect(sandbox.control.state()).toMatchObject({ balances: { [player.id]: 100 }, bot: { stars: 0 } });
    const [told] = await receiver.waitFor(1, isRefund);
    expect(told?.update.message).toMatchObject({
      chat: { id: player.id },
      from: { id: sandbox.bot.id, is_bot: true },
      refunded_payment: {
        currency: 'XTR',
        total_amount: 25,
        invoice_payload: 'order-1',
        telegram_payment_charge_id: chargeId,
      },
    });
    await expect(bot.api.refundStarPayment(player.id, chargeId)).rejects.toMatchObject({
      description: 'Bad Request: CHARGE_ALREADY_REFUNDED',
    });
  });

  test('by Telegram: the same, seen from the other side', async () => {
    const { sandbox, bot, receiver, url, player } = await startShop();
    const { chargeId = '' } = await sandbox.control.pay({ userId: player.id, url });
    expect(sandbox.control.refund({ chargeId })).toEqual({ ok: true });
    await receiver.waitFor(1, isRefund);
    expect(() => sandbox.control.refund({ chargeId })).toThrow(/CHARGE_ALREADY_REFUNDED/);
    await expect(bot.api.refundStarPayment(player.id, chargeId)).rejects.toMatchObject({
      description: 'Bad Request: CHARGE_ALREADY_REFUNDED',
    });
    expect(() => sandbox.control.refund({ chargeId: 'stx' })).toThrow(/CHARGE_NOT_FOUND/);
  });

  test('only goes to the payer, for a charge that exists, while the bot has the Stars', async () => {
    const { sandbox, bot, url, player } = await startShop();
    const other = sandbox.control.players({});
    const { chargeId = '' } = await sandbox.control.pay({ userId: player.id, url });
    await expect(bot.api.refundStarPayment(other.id, chargeId)).rejects.toThrow(/CHARGE_NOT_FOUND/);
    await expect(bot.api.refundStarPayment(player.id, 'stxNobody')).rejects.toThrow(/CHARGE_NOT_FOUND/);
    await expect(bot.api.refundStarPayment(1, chargeId)).rejects.toThrow(/USER_ID_INVALID/);
  });
});

describe('a subscription', () => {
  async function subscribe() {
    const shop = await startShop();
    const { api } = shop.bot;
    const url = await api.createInvoiceLink('Club', 'x', 'club-1', '', 'XTR', [{ label: 'x', amount: 10 }], {
      subscription_period: 2_592_000,
    });
    const { chargeId = '' } = await shop.sandbox.control.pay({ userId: shop.player.id, url });
    return { ...shop, chargeId };
  }

  test('is marked in the payment and in the ledger; a renewal is a charge of its own', async () => {
    const { sandbox, receiver, chargeId } = await subscribe();
    const [first] = await receiver.waitFor(1, isPayment);
    const expires = first?.update.message?.successful_payment?.subscription_expiration_date ?? 0;
    expect(first?.update.message?.successful_payment).toMatchObject({
      is_recurring: true,
      is_first_recurring: true,
    });
    expect(expires - Date.now() / 1000).toBeCloseTo(2_592_000, -2);

    const renewed = await sandbox.control.renew({ chargeId });
    expect(renewed.chargeId).not.toBe(chargeId);
    const [, second] = await receiver.waitFor(2, isPayment);
    expect(second?.update.message?.successful_payment).toEqual({
      currency: 'XTR',
      total_amount: 10,
      invoice_payload: 'club-1',
      telegram_payment_charge_id: renewed.chargeId,
      provider_payment_charge_id: expect.any(String),
      is_recurring: true,
      subscription_expiration_date: expires + 2_592_000,
    });
    expect(receiver.delivered.filter(({ update }) => isPreCheckout(update))).toHaveLength(1);
    const { transactions } = sandbox.control.ledger();
    expect(transactions).toMatchObject([1, 2].map(() => ({ source: { subscription_period: 2_592_000 } })));
  });

  test('ends when the bot cancels it, and goes on when the bot takes that back', async () => {
    const { sandbox, bot, player, chargeId } = await subscribe();
    expect(await bot.api.editUserStarSubscription(player.id, chargeId, true)).toBe(true);
    await expect(sandbox.control.renew({ chargeId })).rejects.toThrow(/SUBSCRIPTION_NOT_ACTIVE/);
    expect(await bot.api.editUserStarSubscription(player.id, chargeId, false)).toBe(true);
    expect(await sandbox.control.renew({ chargeId })).toHaveProperty('chargeId');
  });
});
