import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../src/sandbox.ts';

let sandbox: Sandbox;
let chat: number;

beforeAll(async () => {
  sandbox = await createSandbox({ timings: { setWebhookEveryMs: 0 } });
  chat = sandbox.control.players({}).id;
});
afterAll(() => sandbox.close());

async function call(method: string, params: object): Promise<{ status: number; description: string }> {
  const response = await fetch(`${sandbox.apiRoot}/bot${sandbox.bot.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  const { ok, error_code, description } = await response.json();
  expect(ok).toBe(false);
  expect(error_code).toBe(response.status);
  return { status: response.status, description };
}

const INVOICE = {
  title: 'Shield',
  description: 'Takes one hit',
  payload: 'order-1',
  currency: 'XTR',
  prices: [{ label: 'Shield', amount: 25 }],
};

describe('createInvoiceLink refuses', () => {
  test.each<[string, object, string]>([
    ['no title', { title: undefined }, 'parameter "title" is required'],
    ['an empty title', { title: '' }, 'parameter "title" is required'],
    ['no description', { description: undefined }, 'parameter "description" is required'],
    ['no payload', { payload: undefined }, 'parameter "payload" is required'],
    ['no currency', { currency: undefined }, 'parameter "currency" is required'],
    ['no prices', { prices: undefined }, 'parameter "prices" is required'],
    ['a payload that is no UTF-8', { payload: 'a\uFFFDb' }, 'the payload must be encoded in UTF-8'],
    ['prices that are no JSON', { prices: '[{' }, "can't parse prices JSON object"],
    [
      'prices that are no array',
      { prices: { label: 'x', amount: 1 } },
      'expected an Array of labeled prices',
    ],
    [
      'a price that is no object',
      { prices: [5] },
      "can't parse labeled price: LabeledPrice must be an Object",
    ],
    [
      'a price without label',
      { prices: [{ amount: 5 }] },
      'can\'t parse labeled price: Can\'t find field "label"',
    ],
    [
      'an empty label',
      { prices: [{ label: '', amount: 5 }] },
      "can't parse labeled price: LabeledPrice label must be non-empty",
    ],
    [
      'a price without amount',
      { prices: [{ label: 'x' }] },
      'can\'t parse labeled price: Can\'t find field "amount"',
    ],
    [
      'a broken amount',
      { prices: [{ label: 'x', amount: 1.5 }] },
      'can\'t parse labeled price: Field "amount" must be a valid Number',
    ],
    ['no price at all', { prices: [] }, 'there must be at least one price'],
    ['a price of nothing', { prices: [{ label: 'x', amount: 0 }] }, 'total price must be positive'],
    ['a price below nothing', { prices: [{ label: 'x', amount: -5 }] }, 'total price must be positive'],
    [
      'too big an amount',
      { prices: [{ label: 'x', amount: 1e12 }] },
      'too big amount of the currency specified',
    ],
    [
      'too big a sum',
      {
        prices: [
          { label: 'x', amount: 999_999_999_999 },
          { label: 'y', amount: 1 },
        ],
      },
      'total price is too big',
    ],
    [
      'two prices',
      {
        prices: [
          { label: 'x', amount: 1 },
          { label: 'y', amount: 1 },
        ],
      },
      'STARS_INVOICE_INVALID',
    ],
    ['a tip', { max_tip_amount: 5 }, 'STARS_INVOICE_INVALID'],
    ['suggested tips', { suggested_tip_amounts: [1] }, 'STARS_INVOICE_INVALID'],
    ['a tip that is no number', { max_tip_amount: 'much' }, 'can\'t parse "max_tip_amount" as Number'],
    ['a misspelt currency', { currency: 'XTS' }, 'PAYMENT_PROVIDER_INVALID'],
    ['a payment provider', { provider_token: '1:TEST:2' }, 'PAYMENT_PROVIDER_INVALID'],
    ['a payload of 129 bytes', { payload: `${'é'.repeat(64)}x` }, 'INVOICE_PAYLOAD_INVALID'],
    ['a title of 33 characters', { title: 'x'.repeat(33) }, 'STARS_INVOICE_INVALID'],
    ['a description of 256 characters', { description: 'x'.repeat(256) }, 'STARS_INVOICE_INVALID'],
    ['a period of a week', { subscription_period: 604_800 }, 'STARS_INVOICE_INVALID'],
    [
      'a subscription of 10001 Stars',
      { subscription_period: 2_592_000, prices: [{ label: 'x', amount: 10_001 }] },
      'STARS_INVOICE_INVALID',
    ],
    ['a photo address that is none', { photo_url: 'shield.png' }, 'wrong HTTP URL specified'],
  ])('%s', async (_what, change, text) => {
    expect(await call('createInvoiceLink', { ...INVOICE, ...change })).toEqual({
      status: 400,
      description: `Bad Request: ${text}`,
    });
  });

  test('nothing at its very limits', async () => {
    const limits = { title: 'é'.repeat(32), description: 'é'.repeat(255), payload: 'é'.repeat(64) };
    const prices = JSON.stringify([{ label: 'x', amount: '10000' }]);
    const response = await fetch(
      `${sandbox.apiRoot}/bot${sandbox.bot.token}/createInvoiceLink?${new URLSearchParams({
        ...limits,
        prices,
        currency: 'XTR',
        subscription_period: '2592000',
      })}`,
    );
    expect(await response.json()).toEqual({
      ok: true,
      result: expect.stringMatching(/^https:\/\/t\.me\/\$[\w-]{20,}$/),
    });
  });
});

describe('other methods refuse', () => {
  const LATE = 'query is too old and response timeout expired or query ID is invalid';
  test.each<[string, object | (() => object), string]>([
    ['sendInvoice', { ...INVOICE }, 'chat_id is empty'],
    ['sendInvoice', { ...INVOICE, chat_id: 42 }, 'chat not found'],
    [
      'sendInvoice',
      () => ({
        ...INVOICE,
        chat_id: chat,
        reply_markup: { inline_keyboard: [[{ text: 'Later', callback_data: 'later' }]] },
      }),
      'REPLY_MARKUP_BUY_EMPTY',
    ],
    [
      'answerPreCheckoutQuery',
      { pre_checkout_query_id: '1', ok: false },
      'parameter "error_message" is required',
    ],
    ['answerPreCheckoutQuery', { pre_checkout_query_id: '1', ok: true }, LATE],
    ['refundStarPayment', { telegram_payment_charge_id: 'stx' }, 'invalid user_id specified'],
    ['refundStarPayment', { user_id: 0, telegram_payment_charge_id: 'stx' }, 'invalid user_id specified'],
    ['refundStarPayment', { user_id: 7 }, 'parameter "telegram_payment_charge_id" is required'],
    ['refundStarPayment', { user_id: 7, telegram_payment_charge_id: 'stx' }, 'USER_ID_INVALID'],
    ['refundStarPayment', () => ({ user_id: chat, telegram_payment_charge_id: 'stx' }), 'CHARGE_NOT_FOUND'],
    ['editUserStarSubscription', { telegram_payment_charge_id: 'stx' }, 'invalid user_id specified'],
    [
      'editUserStarSubscription',
      () => ({ user_id: chat, telegram_payment_charge_id: 'stx' }),
      'CHARGE_ID_INVALID',
    ],
    ['sendMessage', { text: 'hi' }, 'chat_id is empty'],
    ['sendMessage', { chat_id: 42, text: 'hi' }, 'chat not found'],
    ['sendMessage', () => ({ chat_id: chat }), 'message text is empty'],
    ['sendMessage', () => ({ chat_id: chat, text: ' \n ' }), 'message text is empty'],
    ['sendMessage', () => ({ chat_id: chat, text: 'x'.repeat(4097) }), 'message is too long'],
    ['sendMessage', () => ({ chat_id: chat, text: 'x', parse_mode: 'Pig Latin' }), 'unsupported parse_mode'],
    [
      'sendMessage',
      () => ({ chat_id: chat, text: '<b>x', parse_mode: 'HTML' }),
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [
      'sendMessage',
      () => ({ chat_id: chat, text: 'x', reply_markup: '{' }),
      "can't parse reply keyboard markup JSON object",
    ],
    [
      'sendMessage',
      () => ({ chat_id: chat, text: 'x', reply_markup: [] }),
      'object expected as reply markup',
    ],
    [
      'sendMessage',
      () => ({ chat_id: chat, text: 'x', reply_markup: { inline_keyboard: [{ text: 'a' }] } }),
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      'sendMessage',
      () => ({ chat_id: chat, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'a' }]] } }),
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'sendMessage',
      () => ({
        chat_id: chat,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'a', web_app: { url: 'http://example.com/' } }]] },
      }),
      "inline keyboard button Web App URL 'http://example.com/' is invalid: Only HTTPS links are allowed",
    ],
    ['editMessageText', { text: 'x' }, 'message identifier is not specified'],
    ['editMessageText', () => ({ chat_id: chat, message_id: 1, text: 'x' }), 'message to edit not found'],
    ['deleteMessage', { message_id: 1 }, 'chat identifier is not specified'],
    ['deleteMessage', () => ({ chat_id: chat }), 'message identifier is not specified'],
    ['deleteMessage', () => ({ chat_id: chat, message_id: 1 }), 'message to delete not found'],
    ['answerCallbackQuery', { callback_query_id: '1' }, LATE],
    ['setMyCommands', { commands: '[' }, "can't parse commands JSON object"],
    ['setMyCommands', { commands: {} }, 'expected an Array of BotCommand'],
    ['setMyCommands', { commands: [1] }, "can't parse BotCommand: expected an Object"],
    [
      'setMyCommands',
      { commands: [{ command: 'shop' }] },
      'can\'t parse BotCommand: Can\'t find field "description"',
    ],
    ['setMyCommands', { commands: [{ command: 'Shop!', description: 'x' }] }, 'BOT_COMMAND_INVALID'],
    ['setMyCommands', { commands: [], scope: '{' }, "can't parse BotCommandScope JSON object"],
    [
      'setMyCommands',
      { commands: [], scope: { type: 'galaxy' } },
      "can't parse BotCommandScope: Unsupported type specified",
    ],
    ['setChatMenuButton', { menu_button: '{' }, "can't parse menu button JSON object"],
    ['setChatMenuButton', { menu_button: [] }, "can't parse menu button: MenuButton must be an Object"],
    [
      'setChatMenuButton',
      { menu_button: { type: 'x' } },
      "can't parse menu button: MenuButton has unsupported type",
    ],
    ['setChatMenuButton', { chat_id: 'x' }, 'invalid chat_id specified'],
    ['setWebhook', { url: 'http://example.com/' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [
      'setWebhook',
      { url: 'https://example.com:3000/' },
      'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
    ['setWebhook', { url: 'https://192.168.1.5/' }, 'bad webhook: IP address 192.168.1.5 is reserved'],
    ['setWebhook', { url: 'https://[fd00::1]/' }, 'bad webhook: IP address fd00::1 is reserved'],
    ['setWebhook', { url: 'https://exa mple/' }, 'invalid webhook URL specified'],
    [
      'setWebhook',
      { url: 'https://example.com/', secret_token: 'x'.repeat(257) },
      'secret token is too long',
    ],
    [
      'setWebhook',
      { url: 'https://example.com/', secret_token: 'no spaces' },
      'secret token contains unallowed characters',
    ],
  ])('%s: %j', async (method, params, text) => {
    expect(await call(method, typeof params === 'function' ? params() : params)).toEqual({
      status: 400,
      description: `Bad Request: ${text}`,
    });
  });
});
