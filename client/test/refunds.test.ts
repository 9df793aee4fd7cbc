import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, newId } from '../../server/test/way/world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let hostUrl: string;
beforeAll(async () => {
  stage = await openStage();
  hostUrl = stage.world.sandbox.url;
});
afterAll(() => stage?.close());

type Second = Awaited<ReturnType<Stage['second']>>;

test('a shield that was used is refunded in the middle of a run, and the next one goes to it', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  await phone.tap(phone.button('Get Shield for 6 Stars'));
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.confirm(6);
  await phone.text('It is yours').waitFor();
  await phone.until('the run goes on', (run) => run.phase === 'running' && !run.frozen);
  await phone.tap(phone.button('Use Shield, 1 left'));
  await eventually(async () => (await server.items()).shield === undefined, 'the shield is used up');

  await stage.world.control('/sandbox/refund', { chargeId: await lastCharge(server) });
  await phone.text('Shield: 1 used one was refunded; your next one goes to it').waitFor();
  expect((await phone.run()).phase).toBe('running');
  await phone.shoot('refund-of-used-run');

  await phone.tap(phone.button('Get Shield for 6 Stars. 1 refunded: the next one goes to it'));
  await phone.text('1 used one was refunded; your next one goes to it').waitFor();
  await phone.shoot('debt-card-quick');
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.confirm(6);
  await phone.text('1 went to a refunded one').waitFor();
  expect(await phone.text('It is yours').count()).toBe(0);
  await phone.shoot('debt-paid');
  expect(await debts(server)).toBeUndefined();
  expect(await server.items()).toEqual({});

  await phone.tap(phone.button('Back to game'));
  await phone.button('Get Shield for 6 Stars').waitFor();
  expect(await stage.world.starsOf(player.id)).toBe(500 - 6);
  expect(phone.complaints()).toEqual([]);
});

test('a refund takes what is left and says what is owed; a reload says it again', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const phone = await stage.phone({ width: 360, height: 640 });
  await phone.page.goto(player.launchUrl);
  const chargeId = await buy(server, player.id, 'shield_3');
  const used = await server.ask('use', { opId: newId(), itemId: 'shield', count: 2 });
  expect(used).toMatchObject({ ok: true, items: { shield: 1 } });
  await phone.tap(phone.button('Shop'));
  await phone.text('Owned: 1').waitFor();
  await phone.tap(phone.button('Close'));
  await phone.tap(phone.button('Choose what to take along').first());
  await phone.button('Take Shield. You have 1').waitFor();
  await stage.world.control('/sandbox/refund', { chargeId });
  await phone.text('Refunded and taken back: Shield').waitFor();
  await phone.button('Take Shield. You have 1').waitFor({ state: 'hidden' });
  await phone.text('Shield: 2 used ones were refunded; your next 2 go to them').waitFor();
  await phone.shoot('refund-of-used-title-360');

  await phone.page.reload();
  await phone.tap(phone.button('Shop'));
  await phone.text('2 refunded: the next 2 go to them').waitFor();
  await phone.shoot('debt-list-360');
  await phone.tap(phone.button('Starter pack: details'));
  await phone.text('Shield: 2 used ones were refunded; your next 2 go to them').waitFor();
  await phone.shoot('debt-card-pack-360');
  await phone.tap(phone.button('Back'));
  await phone.tap(phone.button('Shield ×3: details'));
  await phone.text('2 used ones were refunded; your next 2 go to them').waitFor();
  await phone.shoot('debt-card-360');
  await phone.tap(phone.button('Buy Shield ×3 for 15 Stars'));
  await phone.confirm(15);
  await phone.text('It is yours').waitFor();
  await phone.text('+1 Shield').waitFor();
  await phone.text('2 went to refunded ones').waitFor();
  await phone.shoot('debt-paid-in-part-360');
  expect(await server.items()).toEqual({ shield: 1 });
  expect(await debts(server)).toBeUndefined();
  expect(phone.complaints()).toEqual([]);
});

test('a Russian player reads the same of five that were used', async () => {
  const player = await stage.player({ language_code: 'ru' });
  const server = await stage.second(player);
  const phone = await stage.phone({ width: 360, height: 640, theme: 'dark' });
  const chargeId = await buy(server, player.id, 'shield_3', 2);
  await server.ask('use', { opId: newId(), itemId: 'shield', count: 5 });
  await phone.page.goto(player.launchUrl);
  await phone.tap(phone.button('Магазин'));
  await phone.text('Есть: 1').waitFor();
  await phone.tap(phone.button('Закрыть'));
  await stage.world.control('/sandbox/refund', { chargeId });
  const debt = '5 использованных штук возвращено; столько же следующих уйдёт в их счёт';
  await phone.text(`Щит: ${debt}`).waitFor();
  await phone.shoot('russian-refund-360');
  await phone.tap(phone.button('Магазин'));
  await phone.text('5 следующих — в счёт возврата').waitFor();
  await phone.shoot('russian-debt-list-360');
  await phone.tap(phone.button('Щит ×3: подробнее'));
  await phone.text(debt).waitFor();
  await phone.shoot('russian-debt-card-360');
  await phone.tap(phone.button('Купить «Щит ×3» за 15 звёзд'));
  await phone.tap(phone.hostButton('Подтвердить и заплатить 15 звёзд'));
  await phone.text('3 штуки ушли в счёт возврата').waitFor();
  await phone.shoot('russian-debt-paid-360');
  expect(await debts(server)).toEqual({ shield: 2 });
  expect(phone.complaints()).toEqual([]);
});

test('a refund by support, while its card is in view, is told step by step', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Dust magnet ×3 for 15 Stars'));
  await phone.confirm(15);
  await phone.text('It is yours').waitFor();

  await stage.world.control('/sandbox/faults', { refund_balance_low: true });
  await stage.support(`/refund ${player.id} ${await lastCharge(server)}`);
  await phone.text('Stars on their way back').waitFor();
  await phone.shoot('refunding');
  expect(await phone.barriers()).toEqual([]);
  expect(await server.items()).toEqual({});
  await phone.tap(phone.button('Done'));
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Purchases and help'));
  await phone.text('Refund on its way').waitFor();
  await phone.shoot('history-refunding');
  await phone.tap(phone.button('Back'));
  await phone.tap(phone.button('Buy Slow time ×3 for 20 Stars'));
  await phone.confirm(20);
  await phone.text('It is yours').waitFor();

  await stage.support(`/refund ${player.id} ${await lastCharge(server)}`);
  await phone.text('Stars on their way back').waitFor();
  await stage.world.control('/sandbox/faults', { refund_balance_low: false });
  await phone.text('The Stars for this purchase went back to you.').waitFor();
  await phone.shoot('refunded');
  expect(await phone.barriers()).toEqual([]);
  // The first one was tried in vain before, and waits for its turn.
  await eventually(async () => (await stage.world.starsOf(player.id)) === 500, 'all Stars are back', 60_000);
  await phone.tap(phone.button('Done'));
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Purchases and help'));
  await phone.text('Refunded').waitFor();
  await phone.shoot('history-refunded');
  expect(await phone.barriers()).toEqual([]);
  expect(phone.complaints()).toEqual([]);
});

/** Pays for one on another device of the player's. */
async function buy(server: Second, playerId: number, sku: string, quantity = 1): Promise<string> {
  const { invoiceUrl } = await server.order(sku, quantity);
  const { chargeId } = await stage.world.pay(playerId, invoiceUrl);
  return chargeId ?? '';
}

async function lastCharge(server: Second): Promise<string> {
  const history = await server.ask('history', {});
  return (history.ok && history.entries[0]?.chargeId) || '';
}

async function debts(server: Second): Promise<Record<string, number> | undefined> {
  const inventory = await server.ask('inventory', {});
  return inventory.ok ? inventory.debts : {};
}
