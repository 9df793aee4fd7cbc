import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from './phone.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** Looks at the screen that is in view. */
async function look(phone: Phone, screen: string, found: string[]): Promise<void> {
  found.push(...(await phone.barriers()).map((barrier) => `${screen}: ${barrier}`));
}

test.each([
  { theme: 'light', width: 390, height: 844 },
  { theme: 'dark', width: 360, height: 640 },
] as const)('no screen keeps anybody out: $theme, $width × $height', async (options) => {
  const player = await stage.player();
  const phone = await stage.phone(options);
  const found: string[] = [];
  await phone.openGame(stage.world.sandbox.url, player.id);
  await phone.button('Play').waitFor();
  await look(phone, 'title', found);

  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Shield for 6 Stars').waitFor();
  await look(phone, 'shop', found);
  await phone.tap(phone.button('Shield: details'));
  await phone.button('One more').waitFor();
  await look(phone, 'card', found);
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.hostButton('Confirm and pay 6 Stars').waitFor();
  await look(phone, 'in Telegram', found);
  await phone.confirm(6);
  await phone.text('It is yours').waitFor();
  await look(phone, 'delivered', found);
  await phone.tap(phone.button('Done'));
  await phone.tap(phone.button('Choose what to take along').first());
  await phone.button('Take nothing here').waitFor();
  await look(phone, 'what to take along', found);
  await phone.page.keyboard.press('Escape');
  await phone.button('Take nothing here').waitFor({ state: 'hidden' });

  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Purchases and help'));
  await phone.text('Delivered').waitFor();
  await look(phone, 'purchases', found);
  await phone.tap(phone.button('Close'));

  await phone.tap(phone.button('Play'));
  await phone.until('the run is on', ({ phase }) => phase === 'running');
  await look(phone, 'run', found);
  // One tap there, and one back.
  await phone.tap(phone.button('Shop'));
  await phone.button('Buy Shield for 6 Stars').waitFor();
  expect((await phone.run()).frozen).toBe(true);
  await phone.tap(phone.button('Close'));
  await phone.until('the run goes on', ({ frozen }) => !frozen);
  await phone.tap(phone.button('Pause'));
  await phone.button('Continue').waitFor();
  await look(phone, 'paused', found);
  expect(found).toEqual([]);
  expect(phone.complaints()).toEqual([]);
});
