import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('today’s sky is flown, counted and shown to a friend who was invited', async () => {
  const mira = await stage.player({ first_name: 'Mira' });
  const phone = await stage.phone();
  await phone.openGame(stage.world.sandbox.url, mira.id);
  await phone.tap(phone.button('Boards'));
  await phone.text('Nobody has flown today').waitFor();
  await phone.tap(phone.button("Fly today's sky"));
  await phone.until('it waits for the first tap', ({ waiting }) => waiting);
  // Nothing of the shop's is for use under the same sky for everybody.
  expect(await phone.button(/Shield/).count()).toBe(0);
  await phone.thumb(true);
  await phone.until('something was scored', ({ score }) => score > 120);
  await phone.thumb(false);
  const { score } = await phone.crash();
  await phone.text('Place 1 today, 1 of all time').waitFor();
  expect(await phone.button(/Second wind/).count()).toBe(0);
  expect(await phone.button("Fly today's sky").count()).toBe(1);
  await phone.shoot('boards 1 the place of a run');

  await phone.tap(phone.button('Boards'));
  const row = phone.game.getByRole('listitem').filter({ hasText: 'Mira' });
  await row.waitFor();
  expect(await row.textContent()).toContain(score.toLocaleString('en'));
  expect(await phone.inGame(() => document.activeElement?.tagName)).toBe('H2');
  await phone.shoot('boards 2 today');
  expect(await phone.barriers()).toEqual([]);

  await phone.tap(phone.button('Friends'));
  await phone.text('Only you so far').waitFor();
  await phone.tap(phone.button('Invite a friend'));
  const invitation = (await phone.page.getByText(/startapp=/).textContent()) ?? '';
  const link = /https:\/\/t\.me\/\w+\?startapp=f[0-9a-z]+_[\w-]{8}/.exec(invitation)?.[0] ?? '';
  await phone.close();

  const noor = await stage.player({ first_name: 'Noor' });
  const other = await stage.phone({ width: 360, height: 640, theme: 'dark' });
  await other.page.goto(`${stage.world.sandbox.url}/?player=${noor.id}`);
  await other.tap(other.hostButton('Start'));
  await other.page.locator('.write').fill(link);
  await other.page.keyboard.press('Enter');
  await other.page.getByRole('log').getByRole('link', { name: link }).click();
  await other.text('You and Mira are on one board now').waitFor();
  await other.game.getByRole('listitem').filter({ hasText: 'Mira' }).waitFor();
  await other.shoot('boards 3 a friend');
  expect(await other.barriers()).toEqual([]);
  // Whoever came to play can.
  await other.tap(other.button('Play'));
  await other.until('the run begins', ({ phase }) => phase === 'running');
  expect(other.complaints()).toEqual([]);
});
