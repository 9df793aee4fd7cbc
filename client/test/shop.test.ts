import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../server/test/way/world.ts';
import { editOffer, forgetLedger } from './disturb.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let hostUrl: string;
beforeAll(async () => {
  stage = await openStage();
  hostUrl = stage.world.sandbox.url;
});
afterAll(() => stage?.close());

test('an app that is closed in the middle of a payment finds the item when it is opened again', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const phone = await stage.phone();
  await stage.world.control('/sandbox/faults', {
    update_late: { count: 1, afterMs: 3_000, userId: player.id },
  });
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Slow time ×3 for 20 Stars'));
  await phone.confirm(20);
  await phone.text('Confirming payment…').waitFor();
  await phone.page.goto('about:blank');
  await eventually(async () => (await server.items()).slow_time === 3, 'the payment is credited meanwhile');

  await phone.openGame(hostUrl, player.id);
  await phone.text('It is yours').waitFor();
  await phone.text('+3 Slow time').waitFor();
  expect(await server.items()).toEqual({ slow_time: 3 });
  expect(phone.complaints()).toEqual([]);
});

test('a sheet that was closed while the game was reloading leaves the player free', async () => {
  const player = await stage.player();
  const phone = await stage.phone({ theme: 'dark' });
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Starter pack: details'));
  await phone.button('Buy Starter pack for 25 Stars').waitFor();
  await phone.shoot('card-pack-dark');
  await phone.tap(phone.button('Buy Starter pack for 25 Stars'));
  await phone.hostButton('Confirm and pay 25 Stars').waitFor();
  await phone.reloadGame();
  await phone.text('Confirming payment…').waitFor();
  await phone.tap(phone.hostButton('Cancel'));
  await phone.text('No payment seen yet').waitFor();
  await phone.shoot('unknown');
  expect(await stage.world.starsOf(player.id)).toBe(500);
  expect(phone.complaints()).toEqual([]);
});

test('the line breaks while Telegram takes the Stars; the item comes with the line', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Shield ×3: details'));
  await phone.tap(phone.button('Buy Shield ×3 for 15 Stars'));
  await phone.hostButton('Confirm and pay 15 Stars').waitFor();
  stage.line.cut();
  await phone.confirm(15);
  await phone.text('We will ask again as soon as you are back online').waitFor();
  await phone.shoot('offline-after-paying');
  await phone.tap(phone.button('Done'));
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Dust magnet ×3: details'));
  await phone.text('No connection. We keep trying.').waitFor();
  expect(await phone.button('Buy Dust magnet ×3 for 15 Stars').isDisabled()).toBe(true);
  await phone.shoot('offline-card');

  stage.line.mend();
  await phone.text('+3 Shield').waitFor();
  await eventually(
    () => phone.button('Buy Dust magnet ×3 for 15 Stars').isEnabled(),
    'the shop sells again',
    30_000,
  );
  // The browser's own words about the line that was cut.
  expect(phone.complaints(/WebSocket connection to .* failed/)).toEqual([]);
});

test('a payment that the bot turns away shows the words of the bot and costs nothing', async () => {
  const player = await stage.player({ stars: 200 });
  const server = await stage.second(player);
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Aurora trail: details'));
  await phone.tap(phone.button('Buy Aurora trail for 60 Stars'));
  await phone.hostButton('Confirm and pay 60 Stars').waitFor();
  const known = new Promise((resolve) => server.socket.once('catalog:changed', resolve));
  const restore = editOffer(stage, 'trail_aurora', { onSale: false });
  await known;

  await phone.confirm(60);
  await phone.page.getByText('This offer is not on sale any more. You were not charged.').waitFor();
  await phone.text('Telegram could not finish the payment.').waitFor();
  await phone.shoot('refused');
  expect(await server.items()).toEqual({});
  expect(await stage.world.starsOf(player.id)).toBe(200);
  restore();
  expect(phone.complaints()).toEqual([]);
});

test('a price that the designer saves is the price in an open shop within two seconds', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Ink trail for 40 Stars').waitFor();
  const restore = editOffer(stage, 'trail_ink', { priceStars: 35 });
  await phone.button('Buy Ink trail for 35 Stars').waitFor({ timeout: 2_000 });
  restore();
  await phone.button('Buy Ink trail for 40 Stars').waitFor({ timeout: 2_000 });
  expect(phone.complaints()).toEqual([]);
});

test('a shop that restores purchases says so, and sells when it has', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Shield for 6 Stars').waitFor();
  const reopen = await forgetLedger(stage);
  await phone.tap(phone.button('Shield: details'));
  await phone.text('We are restoring purchases just now. Nothing is lost; try again in a minute.').waitFor();
  await phone.shoot('restoring');
  await reopen();
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.confirm(6);
  await phone.text('It is yours').waitFor();
  expect(phone.complaints()).toEqual([]);
});

test('a cancelled sheet leaves the card as it was, and looks can be bought and worn', async () => {
  const player = await stage.player({ stars: 100 });
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Ember trail for 50 Stars').waitFor();
  await phone.shoot('shop-list');
  await phone.tap(phone.button('Ember trail: details'));
  await phone.button('Buy Ember trail for 50 Stars').waitFor();
  await phone.tap(phone.button('Back'));
  const row = phone.button('Ember trail: details');
  await row.waitFor();
  // The list is where it was left, and so is the focus.
  expect(await row.evaluate((key) => key === document.activeElement)).toBe(true);
  expect(
    await row.evaluate((key) => {
      const { top, bottom } = key.getBoundingClientRect();
      return top > 0 && bottom < window.innerHeight;
    }),
  ).toBe(true);
  await phone.tap(row);
  await phone.tap(phone.button('Buy Ember trail for 50 Stars'));
  await phone.hostButton('Confirm and pay 50 Stars').waitFor();
  await phone.tap(phone.hostButton('Cancel'));
  await phone.text('Payment closed.').waitFor();
  await phone.shoot('cancelled');
  expect(await stage.world.starsOf(player.id)).toBe(100);

  await phone.tap(phone.button('Buy Ember trail for 50 Stars'));
  await phone.confirm(50);
  await phone.text('It is yours').waitFor();
  await phone.shoot('delivered');
  await phone.tap(phone.button('Wear Ember trail'));
  await phone.button('Ember trail is worn').waitFor();
  await phone.tap(phone.button('Done'));
  await phone.tap(phone.button('Shop'));
  await phone.button('Ember trail is worn').waitFor();
  await phone.shoot('shop-worn');
  await phone.tap(phone.button('Purchases and help'));
  await phone.text('Delivered').waitFor();
  await phone.shoot('history');
  await phone.tap(phone.button('Close'));
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  await phone.until('the thumb scores', (run) => run.score > 300);
  await phone.shoot('run-ember');
  expect(phone.complaints()).toEqual([]);
});

test('a run that ended before a reload goes on with its points after a second wind', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const { invoiceUrl } = await server.order('second_wind');
  expect((await stage.world.pay(player.id, invoiceUrl)).status).toBe('paid');
  const phone = await stage.phone();
  await phone.page.goto(player.launchUrl);
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  await phone.until('something was scored', ({ score }) => score > 20);
  await phone.thumb(false);
  const { score } = await phone.crash();
  await phone.button('Use Second wind').waitFor();
  await phone.page.reload();
  await phone.tap(phone.button('Use Second wind'));
  await phone.game.locator('.hud .score').waitFor();
  expect(await phone.game.locator('.hud .score').textContent()).toBe(score.toLocaleString('en'));
  expect(phone.complaints()).toEqual([]);
});
