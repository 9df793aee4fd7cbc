import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../server/test/way/world.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('a player buys in the middle of a run, from the chat to the item in hand', async () => {
  const player = await stage.player({ first_name: 'Mira', stars: 500 });
  const server = await stage.second(player);
  const phone = await stage.phone();
  const { page, game } = phone;

  await page.goto(`${stage.world.sandbox.url}/?player=${player.id}`);
  await phone.tap(phone.hostButton('Start'));
  await page.locator('.menu-button').waitFor();
  await page.getByRole('log').getByText('Tap to sling your comet').waitFor();
  await phone.shoot('host-chat');

  await page.locator('.menu-button').click();
  await phone.button('Play').waitFor();
  await phone.shoot('title');
  await phone.tap(phone.button('Shop'));
  await phone.tap(phone.button('Aurora trail: details'));
  await phone.button('Buy Aurora trail for 60 Stars').waitFor();
  await phone.tap(phone.button('Try Aurora trail for one run'));
  await phone.until('the run begins', (run) => run.phase === 'running');
  await phone.shoot('run-start');
  await phone.thumb(true);
  const played = await phone.until('the thumb scores', (run) => run.score > 600);
  await phone.shoot('run');

  await phone.thumb(false);
  await phone.button('Get Second wind for 5 Stars').waitFor();
  const dead = await phone.run();
  expect(dead.phase).toBe('dead');
  expect(dead.score).toBeGreaterThanOrEqual(played.score);
  await phone.button('Get Aurora trail for 60 Stars').waitFor();
  await phone.shoot('death');
  expect(await phone.barriers()).toEqual([]);

  await phone.reloadGame();
  await phone.button('Get Second wind for 5 Stars').waitFor();
  expect(await phone.button('Get Aurora trail for 60 Stars').count()).toBe(0);
  expect((await phone.run()).score).toBe(dead.score);
  await phone.tap(phone.button('Get Second wind for 5 Stars'));
  await phone.button('Buy Second wind for 5 Stars').waitFor();
  await phone.shoot('second-wind-card');
  await phone.tap(phone.button('Buy Second wind for 5 Stars'));
  await phone.hostButton('Confirm and pay 5 Stars').waitFor();
  await phone.shoot('pay-sheet');
  await phone.confirm(5);
  await phone.text('It is yours').waitFor();
  await phone.shoot('second-wind-delivered');
  await phone.thumb(true);
  const revived = await phone.until('the run goes on', (run) => run.phase === 'running' && !run.frozen);
  expect(revived.used).toEqual({ second_wind: 1 });
  expect(revived.score).toBeGreaterThanOrEqual(dead.score);
  await eventually(
    async () => (await server.items()).second_wind === undefined,
    'the second wind is used up',
  );
  await phone.until('points are made again', (run) => run.score > dead.score + 100);
  await phone.shoot('run-revived');

  await phone.tap(phone.button('Get Shield for 6 Stars'));
  await phone.tap(phone.button('Buy Shield for 6 Stars'));
  await phone.confirm(6);
  await phone.text('It is yours').waitFor();
  await phone.until('the run goes on with a shield', (run) => run.phase === 'running' && !run.frozen);
  await phone.shoot('run-shield-owned');
  await phone.tap(phone.button('Use Shield, 1 left'));
  // The next Space belongs to the comet, not to the button that was clicked.
  expect(await phone.game.locator('.slot:focus').count()).toBe(0);
  const shielded = await phone.until('the shield is on', (run) => run.active.some(isShield));
  expect(shielded.used).toEqual({ second_wind: 1, shield: 1 });
  await phone.button('Get Shield for 6 Stars').waitFor();
  await phone.shoot('run-shield-on');
  await eventually(async () => (await server.items()).shield === undefined, 'the shield is used up');

  await stage.world.control('/sandbox/faults', {
    update_late: { count: 1, afterMs: 3_000, userId: player.id },
  });
  await phone.tap(phone.button('Get Dust magnet ×3 for 15 Stars'));
  await phone.tap(phone.button('Buy Dust magnet ×3 for 15 Stars'));
  await phone.confirm(15);
  await phone.text('Confirming payment…').waitFor();
  await phone.shoot('confirming');
  const before = await phone.run();
  await phone.reloadGame();
  await phone.text('It is yours').waitFor();
  expect(await server.items()).toEqual({ magnet: 3 });
  await game.getByRole('dialog').waitFor({ state: 'hidden' });
  await phone.shoot('resumed');
  await phone.tap(phone.button('Continue'));
  const resumed = await phone.until('the run goes on after the reload', (run) => !run.frozen);
  expect(resumed.used).toEqual({ second_wind: 1, shield: 1 });
  expect(resumed.score).toBeGreaterThanOrEqual(before.score);
  await phone.button('Use Dust magnet, 3 left').waitFor();

  await phone.inGame(atGate);
  await phone.inGame(tapOffer);
  await phone.button('Buy Void brake ×3 for 15 Stars').waitFor();
  await phone.shoot('gate-offer-card');
  await phone.tap(phone.button('Close'));
  expect(await phone.button('Get Void brake ×3 for 15 Stars').count()).toBe(0);
  await phone.until('the run goes on after the offer', (run) => !run.frozen);
  await phone.tap(phone.button('Pause'));
  await phone.shoot('pause');
  expect(await stage.world.starsOf(player.id)).toBe(500 - 5 - 6 - 15);
  expect(phone.complaints()).toEqual([]);
});

const isShield = ({ itemId }: { itemId: string }): boolean => itemId === 'shield';

/** The next gate is about to be crossed, the void close below. */
function atGate(): void {
  const world = window.__slingdust?.world();
  if (!world) throw new Error('the client was not built in the mode "test"');
  world.time = 20 * (world.gate + 1) - 0.1;
  world.voidY = world.comet.y - 180;
}

/** Taps the offer as soon as it is there: two seconds are not much for a busy machine. */
const tapOffer = (): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      const chip = document.querySelector<HTMLElement>('.offer-chip:not([hidden])');
      if (!chip) return void requestAnimationFrame(look);
      chip.click();
      resolve();
    };
    look();
  });
