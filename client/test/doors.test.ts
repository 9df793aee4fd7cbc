import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../server/test/way/world.ts';
import { openStage, type Stage } from './stage.ts';

const README_PICTURE = fileURLToPath(new URL('../../docs/images/shop.png', import.meta.url));

let stage: Stage;
let hostUrl: string;
beforeAll(async () => {
  stage = await openStage();
  hostUrl = stage.world.sandbox.url;
});
afterAll(() => stage?.close());

test('the plain address, outside Telegram, is a friendly page with the way in', async () => {
  const phone = await stage.phone();
  await phone.page.goto(stage.line.url);
  await phone.page.getByText('Slingdust lives in Telegram').waitFor();
  const link = phone.page.getByRole('link', { name: 'Open in Telegram' });
  expect(await link.getAttribute('href')).toMatch(/^http/);
  await phone.shoot('outside');
  expect(await phone.barriers()).toEqual([]);
  expect(phone.complaints()).toEqual([]);
});

test('a Russian player reads Russian everywhere', async () => {
  const player = await stage.player({ first_name: 'Мира', language_code: 'ru', stars: 12 });
  const phone = await stage.phone({ theme: 'dark' });
  await phone.openGame(hostUrl, player.id);
  await phone.button('Играть').waitFor();
  await phone.shoot('russian-title');
  await phone.tap(phone.button('Магазин'));
  await phone.text('Второе дыхание ×3').waitFor();
  await phone.shoot('russian-shop');
  await phone.tap(phone.button('Купить «Второе дыхание ×3» за 12 звёзд'));
  await phone.tap(phone.hostButton('Подтвердить и заплатить 12 звёзд'));
  await phone.text('+3 Второе дыхание').waitFor();
  await phone.shoot('russian-delivered');
  expect(await phone.game.locator('html').getAttribute('lang')).toBe('ru');
  expect(phone.complaints()).toEqual([]);
});

test('a launch address opens the game alone; it sells, and what is bought goes along into the first run', async () => {
  const player = await stage.player();
  const server = await stage.second(player);
  const phone = await stage.phone({ width: 360, height: 640, reducedMotion: true });
  await phone.page.goto(player.launchUrl);
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Wide catch ×3 for 18 Stars'));
  await phone.shoot('bare-pay-sheet-360');
  await phone.confirm(18);
  await phone.text('It is yours').waitFor();
  expect(await server.items()).toEqual({ wide_catch: 3 });
  await phone.tap(phone.button('Done'));

  await phone.tap(phone.button('Choose what to take along').first());
  await phone.tap(phone.button('Take Wide catch. You have 3'));
  await phone.button('Wide catch comes along. You have 3').waitFor();
  await phone.shoot('bare-packed-360');
  await phone.tap(phone.button('Play'));
  const begun = await phone.until('the run begins', (run) => run.phase === 'running');
  expect(begun.used).toEqual({});
  await phone.text(/^Tap$/).waitFor();
  await phone.shoot('bare-run-360');
  await phone.page.keyboard.press('Space');
  await phone.until('what was taken along is used with the first tap', (run) => run.used.wide_catch === 1);
  await eventually(async () => (await server.items()).wide_catch === 2, 'one less is owned');
  await phone.page.keyboard.press('Escape');
  await phone.text('Paused').waitFor();
  expect(phone.complaints()).toEqual([]);
});

test('a launch that was tampered with can play, and is told why it can not buy', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.page.route('**/host/launch', async (route) => {
    const answer = await route.fetch();
    const { src } = (await answer.json()) as { src: string };
    await route.fulfill({ response: answer, json: { src: src.replaceAll('Mira', 'Mara') } });
  });
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.text('We could not recognise you').waitFor();
  await phone.shoot('refused-launch');
  expect(await phone.barriers()).toEqual([]);
  await phone.tap(phone.button('Close'));
  await phone.tap(phone.button('Play'));
  await phone.until('the run begins', (run) => run.phase === 'running');
  await phone.shoot('run-without-shop');
  expect(phone.complaints()).toEqual([]);
});

test('a page whose main part does not come says so, looks like ours, and can be tried again', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.page.route('**/assets/main-*.js', (route) => route.abort());
  await phone.page.goto(player.launchUrl);
  const page = phone.game.locator('.outside');
  await phone.text('The game did not load').waitFor();
  expect(await page.evaluate((main) => getComputedStyle(main).position)).toBe('fixed');
  await phone.shoot('stuck');
  await phone.page.unroute('**/assets/main-*.js');
  await phone.tap(phone.button('Reload'));
  await phone.button('Play').waitFor();
});

test('a page of which nothing comes has a key to try again', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  // The sandbox has one of that name too.
  const entry = `${stage.line.url}/assets/index-*.js`;
  await phone.page.route(entry, (route) => route.abort());
  await phone.page.goto(player.launchUrl);
  await phone.button('Reload').waitFor({ timeout: 12_000 });
  await phone.shoot('nothing-came');
  await phone.page.unroute(entry);
  await phone.tap(phone.button('Reload'));
  await phone.button('Play').waitFor();
});

test('a page whose keys are long in coming shows the game, and that something goes on', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  let arrive = () => {};
  const asked = new Promise<void>((resolve) => {
    void phone.page.route('**/assets/main-*.js', async (route) => {
      resolve();
      await new Promise<void>((come) => (arrive = come));
      await route.continue();
    });
  });
  await phone.page.goto(player.launchUrl);
  await asked;
  const waiting = phone.game.locator('#waiting');
  await waiting.waitFor();
  await eventually(
    async () => (await waiting.evaluate((sign) => getComputedStyle(sign).opacity)) === '1',
    'the sign of waiting is in sight',
  );
  await phone.shoot('waiting');
  arrive();
  await phone.button('Play').waitFor();
  expect(await waiting.count()).toBe(0);
  expect(phone.complaints()).toEqual([]);
});

test('a game whose engine does not come says so in the player’s language, and can be tried again', async () => {
  const player = await stage.player({ language_code: 'es' });
  const phone = await stage.phone();
  await phone.page.route('**/assets/phaser-*.js', (route) => route.abort());
  await phone.page.goto(player.launchUrl);
  await phone.text('El juego no se ha cargado').waitFor();
  await phone.page.unroute('**/assets/phaser-*.js');
  await phone.tap(phone.button('Recargar'));
  await phone.button('Jugar').waitFor();
});

test('on a wide window the phone stands beside the panel', async () => {
  const player = await stage.player();
  const phone = await stage.phone({ width: 1280, height: 720, theme: 'dark' });
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Second wind for 5 Stars').waitFor();
  await phone.shoot('host-desktop');
  expect(phone.complaints()).toEqual([]);
});

test('the picture of the README is what a player sees', async () => {
  const player = await stage.player();
  const phone = await stage.phone({ width: 1280, height: 890, ratio: 1.5, theme: 'dark' });
  await phone.openGame(hostUrl, player.id);
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  await phone.until('the thumb scores', (run) => run.score > 500);
  await phone.tap(phone.button('Get Shield for 6 Stars'));
  await phone.button('Buy Shield for 6 Stars').waitFor();
  const kept = await phone.shoot('readme', '.phone-body');
  if (process.env.UPDATE_README_PICTURE === '1') {
    mkdirSync(dirname(README_PICTURE), { recursive: true });
    copyFileSync(kept, README_PICTURE);
  }
  expect(phone.complaints()).toEqual([]);
});
