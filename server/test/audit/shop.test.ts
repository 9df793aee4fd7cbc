import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatBreach } from '../../src/audit/breach.ts';
import { auditStore } from '../../src/audit/cli.ts';
import { readStoreConfig } from '../../src/config.ts';
import { eventually, newId, openWorld, type World } from '../way/world.ts';

/** The audit of what a real server writes, while it writes it. */

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** As if it were asked some time from now, so that nothing is too young to be held against the ledger. */
async function audit(inMs: number) {
  const config = readStoreConfig({
    BOT_TOKEN: world.sandbox.bot.token,
    TELEGRAM_API_ROOT: world.sandbox.apiRoot,
    REDIS_URL: world.redis.url,
    CATALOG: world.catalogFile,
  });
  const result = await auditStore(config, { nowMs: () => Date.now() + inMs });
  return { ...result, lines: result.findings.breaches().map(formatBreach) };
}

/** Someone who buys, pays twice, uses, gives back, and leaves an order open. */
async function shopper(): Promise<void> {
  const player = await world.player({ stars: 5_000 });
  const { invoiceUrl } = await player.order('shield_3');
  await Promise.all([world.pay(player.id, invoiceUrl), world.pay(player.id, invoiceUrl)]);
  await world.pay(player.id, (await player.order('trail_ember')).invoiceUrl);
  const { chargeId } = await world.pay(player.id, (await player.order('magnet_3', 2)).invoiceUrl);
  await eventually(async () => (await player.items()).magnet === 6, 'the magnets are there');
  for (let use = 0; use < 4; use++) await player.ask('use', { opId: newId(), itemId: 'magnet', count: 1 });
  await world.control('/sandbox/refund', { chargeId });
  // There are three of it, for as many as ask first.
  const gold = await player.ask('order', { orderId: newId(), sku: 'comet_gold' });
  if (gold.ok) await world.pay(player.id, gold.invoiceUrl);
  await player.order('shield_1');
  player.socket.disconnect();
}

describe('a shop that is open', () => {
  test('is clean after all that can happen to a purchase', async () => {
    await Promise.all(Array.from({ length: 3 }, shopper));
    // Refunds and the walk of the ledger come by themselves.
    await expect.poll(async () => (await audit(3 * 60_000)).lines, { timeout: 20_000 }).toEqual([]);
    const { store, ledger } = await audit(3 * 60_000);
    expect(store).toMatchObject({ players: 3, owedStars: 0 });
    expect(store.keptStars).toBe(ledger.starsIn - ledger.starsBack);
    expect(ledger.starsBack).toBeGreaterThan(0);
  });

  test('is clean at every moment while it is busy', async () => {
    let isBusy = true;
    const shoppers = Promise.all(Array.from({ length: 6 }, shopper)).finally(() => {
      isBusy = false;
    });
    let audits = 0;
    for (; isBusy; audits++) expect((await audit(0)).lines).toEqual([]);
    await shoppers;
    expect(audits).toBeGreaterThan(0);
  });
});
