import type { Consumable } from '@stardrift/shared/catalog';
import type { RequestBody } from '@stardrift/shared/protocol';
import { SIM_VERSION, STEP_MS } from '@stardrift/shared/sim/constants';
import { replayInSlices } from '@stardrift/shared/sim/run';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import type { ItemRules } from '@stardrift/shared/sim/vocabulary';
import { scoreOf } from '@stardrift/shared/sim/world';
import type { Revision } from '../purchase/order.ts';
import { endOfDay } from './day.ts';
import { TICKET_LIFE_MS, type Ticket } from './ticket.ts';

/** What a player says of a run that is over. */
export type Claim = Omit<RequestBody<'run:finish'>, 'ticket'>;

/** Why a run does not count; for operators and tests, the player reads one kind sentence. */
export type Fault =
  | 'not the ticket of this player'
  | 'shown too late'
  | 'of another simulation'
  | 'shorter in the world than in the game'
  | 'its catalogue is not known'
  | 'items in a daily run'
  | 'an item that was not used up'
  | 'inputs that do not fit together'
  | 'another run under the same ticket';

/** A clock of the player's may run a little fast, and a line be quick. */
const HURRY_MS = 2_000;
/** A daily run that was under way at midnight may be finished. */
const DAILY_GRACE_MS = 3_600_000;
/** A few milliseconds of work, between which payments have their turn. */
const SLICE_STEPS = 2_000;
/** Runs that wait to be played; beyond that players are asked to show theirs later. */
const MOST_WAITING = 100;

/** What can be said of a claim before it is replayed. */
export function faultOf(
  claim: Claim,
  ticket: Ticket | undefined,
  playerId: number,
  nowMs: number,
): Fault | undefined {
  if (ticket?.playerId !== playerId) return 'not the ticket of this player';
  const lastMs =
    ticket.day === undefined ? ticket.issuedAtMs + TICKET_LIFE_MS : endOfDay(ticket.day) + DAILY_GRACE_MS;
  if (nowMs > lastMs) return 'shown too late';
  // Begun before a release that changed the rules of the world.
  if (ticket.version !== SIM_VERSION) return 'of another simulation';
  // Frozen time does not count in a run, so a run is never longer than the time it took.
  if (claim.steps * STEP_MS > nowMs - ticket.issuedAtMs + HURRY_MS)
    return 'shorter in the world than in the game';
  if (ticket.day !== undefined && claim.uses.length > 0) return 'items in a daily run';
  return undefined;
}

/** The operations under which the items of a run were used, and what each must have used up. */
export const usesOf = ({ runId }: Ticket, { uses }: Claim): { opId: string; what: string }[] =>
  uses.map(({ itemId }, at) => ({ opId: `${runId}-${at}`, what: `${itemId} 1` }));

/** The inputs before a step, as text: what two claims about one run must have in common. */
export function inputsBefore(step: number, { taps, uses }: Claim): string {
  return JSON.stringify([
    step,
    taps.filter((at) => at < step),
    uses.filter((use) => use.step < step).map((use) => [use.step, use.itemId]),
  ]);
}

/** The items that every run of the revision knows. */
export const rulesOf = ({ catalog }: Revision): ItemRules[] =>
  catalog.items.filter((item): item is Consumable => item.kind === 'consumable');

/**
 * Plays runs again, one at a time. `breathe` lets others have their turn.
 * @returns the score; undefined when the inputs don't fit together; `busy` when too many wait already
 */
export function createReferee(breathe: () => Promise<void>) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function play(run: SavedRun): Promise<number | undefined> {
    const slices = replayInSlices(run, SLICE_STEPS);
    for (;;) {
      const slice = slices.next();
      if (slice.done) return slice.value && scoreOf(slice.value.world);
      await breathe();
    }
  }

  return async (ticket: Ticket, revision: Revision, claim: Claim): Promise<number | 'busy' | undefined> => {
    if (waiting >= MOST_WAITING) return 'busy';
    const items = ticket.day === undefined ? rulesOf(revision) : [];
    const run = { version: SIM_VERSION, seed: ticket.seed, items, ...claim };
    waiting += 1;
    const played = last
      .then(() => play(run))
      .finally(() => {
        waiting -= 1;
      });
    last = played.catch(() => {});
    return played;
  };
}
export type Referee = ReturnType<typeof createReferee>;
