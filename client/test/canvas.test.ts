import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ webgl: false });
});
afterAll(() => stage?.close());

test('without WebGL the game plays on a plain canvas, in its colours, and an item is bought and used', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(stage.world.sandbox.url, player.id);
  await phone.tap(phone.button('Play'));
  await phone.thumb(true);
  await phone.until('the thumb scores', (run) => run.score > 200);
  expect(await phone.inGame(hues)).toBeGreaterThan(3);
  await phone.tap(phone.button('Get Shield for 6 Stars'));
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.confirm(6);
  await phone.text('It is yours').waitFor();
  await phone.until('the run goes on', (run) => run.phase === 'running' && !run.frozen);
  await phone.tap(phone.button('Use Shield, 1 left'));
  await phone.until('the shield is on', (run) => run.active.some(({ itemId }) => itemId === 'shield'));
  await phone.shoot('canvas-run');
  expect(phone.complaints()).toEqual([]);
});

test('a browser that can draw nothing at all says so, kindly', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await phone.openGame(stage.world.sandbox.url, player.id);
  await phone.text('This browser cannot draw the game').waitFor();
  await phone.shoot('undrawable');
  expect(phone.complaints()).toEqual([]);
});

/** How many of the twelve hues of the colour circle the picture shows plainly; what lost its colours shows two. */
function hues(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('#game canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) throw new Error('the game does not draw on a plain canvas');
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Array<number>(12).fill(0);
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    const most = Math.max(r, g, b);
    const spread = most - Math.min(r, g, b);
    if (most < 110 || spread < 0.3 * most) continue;
    const turn = most === r ? (g - b) / spread : most === g ? 2 + (b - r) / spread : 4 + (r - g) / spread;
    const hue = Math.floor(((turn + 6) % 6) * 2);
    seen[hue] = (seen[hue] ?? 0) + 1;
  }
  return seen.filter((count) => count > 150).length;
}
