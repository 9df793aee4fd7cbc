import { createHash } from 'node:crypto';
import type {
  BoardEntry,
  BoardName,
  BoardView,
  RunKind,
  RunResult,
  RunStart,
} from '@stardrift/shared/protocol';
import { SIM_VERSION } from '@stardrift/shared/sim/constants';
import type { Refusal } from '../purchase/order.ts';
import type { Clock, Player, Revisions } from '../purchase/ports.ts';
import { dayOf, endOfDay } from './day.ts';
import type { Invitations } from './invitation.ts';
import type { Accepted, Best, KeptBoard, Scores, Standing } from './ports.ts';
import { type Claim, type Fault, faultOf, inputsBefore, type Referee, usesOf } from './referee.ts';
import type { Ticket, Tickets } from './ticket.ts';

export interface RunPorts {
  scores: Scores;
  revisions: Revisions;
  clock: Clock;
  tickets: Tickets;
  invitations: Invitations;
  referee: Referee;
  onJudged(player: Player, result: 'counted' | 'busy' | Fault): void;
}
export type Runs = ReturnType<typeof createRuns>;

/** Rows of a board that are shown. */
const SHOWN = 20;
/** Each is a question to the store when the board of friends is asked for. */
const FRIENDS_MAX = 100;
/** Two devices may show the same run at the same moment, hardly four. */
const ATTEMPTS = 4;

const ALL: KeptBoard = { board: 'all' };

/**
 * Runs that can be trusted: a run begins with a ticket of ours, and its score is what our own simulation makes of its
 * inputs. What a client says of a score is not even asked.
 */
export function createRuns(ports: RunPorts) {
  const { scores, revisions, clock, tickets, invitations, referee } = ports;

  function start(player: Player, kind: RunKind): RunStart {
    const nowMs = clock.nowMs();
    const day = kind === 'daily' ? dayOf(nowMs) : undefined;
    const { id: revision } = revisions.current();
    const ticket = tickets.draw({ playerId: player.id, day, revision }, nowMs);
    const { runId, seed } = ticket;
    const begun = { ticket: tickets.write(ticket), runId, seed, revision, version: SIM_VERSION };
    return day === undefined ? begun : { ...begun, endsAtMs: endOfDay(day) };
  }

  async function finish(player: Player, body: Claim & { ticket: string }): Promise<RunResult | Refusal> {
    const { ticket: shown, ...claim } = body;
    const ticket = tickets.read(shown);
    const judged = await judge(player, ticket, claim);
    ports.onJudged(player, typeof judged === 'number' ? 'counted' : judged);
    if (judged === 'busy') return { refused: 'unavailable' };
    if (typeof judged !== 'number' || !ticket) return { refused: 'run_refused' };
    return standings(player, ticket, judged);
  }

  /** The score, after it was written down, or what is wrong. */
  async function judge(
    player: Player,
    ticket: Ticket | undefined,
    claim: Claim,
  ): Promise<number | Fault | 'busy'> {
    const fault = faultOf(claim, ticket, player.id, clock.nowMs());
    if (fault !== undefined || !ticket) return fault ?? 'not the ticket of this player';
    const revision = await revisions.find(ticket.revision);
    if (!revision) return 'its catalogue is not known';
    const uses = usesOf(ticket, claim);
    const used = await scores.used(
      player.id,
      uses.map(({ opId }) => opId),
    );
    if (uses.some(({ what }, at) => used[at] !== what)) return 'an item that was not used up';
    const before = await scores.accepted(player.id, ticket.runId);
    if (!continues(claim, before)) return 'another run under the same ticket';
    // Shown again after a lost answer: it was played already.
    if (before?.steps === claim.steps) return before.score;
    const score = await referee(ticket, revision, claim);
    if (score === 'busy') return score;
    if (score === undefined) return 'inputs that do not fit together';
    // Nothing worth keeping: it would only fill the store.
    if (score === 0) return score;
    return accept(player, ticket, claim, score, before);
  }

  /** The score, unless the ticket was used for a run of which this is no continuation. */
  async function accept(
    player: Player,
    ticket: Ticket,
    claim: Claim,
    score: number,
    known: Accepted | undefined,
  ): Promise<number | Fault | 'busy'> {
    const now: Accepted = { steps: claim.steps, score, digest: digestOf(claim.steps, claim) };
    const best: Best = { score, name: player.name, uses: claim.uses.length, atMs: clock.nowMs() };
    let before = known;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await scores.accept(player.id, ticket.runId, before, now, best)) return score;
      before = await scores.accepted(player.id, ticket.runId);
      if (!continues(claim, before)) return 'another run under the same ticket';
    }
    return 'busy';
  }

  async function standings(player: Player, { day }: Ticket, score: number): Promise<RunResult> {
    const nowMs = clock.nowMs();
    const boards = day === undefined ? [ALL] : [ALL, { board: 'daily', day } as const];
    const ranks: RunResult['ranks'] = {};
    for (const board of boards) {
      if (score > 0) await scores.enter(board, player.id, score, nowMs);
      const standing = await scores.standing(board, player.id);
      if (standing) ranks[board.board] = standing.rank;
    }
    const [best] = await scores.bests([player.id]);
    return { score, best: best?.score ?? score, ranks };
  }

  async function board(player: Player, name: BoardName): Promise<BoardView> {
    const code = invitations.of(player.id);
    if (name === 'friends') {
      const entries = await friendsOf(player);
      return { entries, players: entries.length, code };
    }
    const day = dayOf(clock.nowMs());
    const kept: KeptBoard = name === 'daily' ? { board: name, day } : { board: name };
    const [top, players, own] = await Promise.all([
      scores.top(kept, SHOWN),
      scores.size(kept),
      scores.standing(kept, player.id),
    ]);
    const rows = own && !top.some(({ playerId }) => playerId === player.id) ? [...top, own] : top;
    const bests = await scores.bests(rows.map(({ playerId }) => playerId));
    const entries = rows.map((row, at) => entryOf(player, row, bests[at], name === 'daily'));
    return name === 'daily'
      ? { entries, players, endsAtMs: endOfDay(day), code }
      : { entries, players, code };
  }

  async function friendsOf(player: Player): Promise<BoardEntry[]> {
    const ids = [player.id, ...(await scores.friends(player.id)).slice(0, FRIENDS_MAX)];
    const bests = await scores.bests(ids);
    return ids
      .flatMap((playerId, at) => {
        const best = bests[at];
        return best ? [{ playerId, best }] : [];
      })
      .sort((a, b) => b.best.score - a.best.score || a.best.atMs - b.best.atMs)
      .map(({ playerId, best }, at) =>
        entryOf(player, { playerId, rank: at + 1, score: best.score }, best, false),
      );
  }

  async function befriend(player: Player, code: string): Promise<{ name: string } | Refusal> {
    const other = invitations.read(code);
    if (other === undefined || other === player.id) return { refused: 'unknown_friend' };
    if (!(await scores.befriend(player.id, other, FRIENDS_MAX))) return { refused: 'too_many_friends' };
    const [best] = await scores.bests([other]);
    return { name: best?.name ?? '' };
  }

  return { start, finish, board, befriend };
}

const digestOf = (step: number, claim: Claim): string =>
  createHash('sha256').update(inputsBefore(step, claim)).digest('base64url');

/** Whether the claim is the run that was accepted under its ticket, that far or further. */
const continues = (claim: Claim, before: Accepted | undefined): boolean =>
  !before || (before.steps <= claim.steps && before.digest === digestOf(before.steps, claim));

function entryOf(player: Player, { playerId, rank, score }: Standing, best: Best | undefined, bare: boolean) {
  return {
    rank,
    name: best?.name ?? '',
    score,
    items: !bare && (best?.uses ?? 0) > 0,
    you: playerId === player.id,
  };
}
