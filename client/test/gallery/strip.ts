import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
// Brings `window.__slingdust` with it.
import type {} from '../../src/game/game.ts';
import type { Phone } from '../phone.ts';
import type { Stage } from '../stage.ts';

const STRIP = fileURLToPath(new URL('../../../.cache/gallery/run.webp', import.meta.url));
const README_STRIP = fileURLToPath(new URL('../../../docs/images/run.webp', import.meta.url));
const FRAME = { width: 330, height: 586, gap: 14, round: 22 };

/** Moments of a run, in the order in which they come. What is looked for runs in the page, at every frame. */
const MOMENTS: (() => boolean)[] = [
  () => window.__slingdust?.run().waiting === true,
  () => {
    const comet = window.__slingdust?.world().comet;
    if (comet?.mode !== 'flight') return false;
    const { x, y, orbit } = comet.planet;
    return Math.hypot(comet.x - x, comet.y - y) > orbit + 50;
  },
  () => (window.__slingdust?.run().combo ?? 0) >= 2 && window.__slingdust?.world().comet.mode === 'orbit',
  () => {
    const { __slingdust: game, crossedAtMs } = window as typeof window & { crossedAtMs?: number };
    if (!game || game.world().gate < 1) return false;
    const { elapsedMs } = game.run();
    Object.assign(window, { crossedAtMs: crossedAtMs ?? elapsedMs });
    // Its light is under way by then.
    return elapsedMs - (crossedAtMs ?? elapsedMs) > 250;
  },
];

/** Five pictures of a run side by side, as WebP; the last one is of an item that arrives. Returns the file. */
export async function makeStrip(stage: Stage): Promise<string> {
  const player = await stage.player();
  const phone = await stage.phone({ width: 390, height: 692, ratio: 2, theme: 'dark' });
  await phone.page.goto(player.launchUrl);
  // The sandbox writes on the picture what would be felt.
  await phone.tap(phone.button('Vibration'));
  await phone.tap(phone.button('Play'));
  const frames: Buffer[] = [];
  for (const moment of MOMENTS) {
    await seen(phone, moment);
    frames.push(await phone.page.screenshot());
    await phone.thumb(true);
  }
  const second = await stage.second(player);
  const { invoiceUrl } = await second.order('shield_3');
  await stage.world.pay(player.id, invoiceUrl);
  await phone.game.locator('.chip').waitFor();
  frames.push(await phone.picture());
  writeFileSync(STRIP, await sideBySide(phone, frames));
  if (process.env.UPDATE_README_PICTURE === '1') {
    mkdirSync(dirname(README_STRIP), { recursive: true });
    copyFileSync(STRIP, README_STRIP);
  }
  return STRIP;
}

async function seen({ page }: Phone, moment: () => boolean): Promise<void> {
  const frame = page.frames().at(-1);
  await frame?.waitForFunction(moment, undefined, { polling: 'raf' });
}

/** Drawn by the browser, which can write WebP. */
async function sideBySide({ page }: Phone, frames: readonly Buffer[]): Promise<Buffer> {
  const pictures = frames.map((png) => `data:image/png;base64,${png.toString('base64')}`);
  const canvasPage = await page.context().newPage();
  const url = await canvasPage.evaluate(
    async ({ pictures: urls, frame: { width, height, gap, round } }) => {
      const canvas = document.createElement('canvas');
      canvas.width = urls.length * (width + gap) - gap;
      canvas.height = height;
      const context = canvas.getContext('2d');
      for (const [at, src] of urls.entries()) {
        const image = new Image();
        image.src = src;
        await image.decode();
        const x = at * (width + gap);
        context?.save();
        context?.beginPath();
        context?.roundRect(x, 0, width, height, round);
        context?.clip();
        context?.drawImage(image, x, 0, width, height);
        context?.restore();
      }
      return canvas.toDataURL('image/webp', 0.92);
    },
    { pictures, frame: FRAME },
  );
  await canvasPage.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
