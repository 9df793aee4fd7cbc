import { randomBytes, randomInt } from 'node:crypto';
import { SIM_VERSION } from '@stardrift/shared/sim/constants';
import type { Seal } from '../seal.ts';

/** What a run was begun with. Whoever plays it can neither choose nor change any of it. */
export interface Ticket {
  runId: string;
  playerId: number;
  /** Of a daily run. */
  day: string | undefined;
  seed: number;
  /** The simulation that it is played with. */
  version: number;
  /** The catalogue whose items the run knows. */
  revision: string;
  issuedAtMs: number;
}

/** How long a run may be shown after its ticket was made. What was used in it is known for longer. */
export const TICKET_LIFE_MS = 24 * 3_600_000;

const TICKET =
  /^(r1\.([\w-]{20})\.(\d{1,16})\.(\d{4}-\d\d-\d\d)?\.(\d{1,10})\.(\d{1,6})\.([\w-]{1,64})\.(\d{1,16}))\.([\w-]{43})$/;

/** Tickets that nobody has to remember until they are shown. */
export function createTickets(seal: Seal) {
  return {
    /** A fresh sky, or the one of the day. */
    draw({ playerId, day, revision }: Pick<Ticket, 'playerId' | 'day' | 'revision'>, nowMs: number): Ticket {
      // Nobody without the seal knows the sky of a day to come.
      const seed =
        day === undefined ? randomInt(2 ** 32) : Buffer.from(seal.of(day), 'base64url').readUInt32BE();
      const runId = randomBytes(15).toString('base64url');
      return { runId, playerId, day, seed, version: SIM_VERSION, revision, issuedAtMs: nowMs };
    },
    write({ runId, playerId, day = '', seed, version, revision, issuedAtMs }: Ticket): string {
      const text = `r1.${runId}.${playerId}.${day}.${seed}.${version}.${revision}.${issuedAtMs}`;
      return `${text}.${seal.of(text)}`;
    },
    /** `undefined` for what was not written here. */
    read(ticket: string): Ticket | undefined {
      const [, text = '', runId = '', player, day, seed, version, revision = '', issuedAt, given = ''] =
        TICKET.exec(ticket) ?? [];
      if (!seal.fits(text, given)) return undefined;
      return {
        runId,
        playerId: Number(player),
        day,
        seed: Number(seed),
        version: Number(version),
        revision,
        issuedAtMs: Number(issuedAt),
      };
    },
  };
}
export type Tickets = ReturnType<typeof createTickets>;
