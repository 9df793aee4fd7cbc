import { afterAll, beforeAll, expect, test } from 'vitest';
import { shortFlight } from '../fixtures/flight.ts';
import { openWorld, type TestPlayer, type World } from '../way/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const STEPS_A_SECOND = 120;

test('boards: a forged, hurried or borrowed run', async () => {
  const mallory = await world.player({ first_name: 'Mallory' });
  const { ticket, seed } = await begin(mallory, 'daily');
  const shown = { ticket, ...shortFlight(seed) };

  // There is no word for a score, and none for the rules it was made under.
  for (const boast of [{ score: 999_999 }, { seed: 1 }, { items: [] }])
    expect(await mallory.ask('run:finish', { ...shown, ...boast })).toMatchObject({
      ok: false,
      code: 'bad_request',
    });
  const refused = [
    { ...shown, steps: 60 * STEPS_A_SECOND },
    { ...shown, uses: [{ step: 0, itemId: 'shield' }] },
    { ...shown, taps: [0, 1, 2, 3] },
    { ...shown, ticket: ticket.replace(`.${seed}.`, '.1.') },
    { ...shown, ticket: ticket.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) },
    { ...shown, ticket: (await begin(await world.player(), 'daily')).ticket },
  ];
  for (const cheat of refused)
    expect(await mallory.ask('run:finish', cheat)).toMatchObject({ ok: false, code: 'run_refused' });
  expect(await mallory.ask('board', { board: 'daily' })).toMatchObject({ entries: [], players: 0 });

  // An item that is not the player's can't be used up, so no run with it counts.
  const free = await begin(mallory, 'free');
  const uses = [{ step: 0, itemId: 'shield' }];
  const use = { opId: `${free.runId}-0`, itemId: 'shield' };
  expect(await mallory.ask('use', use)).toMatchObject({ ok: false, code: 'not_enough' });
  expect(await mallory.ask('run:finish', { ...shown, ticket: free.ticket, uses })).toMatchObject({
    code: 'run_refused',
  });

  expect(await mallory.ask('run:finish', shown)).toMatchObject({ ok: true, ranks: { all: 1, daily: 1 } });
  expect(await mallory.ask('board', { board: 'daily' })).toMatchObject({
    entries: [{ rank: 1, name: 'Mallory', you: true }],
  });
});

async function begin(player: TestPlayer, kind: 'free' | 'daily') {
  const start = await player.ask('run:start', { kind });
  if (!start.ok) throw new Error(start.message);
  return start;
}
