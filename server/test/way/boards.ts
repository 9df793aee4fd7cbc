import { expect } from 'vitest';
import { shortFlight } from '../fixtures/flight.ts';
import type { TestPlayer } from './world.ts';

/** A run that counts, all boards, and a friend. */
export async function playOnBoards(player: TestPlayer, friend: TestPlayer): Promise<void> {
  const start = await player.ask('run:start', { kind: 'daily' });
  if (!start.ok) throw new Error(start.message);
  const { ticket, seed } = start;
  expect(await player.ask('run:finish', { ticket, ...shortFlight(seed) })).toMatchObject({ ok: true });
  for (const board of ['daily', 'all'] as const)
    expect(await player.ask('board', { board })).toMatchObject({ players: 1 });
  const own = await friend.ask('board', { board: 'friends' });
  expect(await player.ask('befriend', { code: own.ok ? own.code : '' })).toMatchObject({ ok: true });
}
