import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

/** The tests' own catalogue has its words in two languages only. */
const SHIPPED = fileURLToPath(new URL('../../assets/catalog/items.json', import.meta.url));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ catalog: SHIPPED });
});
afterAll(() => stage?.close());

const PHONE = { width: 390, height: 844 };
const SMALL = { width: 360, height: 640 };
const TABLET = { width: 820, height: 1_180 };
const DESKTOP = { width: 1_280, height: 720 };
/** Arabic turns every screen round, the stretched English needs most room where there is least. */
const LOOKS = [
  { tag: 'ar', play: 'العب', shop: 'المتجر', sizes: [PHONE, SMALL, TABLET, DESKTOP] },
  { tag: 'en-xa', play: /^Þłáý/, shop: /^Šhöp/, sizes: [PHONE, SMALL] },
  { tag: 'es', play: 'Jugar', shop: 'Tienda', sizes: [SMALL] },
].flatMap(({ sizes, ...language }) => sizes.map((size) => ({ ...language, ...size })));

test.each(LOOKS)(
  'everything has room in $tag on $width × $height',
  async ({ tag, play, shop, width, height }) => {
    const player = await stage.player({ language_code: tag, first_name: `${tag} ${width}` });
    const phone = await stage.phone({ width, height });
    await phone.page.goto(player.launchUrl);
    const found: string[] = [];
    const look = async (screen: string): Promise<void> => {
      await phone.shoot(`${tag}-${screen}-${width}`);
      found.push(...(await phone.tooLong()).map((what) => `${screen}: ${what}`));
    };
    await phone.button(play).waitFor();
    expect(await phone.inGame(() => document.documentElement.dir)).toBe(tag === 'ar' ? 'rtl' : 'ltr');
    await look('title');
    await phone.tap(phone.button(shop));
    await phone.game.locator('.buy-pill').first().waitFor();
    await look('shop');
    await phone.tap(phone.game.locator('.offer .open').nth(2));
    await phone.game.locator('.card-page').waitFor();
    await look('card');
    await phone.page.keyboard.press('Escape');
    await phone.page.keyboard.press('Escape');
    await phone.tap(phone.button(play));
    await phone.until('the run is on', ({ phase }) => phase === 'running');
    await look('run');
    expect(found).toEqual([]);
    expect(phone.complaints()).toEqual([]);
  },
);
