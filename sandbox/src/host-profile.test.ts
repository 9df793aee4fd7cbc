import { describe, expect, test } from 'vitest';
import { HOST_PROFILES, type InvoiceEnd, PLATFORMS, type Platform } from './host-profile.ts';
import { type InvoiceEvent, type InvoiceStatus, purchase } from './payments.ts';
import { putPlayer } from './players.ts';
import { createTelegram, type SandboxOptions } from './sandbox.ts';
import type { Telegram } from './telegram.ts';

const PLAYER = 1;
const SLUG = 'slug';

/** A Telegram with one invoice of 5 Stars, whose bot agrees to every pre-checkout, or to none. */
function start(agrees: boolean, options: SandboxOptions = {}): Telegram {
  const telegram = createTelegram(options);
  const bot = telegram.world.mainBot;
  bot.delivery.updates.outlet = {
    push({ update }) {
      const id = update.pre_checkout_query?.id;
      if (id !== undefined) bot.openPreCheckouts.get(id)?.answer(agrees ? null : 'No.');
    },
  };
  putPlayer(telegram, PLAYER, { stars: 10 });
  const texts = { title: 'x', description: 'x', payload: 'x' };
  telegram.world.invoices.set(SLUG, { slug: SLUG, bot, ...texts, priceStars: 5, spent: false });
  return telegram;
}

async function pay(telegram: Telegram, platform: Platform, outcome?: InvoiceStatus, slug = SLUG) {
  const player = telegram.world.players.get(PLAYER) ?? expect.fail('the player is gone');
  return purchase(telegram, player, slug, outcome, HOST_PROFILES[platform]);
}

const inWords = (events: readonly InvoiceEvent[]): string =>
  events.map(({ status, afterMs }) => (afterMs === 0 ? status : `${status}@${afterMs}`)).join(' ');

/** What each app says to a game of a payment and of each other end; '' is silence. */
const SAYS: Record<Platform, Record<'paid' | InvoiceEnd, string>> = {
  weba: {
    paid: 'paid',
    cancelled: 'cancelled',
    left: 'pending',
    refused: 'failed',
    unsent: 'failed',
    unfetched: 'failed',
    alreadyPaid: 'failed',
  },
  web: {
    paid: 'paid',
    cancelled: 'cancelled',
    left: 'pending',
    refused: 'failed',
    unsent: 'failed',
    unfetched: '',
    alreadyPaid: '',
  },
  tdesktop: {
    paid: 'paid',
    cancelled: 'cancelled',
    left: 'pending',
    refused: 'cancelled',
    unsent: 'cancelled',
    unfetched: 'failed',
    alreadyPaid: '',
  },
  macos: {
    paid: 'paid cancelled@100',
    cancelled: '',
    left: '',
    refused: 'failed cancelled@100',
    unsent: 'failed cancelled@100',
    unfetched: '',
    alreadyPaid: '',
  },
  ios: {
    paid: 'paid',
    cancelled: 'cancelled',
    left: 'cancelled',
    refused: 'cancelled',
    unsent: 'cancelled',
    unfetched: 'cancelled',
    alreadyPaid: 'cancelled',
  },
  android: {
    paid: 'paid',
    cancelled: 'cancelled',
    left: 'pending',
    refused: 'failed',
    unsent: 'failed',
    unfetched: 'failed',
    alreadyPaid: 'failed',
  },
};

describe.each(PLATFORMS)('%s', (platform) => {
  const says = SAYS[platform];

  test('tells of a payment, and the Stars have moved', async () => {
    const telegram = start(true);
    const { chargeId, events } = await pay(telegram, platform);
    expect(inWords(events)).toBe(says.paid);
    expect(telegram.world.mainBot.ledger).toMatchObject([{ id: chargeId, amount: 5 }]);
  });

  test.each<[InvoiceEnd, InvoiceStatus | undefined]>([
    ['cancelled', 'cancelled'],
    ['left', 'pending'],
    ['refused', undefined],
    ['unsent', 'failed'],
    ['unfetched', undefined],
    ['alreadyPaid', undefined],
  ])('tells of an invoice that ends %s, and no Stars have moved', async (end, outcome) => {
    const telegram = start(end !== 'refused');
    const invoice = telegram.world.invoices.get(SLUG);
    if (invoice) invoice.spent = end === 'alreadyPaid';
    const { events } = await pay(telegram, platform, outcome, end === 'unfetched' ? 'other' : SLUG);
    expect(inWords(events)).toBe(says[end]);
    expect(telegram.world.mainBot.ledger).toEqual([]);
  });

  test('has something odd about it, and says where that is known from', () => {
    const { quirks } = HOST_PROFILES[platform];
    expect(quirks.length).toBeGreaterThan(0);
    for (const { what, source } of quirks) expect([what, source]).not.toContain('');
  });
});

test('Android hears of a payment before the bot does, the others after', async () => {
  for (const platform of PLATFORMS) {
    const telegram = start(true);
    await pay(telegram, platform);
    expect([platform, telegram.world.held.size]).toEqual([platform, platform === 'android' ? 1 : 0]);
    for (const timer of telegram.world.held) clearTimeout(timer);
  }
});

test('a fault that was turned on goes before those of the app', async () => {
  const telegram = start(true);
  telegram.faults.set('paid_then_cancelled', { count: 1, afterMs: 7 });
  expect(inWords((await pay(telegram, 'macos')).events)).toBe('paid cancelled@7');
  telegram.faults.set('no_event', { count: 1 });
  expect(inWords((await pay(telegram, 'macos')).events)).toBe('');
});

test.each(['failed', 'cancelled'] as const)('the rule makes a refusal %s in every app', async (status) => {
  for (const platform of PLATFORMS) {
    const telegram = start(false, { rules: { preCheckoutRefused: status } });
    expect(inWords((await pay(telegram, platform)).events)).toBe(status);
  }
});
