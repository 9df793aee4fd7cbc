import { SIM_VERSION } from '@stardrift/shared/sim/constants';
import { expect, test } from 'vitest';
import type { Revision } from '../purchase/order.ts';
import { type Claim, createReferee, faultOf, inputsBefore, usesOf } from './referee.ts';
import type { Ticket } from './ticket.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const HOUR_MS = 3_600_000;
const TICKET: Ticket = {
  runId: 'abcdefghijklmnopqrst',
  playerId: 7,
  day: undefined,
  seed: 1,
  version: SIM_VERSION,
  revision: '0123456789ab',
  issuedAtMs: NOW,
};
const DAILY: Ticket = { ...TICKET, day: '2026-11-26' };
/** A minute of play. */
const CLAIM: Claim = { steps: 7_200, taps: [10, 90], uses: [] };
const USED: Claim = { ...CLAIM, uses: [{ step: 100, itemId: 'shield' }] };

test.each<[string, Claim, Ticket | undefined, number, string | undefined]>([
  ['a minute after a minute', CLAIM, TICKET, NOW + 60_000, undefined],
  ['a little early, as clocks differ', CLAIM, TICKET, NOW + 58_100, undefined],
  ['a minute after half a minute', CLAIM, TICKET, NOW + 30_000, 'shorter in the world than in the game'],
  ['no ticket of ours', CLAIM, undefined, NOW + 60_000, 'not the ticket of this player'],
  ['the ticket of another', CLAIM, { ...TICKET, playerId: 8 }, NOW + 60_000, 'not the ticket of this player'],
  ['a day later', CLAIM, TICKET, NOW + 24 * HOUR_MS, undefined],
  ['more than a day later', CLAIM, TICKET, NOW + 24 * HOUR_MS + 1, 'shown too late'],
  [
    'begun under other rules',
    CLAIM,
    { ...TICKET, version: SIM_VERSION + 1 },
    NOW + 60_000,
    'of another simulation',
  ],
  ['a daily run an hour after midnight', CLAIM, DAILY, NOW + 13 * HOUR_MS, undefined],
  ['a daily run the next day', CLAIM, DAILY, NOW + 13 * HOUR_MS + 1, 'shown too late'],
  ['items in a free run', USED, TICKET, NOW + 60_000, undefined],
  ['items in a daily run', USED, DAILY, NOW + 60_000, 'items in a daily run'],
])('%s', (_, claim, ticket, nowMs, fault) => {
  expect(faultOf(claim, ticket, 7, nowMs)).toBe(fault);
});

test('each use stands under an operation of the run', () => {
  expect(usesOf(TICKET, USED)).toEqual([{ opId: 'abcdefghijklmnopqrst-0', what: 'shield 1' }]);
});

test('a run that went on has the same inputs before; another one has not', () => {
  const before = inputsBefore(7_200, USED);
  const on = { ...USED, steps: 9_000, taps: [10, 90, 7_200, 8_000] };
  expect(inputsBefore(7_200, on)).toBe(before);
  for (const other of [
    { ...on, taps: [10, 91, 8_000] },
    { ...on, taps: [10, 90, 7_199] },
    { ...on, uses: [] },
    { ...on, uses: [{ step: 101, itemId: 'shield' }] },
    { ...on, uses: [{ step: 100, itemId: 'magnet' }] },
  ])
    expect(inputsBefore(7_200, other)).not.toBe(before);
});

test('plays one run at a time, lets others have their turn, and sends away whom it could not serve', async () => {
  let breaths = 0;
  const referee = createReferee(async () => void breaths++);
  const revision = { id: 'r', catalog: { items: [], offers: [] } } as unknown as Revision;
  const idle: Claim = { steps: 4_000, taps: [], uses: [] };
  const played = await Promise.all(Array.from({ length: 103 }, () => referee(TICKET, revision, idle)));
  expect(played.filter((score) => score === 'busy')).toHaveLength(3);
  expect(new Set(played.slice(0, 100)).size).toBe(1);
  expect(breaths).toBe(100 * 2);
  expect(await referee(TICKET, revision, { ...idle, taps: [3, 4] })).toBeUndefined();
});
