import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let hostUrl: string;
beforeAll(async () => {
  stage = await openStage();
  hostUrl = stage.world.sandbox.url;
});
afterAll(() => stage?.close());

/** Somebody else takes one of the three there are. Returns the charge. */
async function takeOne(): Promise<string> {
  const other = await stage.world.player({}, stage.line.url);
  const { invoiceUrl } = await other.order('comet_gold');
  const { chargeId } = await stage.world.pay(other.id, invoiceUrl);
  expect(chargeId).toBeDefined();
  return chargeId ?? '';
}

test('a limited offer says how many are left, and is sold out before the eyes of the player', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.text('3 left').waitFor();
  await phone.text('3 left').hover();
  await phone.shoot('limited-list');
  await phone.tap(phone.button('Close'));
  const charges = [await takeOne(), await takeOne()];

  await phone.tap(phone.button('Shop'));
  await phone.text('1 left').waitFor();
  await phone.tap(phone.button('Comet gold: details'));
  await phone.button('Buy Comet gold for 20 Stars').waitFor();
  await phone.shoot('limited-card');
  // Looking at the card has kept the last one from nobody.
  charges.push(await takeOne());
  await phone.tap(phone.button('Buy Comet gold for 20 Stars'));
  await phone.text('Sold out').waitFor();
  expect(await phone.button('Buy Comet gold for 20 Stars').count()).toBe(0);
  await phone.shoot('sold-out-card');
  expect(await phone.barriers()).toEqual([]);
  await phone.tap(phone.button('Back'));
  await phone.text('Sold out').waitFor();
  await phone.text('Sold out').hover();
  await phone.shoot('sold-out-list');
  expect(await stage.world.starsOf(player.id)).toBe(500);

  await stage.world.control('/sandbox/refund', { chargeId: charges[0] });
  await phone.tap(phone.button('Close'));
  await phone.tap(phone.button('Shop'));
  await phone.text('1 left').waitFor();
  await phone.tap(phone.button('Buy Comet gold for 20 Stars'));
  await phone.hostButton('Confirm and pay 20 Stars').waitFor();
  await phone.tap(phone.hostButton('Cancel'));
  await phone.text('Payment closed.').waitFor();
  await phone.shoot('limited-cancelled');
  await phone.tap(phone.button('Close'));
  await phone.tap(phone.button('Shop'));
  await phone.text('Kept for you').waitFor();
  await phone.text('Kept for you').hover();
  await phone.shoot('limited-kept');
  await phone.tap(phone.button('Buy Comet gold for 20 Stars'));
  await phone.confirm(20);
  await phone.text('+4 Void brake').waitFor();
  expect(phone.complaints()).toEqual([]);
});

test('sold out looks the same on a small phone, in Russian', async () => {
  const player = await stage.player({ language_code: 'ru' });
  const phone = await stage.phone({ width: 360, height: 640 });
  await phone.page.goto(player.launchUrl);
  await phone.tap(phone.button('Магазин'));
  await phone.text('Распродано').waitFor();
  await phone.text('Распродано').hover();
  await phone.shoot('sold-out-list-360');
  await phone.tap(phone.button('Золото кометы: подробнее'));
  await phone.text('Всё разобрали.').waitFor();
  await phone.shoot('sold-out-card-360');
  expect(phone.complaints()).toEqual([]);
});
