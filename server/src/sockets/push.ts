import type { Cause } from '@stardrift/shared/protocol';
import type { Inventories, Revisions } from '../purchase/ports.ts';
import { viewInventory } from '../purchase/shelf.ts';
import { type Io, roomOf } from './gateway.ts';

/** Tells connected players what changed. A push is a hint: one that is lost costs nothing, for state is read anew. */
export function createPush(io: Io, inventories: Inventories, revisions: Revisions) {
  const isHere = (playerId: number): boolean =>
    (io.sockets.adapter.rooms.get(roomOf(playerId))?.size ?? 0) > 0;

  async function inventory(playerId: number, cause: Cause): Promise<void> {
    if (!isHere(playerId)) return;
    const view = viewInventory(await inventories.read(playerId), revisions.current());
    io.to(roomOf(playerId)).emit('inventory:changed', { ...view, cause });
  }

  return {
    isHere,
    inventory,
    /** After pushes may have been missed: everybody who is here gets the state as it is. */
    async resync(): Promise<void> {
      const players = new Set([...io.sockets.sockets.values()].map(({ data }) => data.player.id));
      for (const playerId of players) await inventory(playerId, 'sync');
    },
    catalog(revision: string): void {
      io.emit('catalog:changed', { revision });
    },
  };
}
