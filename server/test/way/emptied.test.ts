import { readFileSync, writeFileSync } from 'node:fs';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { eventually, openWorld } from './world.ts';

test('a store emptied after a change of price gets every purchase back as it was sold, and refunds none', async () => {
  const world = await openWorld();
  const player = await world.player();
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  const told = new Promise((resolve) => player.socket.once('catalog:changed', resolve));
  const text = readFileSync(world.catalogFile, 'utf8');
  writeFileSync(
    world.catalogFile,
    text.replace(
      '"priceStars": 15,\n      "grant": { "shield": 3 }',
      '"priceStars": 16,\n      "grant": { "shield": 1 }',
    ),
  );
  await told;
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  expect(await player.items()).toEqual({ shield: 4 });

  await world.first.close();
  const redis = await createClient({ url: world.redis.url }).connect();
  await redis.flushAll();
  await redis.close();
  await world.startServer();
  const back = await world.connect(player.initData);
  await eventually(async () => (await back.items()).shield === 4, 'both purchases are back');
  expect(await world.starsOf(player.id)).toBe(1_000 - 15 - 16);
  await world.close();
});

test('a payment that names a catalogue nobody has is not guessed at: it is recorded and goes back', async () => {
  const world = await openWorld();
  const player = await world.player();
  const { order } = await player.order('shield_3');
  const payload = `sd1:${player.id}:${order.id.replace(/./, 'x')}:shield_3:1:aaaaaaaaaaaa`;
  const response = await world.tell(player.id, { invoice_payload: payload, total_amount: 15 });
  expect(response.status).toBe(200);
  expect(await player.items()).toEqual({});
  const history = await player.ask('history', {});
  expect(history.ok && history.entries[0]).toMatchObject({ state: 'refunding', grant: {}, priceStars: 15 });
  await world.close();
});
