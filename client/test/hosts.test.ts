import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../server/test/way/world.ts';
import type { Phone } from './phone.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let hostUrl: string;
beforeAll(async () => {
  stage = await openStage();
  hostUrl = stage.world.sandbox.url;
});
afterAll(() => stage?.close());

test('on macOS, which is silent about a closed sheet and contradicts itself about a paid one, one item is bought once', async () => {
  const player = await stage.player({ stars: 100 });
  const server = await stage.second(player);
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id, { platform: 'macos' });
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Second wind for 5 Stars'));
  await phone.tap(phone.hostButton('Cancel'));
  // Nothing was said: the shop believes that the sheet is still there until the player touches the page.
  await phone.text('Finish in Telegram').waitFor();
  await phone.tap(phone.button('Back to game'));
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Second wind for 5 Stars'));
  await phone.confirm(5);
  await phone.text('It is yours').waitFor();
  expect(await server.items()).toEqual({ second_wind: 1 });
  expect(await stage.world.starsOf(player.id)).toBe(95);
  expect(phone.complaints()).toEqual([]);
});

test('on an Android phone that loads the page anew every few seconds, neither the run nor the payment is lost', async () => {
  const player = await stage.player({ stars: 100 });
  const server = await stage.second(player);
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id, { platform: 'android', reload: '7' });
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  const first = phone.loadedAnew();
  const { score } = await phone.until('the thumb scores', (run) => run.score > 20);
  await first;

  await phone.button('Continue').waitFor();
  expect((await phone.run()).score).toBeGreaterThanOrEqual(score);
  const second = phone.loadedAnew();
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.hostButton('Confirm and pay 6 Stars').waitFor();
  await second;
  await phone.confirm(6);
  await eventually(async () => (await server.items()).shield === 1, 'the shield is credited');
  await phone.reloadGame();
  await phone.tap(phone.button('Continue'));
  await phone.button('Use Shield, 1 left').waitFor();
  expect((await phone.run()).score).toBeGreaterThanOrEqual(score);
  expect(await stage.world.starsOf(player.id)).toBe(94);
  expect(phone.complaints()).toEqual([]);
});

test('on iOS the game keeps clear of insets that come late, waits in the background, and outlives the loss of its picture', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(hostUrl, player.id, { platform: 'ios' });
  const top = () =>
    phone.game.locator('html').evaluate((html) => getComputedStyle(html).getPropertyValue('--top'));
  await phone.tap(phone.button('Play'));
  await expect.poll(top, { timeout: 10_000 }).toBe('46px');
  const below = await phone.button('Pause').boundingBox();
  expect(below?.y).toBeGreaterThanOrEqual(46);

  await phone.until('the run begins', (run) => run.phase === 'running' && !run.frozen);
  await phone.thumb(true);
  await phone.until('the thumb scores', (run) => run.score > 100);
  const before = await colours(phone);
  await phone.inGame(loseAndRestore);
  await phone.until('the run waits for its picture', (run) => run.frozen);
  const after = await phone.until('the run goes on with its picture', (run) => !run.frozen);
  await phone.until('points are made again', (run) => run.score > after.score);
  expect(await colours(phone)).toBeGreaterThan(before / 2);
  await phone.shoot('picture-restored');

  await phone.tap(phone.hostButton('Minimise game'));
  await phone.until('the run waits in the background', (run) => run.frozen);
  // Not a tap: what slides in a page that nobody sees does not come to rest.
  await phone.hostButton('Open game').click();
  await phone.tap(phone.button('Continue'));
  await phone.until('the run goes on', (run) => !run.frozen);
  expect(phone.complaints()).toEqual([]);
});

/** As a phone that is short of memory does it: takes the picture away, and gives it back a moment later. */
async function loseAndRestore(): Promise<void> {
  const canvas = document.querySelector('canvas');
  const gl = canvas?.getContext('webgl2') ?? canvas?.getContext('webgl');
  const switches = gl?.getExtension('WEBGL_lose_context');
  if (!canvas || !switches) throw new Error('the game is not drawn with WebGL');
  const lost = new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve, { once: true }));
  switches.loseContext();
  await lost;
  const restored = new Promise((resolve) =>
    canvas.addEventListener('webglcontextrestored', resolve, { once: true }),
  );
  // The browser refuses to restore a picture within the event that told of its loss.
  setTimeout(() => switches.restoreContext());
  await restored;
}

/** How many colours the game's picture has, of every 64th pixel. */
const colours = (phone: Phone): Promise<number> =>
  phone.inGame(
    () =>
      new Promise<number>((resolve) => {
        const canvas = document.querySelector('canvas');
        // After the game's own frame, as long as what it drew is still there to be read.
        requestAnimationFrame(() => {
          const copy = new OffscreenCanvas(canvas?.width ?? 1, canvas?.height ?? 1).getContext('2d');
          if (!canvas || !copy) return resolve(0);
          copy.drawImage(canvas, 0, 0);
          const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
          resolve(new Set(pixels.filter((_, index) => index % 64 === 0)).size);
        });
      }),
  );
