import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, newId, openWorld, type TestPlayer, type World } from './world.ts';

/** Three of them are there for all. */
const LIMITED = 'comet_gold';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const shelf = async (player: TestPlayer) => {
  const catalog = await player.ask('catalog', {});
  const offer = catalog.ok ? catalog.offers.find(({ sku }) => sku === LIMITED) : undefined;
  return { left: offer?.left, unavailable: offer?.unavailable };
};

test('three copies are sold to three of ten who ask at once; what comes back can be sold again', async () => {
  const players = await Promise.all(Array.from({ length: 10 }, () => world.player()));
  const asked = await Promise.all(
    players.map(async (player) => ({
      player,
      answer: await player.ask('order', { orderId: newId(), sku: LIMITED }),
    })),
  );
  const links = asked.flatMap(({ player, answer }) => (answer.ok ? { player, url: answer.invoiceUrl } : []));
  expect(links).toHaveLength(3);
  expect([...new Set(asked.map(({ answer }) => (answer.ok ? 'ok' : answer.code)))].sort()).toEqual([
    'ok',
    'sold_out',
  ]);
  const [outsider = players[0] as TestPlayer] = asked
    .filter(({ answer }) => !answer.ok)
    .map(({ player }) => player);
  expect(await shelf(outsider)).toEqual({ left: 0, unavailable: 'sold_out' });

  const paid = await Promise.all(links.map(({ player, url }) => world.pay(player.id, url)));
  expect(paid.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
  await world.control('/sandbox/refund', { chargeId: paid[0]?.chargeId });
  await eventually(async () => (await shelf(outsider)).left === 1, 'a copy is back');
  const { invoiceUrl } = await outsider.order(LIMITED);
  expect(await shelf(outsider)).toEqual({ left: 0, unavailable: 'sold_out' });
  expect(await world.pay(outsider.id, invoiceUrl)).toMatchObject({ status: 'paid' });
});

test('an order that is replaced gives its copies back', async () => {
  const own = await openWorld();
  const [player, other] = [await own.player(), await own.player()];
  await player.order(LIMITED, 3);
  expect(await shelf(other)).toEqual({ left: 0, unavailable: 'sold_out' });
  // A new price closes the order of the old one. Its copies come back as it ends, and are taken by the next.
  const told = new Promise((resolve) => player.socket.once('catalog:changed', resolve));
  const text = readFileSync(own.catalogFile, 'utf8');
  writeFileSync(own.catalogFile, text.replace('"priceStars": 20,', '"priceStars": 21,'));
  await told;
  await eventually(async () => {
    const answer = await player.ask('order', { orderId: newId(), sku: LIMITED, quantity: 2 });
    return answer.ok;
  }, 'the next order finds copies');
  await eventually(async () => (await shelf(other)).left === 1, 'one is left');
  await own.close();
});
