import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('every effect is heard, none crackles, and all of them end', async () => {
  const player = await stage.player();
  const phone = await stage.phone();
  await phone.openGame(stage.world.sandbox.url, player.id);
  const heard = await phone.inGame(() => window.__slingdustSound?.listen());
  const measured = Object.entries(heard ?? {});
  console.log(
    measured
      .map(([name, { peak, length }]) => `${name} ${peak.toFixed(2)} ${length.toFixed(2)} s`)
      .join(', '),
  );
  expect(measured.length).toBeGreaterThan(10);
  for (const [name, { peak, loudness, length }] of measured) {
    expect(peak, name).toBeGreaterThan(0.05);
    expect(peak, name).toBeLessThan(1);
    expect(loudness, name).toBeGreaterThan(0.001);
    expect(length, name).toBeLessThan(2.5);
  }
});

test('sound begins with a touch, sleeps behind another app, and what is switched off stays off', async () => {
  const player = await stage.player();
  const phone = await stage.phone({ width: 360, height: 640 });
  await phone.openGame(stage.world.sandbox.url, player.id);
  const state = () => phone.inGame(() => window.__slingdustSound?.state());
  expect(await state()).toBeUndefined();
  await phone.shoot('title-switches-360');
  const pressed = (name: string) => phone.button(name).getAttribute('aria-pressed');
  await phone.tap(phone.button('Music'));
  await expect.poll(state).toBe('running');
  expect(await pressed('Music')).toBe('false');
  expect(await pressed('Sounds')).toBe('true');

  await phone.reloadGame();
  await phone.button('Music').waitFor();
  expect(await pressed('Music')).toBe('false');
  await phone.tap(phone.button('Vibration'));
  await phone.tap(phone.button('Play'));
  await phone.until('the run goes on', ({ phase }) => phase === 'running');
  await phone.tap(phone.button('Pause'));
  expect(await pressed('Vibration')).toBe('false');
  await phone.shoot('paused-switches-360');
  expect(phone.complaints()).toEqual([]);
});
