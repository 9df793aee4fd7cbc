import { readFileSync } from 'node:fs';
import { catalogSchema } from '@stardrift/shared/catalog';
import type { RunResult, RunStart } from '@stardrift/shared/protocol';
import { STEP_MS } from '@stardrift/shared/sim/constants';
import { createRun } from '@stardrift/shared/sim/run';
import { createThumb, FAIR } from '@stardrift/shared/sim/thumb';
import { scoreOf } from '@stardrift/shared/sim/world';
import { startTestRedis } from '@stardrift/tools/redis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Revision } from '../purchase/order.ts';
import type { Player } from '../purchase/ports.ts';
import { connectRedis, type Redis } from '../redis/client.ts';
import { createInventories } from '../redis/inventories.ts';
import { boardKey, inventoryKey } from '../redis/keys.ts';
import { createScores } from '../redis/scores.ts';
import { createSeal } from '../seal.ts';
import { createInvitations } from './invitation.ts';
import { type Claim, createReferee, rulesOf } from './referee.ts';
import { createRuns, type Runs } from './runs.ts';
import { createTickets } from './ticket.ts';

const CATALOG = new URL('../../../assets/catalog/items.json', import.meta.url);
const TOKEN = '123456789:AAHabcdefghijklmnopqrstuvwxyz';
const SEED = 8;
const revision: Revision = {
  id: '0123456789ab',
  catalog: catalogSchema.parse(JSON.parse(readFileSync(CATALOG, 'utf8'))),
};
const ADA: Player = { id: 41, language: 'en', name: 'Ada' };
const BOB: Player = { id: 42, language: 'en', name: 'Bob' };
const CAI: Player = { id: 43, language: 'en', name: 'Cai' };

let server: Awaited<ReturnType<typeof startTestRedis>>;
let redis: Redis;
let runs: Runs;
let nowMs: number;
const sealed = createTickets(createSeal(TOKEN, 'runs'));
/** Always the same skies, in which the players of these tests come far. */
const tickets: typeof sealed = {
  ...sealed,
  draw: (of, atMs) => ({ ...sealed.draw(of, atMs), seed: SEED }),
};
let results: string[];

beforeAll(async () => {
  server = await startTestRedis();
  redis = await connectRedis(server.url, 'money', (error) => {
    throw error;
  });
  runs = createRuns({
    scores: createScores(redis),
    revisions: {
      current: () => revision,
      find: async (id) => (id === revision.id ? revision : undefined),
    },
    clock: { nowMs: () => nowMs },
    tickets,
    invitations: createInvitations(createSeal(TOKEN, 'invitations')),
    referee: createReferee(() => Promise.resolve()),
    onJudged: (_, result) => void results.push(result),
  });
});
afterAll(async () => {
  await redis.close();
  await server.close();
});
beforeEach(async () => {
  await redis.flushAll();
  nowMs = Date.parse('2026-11-26T12:00:00Z');
  results = [];
});

interface Played {
  claim: Claim;
  score: number;
}

/** Plays as the client does, with items of the catalogue, for at most so many steps. */
function playUntil(start: RunStart, skill: number, most: number, items: Record<number, string> = {}): Played {
  const run = createRun(start.seed, start.endsAtMs === undefined ? rulesOf(revision) : []);
  const thumb = createThumb(FAIR, skill);
  while (run.world.phase === 'running' && run.world.step < most) {
    const item = items[run.world.step];
    if (item !== undefined) expect(run.use(item)).toBe(true);
    if (thumb(run.world)) run.tap();
    run.step();
  }
  const { steps, taps, uses } = run.save();
  return { claim: { steps, taps, uses }, score: scoreOf(run.world) };
}

/** The time that the run takes passes, then it is shown. */
async function show(player: Player, { ticket }: RunStart, { claim }: Played) {
  nowMs += claim.steps * STEP_MS;
  return runs.finish(player, { ticket, ...claim });
}

async function own(player: Player, item: string): Promise<void> {
  await redis.hSet(inventoryKey(player.id), { [item]: '5', '#rev': '1' });
}

test('the score is what the replay makes of the inputs, and both boards have it', async () => {
  const start = runs.start(ADA, 'daily');
  const played = playUntil(start, 1, 3_000);
  expect(played.score).toBeGreaterThan(100);
  const result = await show(ADA, start, played);
  expect(result).toEqual({ score: played.score, best: played.score, ranks: { all: 1, daily: 1 } });
  expect(results).toEqual(['counted']);
  for (const name of ['daily', 'all'] as const)
    expect(await runs.board(BOB, name)).toMatchObject({
      players: 1,
      entries: [{ rank: 1, name: 'Ada', score: played.score, items: false, you: false }],
    });
});

test('shown again it changes nothing; a worse run keeps the better one', async () => {
  const start = runs.start(ADA, 'free');
  const good = playUntil(start, 1, 3_000);
  const first = await show(ADA, start, good);
  expect(await show(ADA, start, good)).toEqual(first);
  const again = runs.start(ADA, 'free');
  const worse = playUntil(again, 1, 300);
  expect(await show(ADA, again, worse)).toEqual({ score: worse.score, best: good.score, ranks: { all: 1 } });
  expect(await runs.board(ADA, 'all')).toMatchObject({
    players: 1,
    entries: [{ score: good.score, you: true }],
  });
});

test('a run that went on after its end counts in full, and its ticket takes no other run', async () => {
  const start = runs.start(ADA, 'free');
  const half = playUntil(start, 1, 1_500);
  const whole = playUntil(start, 1, 3_000);
  expect(await show(ADA, start, half)).toMatchObject({ score: half.score });
  expect(await show(ADA, start, whole)).toMatchObject({ score: whole.score, best: whole.score });
  // Played again from the start, now that the sky is known; and cut back to where it stood better.
  expect(await show(ADA, start, playUntil(start, 2, 4_000))).toEqual({ refused: 'run_refused' });
  expect(await show(ADA, start, half)).toEqual({ refused: 'run_refused' });
  expect(results.slice(2)).toEqual(Array(2).fill('another run under the same ticket'));
});

test('items count when the server took them off under the run, each once, and a board says so', async () => {
  const inventories = createInventories(redis);
  await own(ADA, 'shield');
  const start = runs.start(ADA, 'free');
  const played = playUntil(start, 1, 2_000, { 200: 'shield' });
  expect(await show(ADA, start, played)).toEqual({ refused: 'run_refused' });
  expect(results).toEqual(['an item that was not used up']);
  await inventories.use(ADA.id, `${start.runId}-0`, 'shield', 1);
  expect(await show(ADA, start, played)).toMatchObject({ score: played.score });
  expect(await runs.board(BOB, 'all')).toMatchObject({ entries: [{ items: true }] });

  const other = runs.start(ADA, 'free');
  const borrowed = playUntil(other, 1, 2_000, { 200: 'shield' });
  expect(await show(ADA, other, borrowed)).toEqual({ refused: 'run_refused' });
});

const CHEATS: [string, (played: Played) => Claim, string][] = [
  [
    'a tap more than was possible',
    ({ claim }) => ({ ...claim, taps: [...claim.taps, claim.steps] }),
    'inputs that do not fit together',
  ],
  [
    'taps out of order',
    ({ claim }) => ({ ...claim, taps: claim.taps.toReversed() }),
    'inputs that do not fit together',
  ],
  [
    'steps beyond its end',
    ({ claim }) => ({ ...claim, steps: claim.steps + 5_000 }),
    'inputs that do not fit together',
  ],
  [
    'an item nobody knows',
    ({ claim }) => ({ ...claim, uses: [{ step: 0, itemId: 'infinite_lives' }] }),
    'an item that was not used up',
  ],
];
test.each(CHEATS)('%s: the run is refused', async (_, forge, fault) => {
  const start = runs.start(ADA, 'free');
  const played = playUntil(start, 1, 1e6);
  const forged = forge(played);
  nowMs += forged.steps * STEP_MS;
  expect(await runs.finish(ADA, { ticket: start.ticket, ...forged })).toEqual({ refused: 'run_refused' });
  expect(results).toEqual([fault]);
  expect(await runs.board(ADA, 'all')).toMatchObject({ players: 0, entries: [] });
});

test('a run played faster than time, with another’s ticket, or of a lost catalogue is refused', async () => {
  const start = runs.start(ADA, 'free');
  const { claim } = playUntil(start, 1, 3_000);
  expect(await runs.finish(ADA, { ticket: start.ticket, ...claim })).toEqual({ refused: 'run_refused' });
  nowMs += 60_000;
  expect(await runs.finish(BOB, { ticket: start.ticket, ...claim })).toEqual({ refused: 'run_refused' });
  const lost = tickets.write(
    tickets.draw({ playerId: ADA.id, day: undefined, revision: 'lost' }, nowMs - 60_000),
  );
  expect(await runs.finish(ADA, { ticket: lost, ...claim })).toEqual({ refused: 'run_refused' });
  expect(results).toEqual([
    'shorter in the world than in the game',
    'not the ticket of this player',
    'its catalogue is not known',
  ]);
});

test('of a crowd the best twenty are shown, and the player’s own place after them', async () => {
  const board = boardKey('all');
  const scores = createScores(redis);
  for (let id = 1_000; id < 1_030; id++) await scores.enter({ board: 'all' }, id, id, nowMs);
  await scores.enter({ board: 'all' }, ADA.id, 5, nowMs);
  const view = await runs.board(ADA, 'all');
  expect(view.players).toBe(31);
  expect(view.entries).toHaveLength(21);
  expect(view.entries[0]).toMatchObject({ rank: 1, score: 1_029, name: '' });
  expect(view.entries.at(-1)).toMatchObject({ rank: 31, score: 5, you: true });
  expect(await redis.zCard(board)).toBe(31);
});

test('a daily board is forgotten after a week, and the next day has a new one', async () => {
  const start = runs.start(ADA, 'daily');
  await show(ADA, start, playUntil(start, 1, 600));
  expect(await redis.ttl(boardKey('2026-11-26'))).toBeGreaterThan(7 * 24 * 3_600);
  nowMs += 24 * 3_600_000;
  expect(await runs.board(ADA, 'daily')).toMatchObject({ players: 0, entries: [] });
});

test('friends see one another’s best after one of them used the other’s invitation', async () => {
  const best: Record<string, RunResult | object> = {};
  for (const [player, steps] of [
    [ADA, 1_200],
    [BOB, 3_000],
    [CAI, 2_000],
  ] as const) {
    const start = runs.start(player, 'free');
    best[player.name] = await show(player, start, playUntil(start, 1, steps));
  }
  const { code } = await runs.board(ADA, 'friends');
  expect(await runs.befriend(BOB, code)).toEqual({ name: 'Ada' });
  expect(await runs.befriend(BOB, code)).toEqual({ name: 'Ada' });
  for (const player of [ADA, BOB]) {
    const { entries } = await runs.board(player, 'friends');
    expect(entries.map(({ name }) => name)).toEqual(['Bob', 'Ada']);
    expect(entries.map(({ rank }) => rank)).toEqual([1, 2]);
  }
  expect((await runs.board(CAI, 'friends')).entries.map(({ name }) => name)).toEqual(['Cai']);
  expect(await runs.befriend(ADA, code)).toEqual({ refused: 'unknown_friend' });
  expect(await runs.befriend(CAI, 'f1_AAAAAAAA')).toEqual({ refused: 'unknown_friend' });
});

test('a player has as many friends as one may, and those stay', async () => {
  const scores = createScores(redis);
  for (let id = 1_000; id < 1_100; id++) expect(await scores.befriend(ADA.id, id, 100)).toBe(true);
  expect(await scores.befriend(ADA.id, BOB.id, 100)).toBe(false);
  expect(await scores.befriend(BOB.id, ADA.id, 100)).toBe(false);
  expect(await scores.befriend(ADA.id, 1_000, 100)).toBe(true);
  expect(await scores.friends(ADA.id)).toHaveLength(100);
});
