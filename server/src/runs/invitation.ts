import { INVITATION } from '@stardrift/shared/invitation';
import type { Seal } from '../seal.ts';

/** Codes by which a player invites others to their board: nobody can make one for somebody else. */
export function createInvitations(seal: Seal) {
  const mark = (playerId: number): string => seal.of(String(playerId)).slice(0, 8);
  return {
    of: (playerId: number): string => `f${playerId.toString(36)}_${mark(playerId)}`,
    /** Who invites; `undefined` for a code that nobody was given. */
    read(code: string): number | undefined {
      const [, id = '', given] = INVITATION.exec(code) ?? [];
      const playerId = Number.parseInt(id, 36);
      return Number.isSafeInteger(playerId) && given === mark(playerId) ? playerId : undefined;
    },
  };
}
export type Invitations = ReturnType<typeof createInvitations>;
