import type { RunKind, RunStart } from '@stardrift/shared/protocol';
import { SIM_VERSION } from '@stardrift/shared/sim/constants';
import type { Server } from '../shop/ports.ts';

/** Tickets for runs that may be ranked, got in advance: a run begins with the tap, not with an answer. */
export interface Tickets {
  /** Undefined when there is none that fits: then a run is played for its own sake. */
  take(kind: RunKind): RunStart | undefined;
  /** Sees to it that there is one of each kind. */
  fill(): void;
}

const KINDS: readonly RunKind[] = ['free', 'daily'];
const RETRY_MS = 5_000;
/** The server takes a run for a day after its ticket was made; what is left of the day is for playing it. */
const FRESH_MS = 20 * 3_600_000;

/** @param revision the catalogue whose items a run of this page would know */
export function createTickets(
  server: Pick<Server, 'ask' | 'link'>,
  revision: () => string | undefined,
  nowMs: () => number,
): Tickets {
  const held = new Map<RunKind, RunStart & { endsAtMs: number }>();
  const asking = new Set<RunKind>();
  let retry: ReturnType<typeof setTimeout> | undefined;

  const fits = (ticket: (RunStart & { endsAtMs: number }) | undefined): boolean =>
    ticket !== undefined &&
    ticket.version === SIM_VERSION &&
    ticket.revision === revision() &&
    nowMs() < ticket.endsAtMs;

  async function fetch(kind: RunKind): Promise<void> {
    if (asking.has(kind) || server.link !== 'online') return;
    asking.add(kind);
    try {
      const answer = await server.ask('run:start', { kind });
      if (answer.ok) held.set(kind, { endsAtMs: nowMs() + FRESH_MS, ...answer });
      else again();
    } catch {
      again();
    } finally {
      asking.delete(kind);
    }
  }

  function again(): void {
    clearTimeout(retry);
    retry = setTimeout(fill, RETRY_MS);
  }

  function fill(): void {
    for (const kind of KINDS) if (!fits(held.get(kind))) void fetch(kind);
  }

  return {
    take(kind) {
      const ticket = held.get(kind);
      held.delete(kind);
      void fetch(kind);
      return fits(ticket) ? ticket : undefined;
    },
    fill,
  };
}
