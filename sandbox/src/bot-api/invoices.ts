import type { LabeledPrice } from '@grammyjs/types';
import { post } from '../chats.ts';
import { invoiceSlug } from '../ids.ts';
import type { Rules } from '../rules.ts';
import type { Telegram } from '../telegram.ts';
import type { Bot, Invoice } from '../world.ts';
import { type Arguments, integerField, isFields, parsed, textField } from './arguments.ts';
import { badRequest } from './envelope.ts';
import { buttonsOf, readReplyMarkup } from './markup.ts';
import { readReply, recipient } from './messages.ts';
import type { Method } from './method.ts';

const AMOUNT_MAX = 999_999_999_999;
const SUBSCRIPTION_PERIOD = 2_592_000;
const SUBSCRIPTION_STARS_MAX = 10_000;

export const createInvoiceLink: Method = (telegram, bot, args) => {
  const invoice = readInvoice(telegram, bot, args, invoiceSlug());
  const period = args.integer('subscription_period', 0);
  if (period !== 0) {
    const fits = period === SUBSCRIPTION_PERIOD && invoice.priceStars <= SUBSCRIPTION_STARS_MAX;
    if (!fits) throw badRequest('STARS_INVOICE_INVALID');
    invoice.subscriptionPeriod = period;
  }
  telegram.world.invoices.set(invoice.slug, invoice);
  return { result: `https://t.me/$${invoice.slug}` };
};

export const sendInvoice: Method = (telegram, bot, args) => {
  const invoice = readInvoice(telegram, bot, args, '');
  const replyMarkup = readReplyMarkup(args);
  const player = recipient(telegram, args);
  if (replyMarkup && !buttonsOf(replyMarkup)[0]?.pay) throw badRequest('REPLY_MARKUP_BUY_EMPTY');
  const message = post(telegram, bot, player, 'bot', {
    invoice: {
      title: invoice.title,
      description: invoice.description,
      start_parameter: args.text('start_parameter'),
      currency: 'XTR',
      total_amount: invoice.priceStars,
    },
    ...readReply(bot, player, args),
    reply_markup: replyMarkup ?? {
      inline_keyboard: [[{ text: `Pay ⭐️${invoice.priceStars}`, pay: true }]],
    },
  });
  invoice.slug = `message-${message.message_id}`;
  invoice.message = message;
  telegram.world.invoices.set(invoice.slug, invoice);
  return { result: message };
};

/** First what Telegram's server checks by itself, in its order, then what its backend refuses by code. */
function readInvoice({ rules }: Telegram, bot: Bot, args: Arguments, slug: string): Invoice {
  const title = args.required('title');
  const description = args.required('description');
  const payload = args.required('payload');
  // The reader of the request has put this character in the place of bytes that are no UTF-8.
  if (payload.includes('\uFFFD')) throw badRequest('The payload must be encoded in UTF-8');
  const currency = args.required('currency');
  args.required('prices');
  const prices = readPrices(args);
  refuseTips(args);
  const priceStars = total(prices);
  checkStars(rules, args, { title, description, payload, currency, priceStars, prices });
  const photoUrl = args.text('photo_url');
  if (photoUrl && !URL.canParse(photoUrl)) throw badRequest('Wrong HTTP URL specified');
  return { slug, bot, title, description, payload, priceStars, ...(photoUrl && { photoUrl }), spent: false };
}

function readPrices(args: Arguments): LabeledPrice[] {
  const value = args.json('prices', "Can't parse prices JSON object");
  if (!Array.isArray(value)) throw badRequest('Expected an Array of labeled prices');
  const prices = parsed("Can't parse labeled price", () => value.map(readPrice));
  if (prices.length === 0) throw badRequest('There must be at least one price');
  return prices;
}

function readPrice(value: unknown): LabeledPrice {
  if (!isFields(value)) throw new Error('LabeledPrice must be an Object');
  const label = textField(value, 'label');
  if (label === '') throw new Error('LabeledPrice label must be non-empty');
  return { label, amount: integerField(value, 'amount') };
}

function total(prices: readonly LabeledPrice[]): number {
  let sum = 0;
  for (const { amount } of prices) {
    if (Math.abs(amount) > AMOUNT_MAX) throw badRequest('Too big amount of the currency specified');
    sum += amount;
  }
  if (sum > AMOUNT_MAX) throw badRequest('Total price is too big');
  if (sum <= 0) throw badRequest('Total price must be positive');
  return sum;
}

function refuseTips(args: Arguments): void {
  const most = args.text('max_tip_amount');
  if (most !== '' && !/^-?\d+$/.test(most)) throw badRequest('Can\'t parse "max_tip_amount" as Number');
  const suggested = args.json('suggested_tip_amounts', "Can't parse suggested_tip_amounts JSON object") ?? [];
  if (!Array.isArray(suggested)) throw badRequest('Expected an Array of suggested tip amounts');
  if (Number(most) !== 0 || suggested.length > 0) throw badRequest('STARS_INVOICE_INVALID');
}

interface StarsInvoice {
  title: string;
  description: string;
  payload: string;
  currency: string;
  priceStars: number;
  prices: readonly LabeledPrice[];
}

function checkStars(rules: Rules, args: Arguments, invoice: StarsInvoice): void {
  // Only Stars are sold here: another currency needs a payment provider, which this Telegram has none of.
  if (invoice.currency !== 'XTR' || args.text('provider_token') !== '')
    throw badRequest('PAYMENT_PROVIDER_INVALID');
  if (invoice.prices.length > 1) throw badRequest(rules.severalPrices);
  if (Buffer.byteLength(invoice.payload) > 128) throw badRequest('INVOICE_PAYLOAD_INVALID');
  if ([...invoice.title].length > 32 || [...invoice.description].length > 255) {
    throw badRequest(rules.invoiceTextTooLong);
  }
  if (rules.maxPriceStars > 0 && invoice.priceStars > rules.maxPriceStars) {
    throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  }
}
