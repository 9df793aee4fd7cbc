import { readFileSync, writeFileSync } from 'node:fs';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { eventually, newId, openWorld } from './world.ts';

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

test('whoever is here while the store is emptied goes on with what they have, and is told no old news', async () => {
  const world = await openWorld();
  const player = await world.player();
  const saidTo = async (): Promise<string[]> => {
    const { calls } = (await world.control('/sandbox/calls?method=sendMessage')) as unknown as {
      calls: { params: { chat_id: number | string; text: string } }[];
    };
    const own = calls.filter(({ params }) => Number(params.chat_id) === player.id);
    return own.map(({ params }) => params.text).filter((text) => text.includes('are back with you'));
  };
  const { chargeId } = await world.pay(player.id, (await player.order('magnet_3')).invoiceUrl);
  await world.pay(player.id, (await player.order('shield_3')).invoiceUrl);
  for (let each = 0; each < 3; each++) await player.ask('use', { opId: newId(), itemId: 'shield', count: 1 });
  await world.control('/sandbox/refund', { chargeId });
  await eventually(async () => (await saidTo()).length === 1, 'the refund is told');
  const before = player.pushes.at(-1)?.rev ?? 0;

  const redis = await createClient({ url: world.redis.url }).connect();
  await redis.flushAll();
  await redis.close();
  // Its revision is lower than what the game has seen: only the server can say that this is the truth now.
  await eventually(() => {
    const last = player.pushes.at(-1);
    return last?.cause === 'sync' && last.rev < before && last.items.shield === 3;
  }, 'the game is told what it has');
  const wish = { orderId: newId(), sku: 'shield_1' };
  await eventually(async () => (await player.ask('order', wish)).ok, 'the shop is open again');
  const ordered = await player.ask('order', wish);
  await world.pay(player.id, ordered.ok ? ordered.invoiceUrl : '');
  await eventually(() => player.pushes.at(-1)?.items.shield === 4, 'the next purchase is told');
  expect(await player.items()).toEqual({ shield: 4 });
  expect(await saidTo()).toHaveLength(1);
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
