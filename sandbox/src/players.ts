import type { Telegram } from './telegram.ts';
import type { Player } from './world.ts';

export const STARS_AT_FIRST = 1_000;

export interface PlayerChanges {
  first_name?: string | undefined;
  username?: string | undefined;
  language_code?: string | undefined;
  stars?: number | undefined;
  blocked?: boolean | undefined;
}

/** Creates the player of that id, or a new one, or changes what `changes` names. */
export function putPlayer(telegram: Telegram, id: number | undefined, changes: PlayerChanges = {}): Player {
  const { world, events } = telegram;
  const known = id === undefined ? undefined : world.players.get(id);
  const player = known ?? newPlayer(id ?? freeId(telegram));
  player.first_name = changes.first_name ?? player.first_name;
  player.username = changes.username ?? player.username;
  player.language_code = changes.language_code ?? player.language_code;
  player.blocked = changes.blocked ?? player.blocked;
  player.stars = changes.stars ?? player.stars;
  world.players.set(player.id, player);
  if (known) events.tell(player.id, { type: 'balance', stars: player.stars });
  events.tellAll({ type: 'state' });
  return player;
}

/** All players; when there is none, Ada appears, always the same person. */
export function somePlayers(telegram: Telegram): Player[] {
  const { players } = telegram.world;
  if (players.size === 0) putPlayer(telegram, 279_058_397, { first_name: 'Ada', username: 'ada' });
  return [...players.values()];
}

function newPlayer(id: number): Player {
  return {
    id,
    first_name: 'Player',
    language_code: 'en',
    stars: STARS_AT_FIRST,
    blocked: false,
    storage: new Map(),
  };
}

function freeId({ world }: Telegram): number {
  let id = world.nextPlayerId();
  while (world.players.has(id)) id = world.nextPlayerId();
  return id;
}
