import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refund } from './charges.ts';
import { purchase, renew } from './payments.ts';
import { putPlayer } from './players.ts';
import { createTelegram } from './sandbox.ts';
import type { Telegram } from './telegram.ts';
import type { Invoice } from './world.ts';

const PLAYERS = [1, 2, 3];
const STARS = 100;

/** A Telegram whose bot answers each pre-checkout at once, as `agrees` says. */
function start(agrees: () => boolean): Telegram {
  const telegram = createTelegram({});
  const bot = telegram.world.mainBot;
  bot.delivery.updates.outlet = {
    push({ update }) {
      const id = update.pre_checkout_query?.id;
      if (id !== undefined) bot.openPreCheckouts.get(id)?.answer(agrees() ? null : 'No.');
    },
  };
  for (const id of PLAYERS) putPlayer(telegram, id, { stars: STARS });
  return telegram;
}

function invoice(telegram: Telegram, priceStars: number, period: number): Invoice {
  const slug = `slug-${priceStars}-${period}`;
  const known = telegram.world.invoices.get(slug);
  const texts = { title: 'x', description: 'x', payload: slug };
  const made = { slug, bot: telegram.world.mainBot, ...texts, priceStars, spent: false };
  const result = known ?? (period > 0 ? { ...made, subscriptionPeriod: period } : made);
  telegram.world.invoices.set(slug, result);
  return result;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('pay' as const),
    player: fc.constantFrom(...PLAYERS),
    price: fc.integer({ min: 1, max: 60 }),
    period: fc.constantFrom(0, 2_592_000),
    agrees: fc.boolean(),
    outcome: fc.constantFrom('paid', 'paid', 'cancelled', 'failed', 'pending'),
  }),
  fc.record({ kind: fc.constantFrom('refund' as const, 'renew' as const), charge: fc.nat(20) }),
);

test('Stars are never made nor lost, and the ledger adds up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let agrees = true;
      const telegram = start(() => agrees);
      const { world } = telegram;
      for (const each of steps) {
        if (each.kind === 'pay') {
          agrees = each.agrees;
          const player = putPlayer(telegram, each.player);
          const before = player.stars;
          const { slug } = invoice(telegram, each.price, each.period);
          const { chargeId } = await purchase(telegram, player, slug, each.outcome);
          expect(before - player.stars).toBe(chargeId === undefined ? 0 : each.price);
        } else {
          const charge = [...world.charges.values()][each.charge];
          if (charge && each.kind === 'refund') refund(telegram, charge);
          else if (charge) await renew(telegram, charge);
        }
        addsUp(telegram);
      }
    }),
    { numRuns: 200 },
  );
});

function addsUp({ world }: Telegram): void {
  const bot = world.mainBot;
  const inHands = [...world.players.values()].reduce((sum, { stars }) => sum + stars, 0);
  expect(inHands + bot.stars).toBe(PLAYERS.length * STARS);
  expect(Math.min(...[...world.players.values()].map(({ stars }) => stars))).toBeGreaterThanOrEqual(0);
  const incoming = bot.ledger.filter(({ source }) => source);
  const outgoing = bot.ledger.filter(({ receiver }) => receiver);
  const total = (rows: typeof incoming) => rows.reduce((sum, { amount }) => sum + amount, 0);
  expect(total(incoming) - total(outgoing)).toBe(bot.stars);
  expect(new Set(incoming.map(({ id }) => id)).size).toBe(incoming.length);
  expect(new Set(outgoing.map(({ id }) => id)).size).toBe(outgoing.length);
  expect(world.charges.size).toBe(incoming.length);
}
