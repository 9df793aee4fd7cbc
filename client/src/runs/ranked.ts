import type { RequestBody, RunKind, RunResult } from '@stardrift/shared/protocol';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import { newId } from '../shop/id.ts';
import { isLater, type Server } from '../shop/ports.ts';
import type { Uses } from '../shop/uses.ts';
import { type Drawer, isRecord } from '../storage.ts';
import type { Tickets } from './tickets.ts';

/** What became of the run that was shown last. */
export type Outcome = { state: 'waiting' } | { state: 'refused' } | ({ state: 'counted' } & RunResult);

/** The run of this page as the server knows it: what it began with, and how it is shown when it is over. */
export interface Ranked {
  /** Of the run under way. */
  readonly kind: RunKind;
  /** Of the run under way, once it was shown; nothing for one without a ticket. */
  readonly outcome: Outcome | undefined;
  /** The sky of a new run. Undefined only for a daily one that can't be had now. */
  begin(kind: RunKind): number | undefined;
  /** A run that a reload interrupted goes on. */
  resume(run: SavedRun): void;
  /** The operation under which the n-th item of the run is used, from 0. */
  opId(use: number): string;
  /** The run is over; it may go on, and be over again. Kept until the server has answered. */
  finish(run: SavedRun): void;
  /** Shows what is waiting: after a reconnect, and once the uses of a run are counted. */
  flush(): void;
}

interface Current {
  kind: RunKind;
  seed: number;
  ticket?: string;
  runId?: string;
}
type Finished = RequestBody<'run:finish'>;

const CURRENT = 'ranked';
const FINISHED = 'finished';
/** Runs that wait for the line to come back; the oldest are the first to be let go. */
const MOST_WAITING = 5;
const RETRY_MS = 4_000;

export interface RankedParts {
  server: Pick<Server, 'ask' | 'link'>;
  tickets: Pick<Tickets, 'take'>;
  uses: Pick<Uses, 'waiting'>;
  /** Survives the app: runs that were not shown yet. */
  keep: Drawer;
  /** Survives a reload: what the run under way began with. */
  run: Drawer;
  /** 32 bits of chance, for a run that nobody ranks. */
  chance: () => number;
  onOutcome: () => void;
}

export function createRanked({ server, tickets, uses, keep, run, chance, onOutcome }: RankedParts): Ranked {
  let current: Current = { kind: 'free', seed: 0 };
  let outcome: Outcome | undefined;
  let waiting: Finished[] = keep.get(FINISHED, isFinishedList) ?? [];
  let showing = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function wait(next: Finished[]): void {
    waiting = next.slice(-MOST_WAITING);
    keep.set(FINISHED, waiting);
  }

  function tell(ticket: string, next: Outcome): void {
    if (ticket !== current.ticket) return;
    outcome = next;
    onOutcome();
  }

  async function show(): Promise<void> {
    if (showing) return;
    showing = true;
    try {
      for (let next = due(); next; next = due()) {
        const answer = await server.ask('run:finish', next);
        if (!answer.ok && isLater(answer.code)) return again();
        // It may have gone on meanwhile; then it is shown again.
        if (waiting[0] === next) wait(waiting.slice(1));
        if (!waiting.some(({ ticket }) => ticket === next.ticket))
          tell(next.ticket, answer.ok ? { state: 'counted', ...answer } : { state: 'refused' });
      }
    } catch {
      again();
    } finally {
      showing = false;
    }
  }
  const flush = () => void show();

  /** A run counts with the items it used, so the server hears of those first. */
  function due(): Finished | undefined {
    return uses.waiting === 0 && server.link === 'online' ? waiting[0] : undefined;
  }

  function again(): void {
    clearTimeout(retry);
    retry = setTimeout(flush, RETRY_MS);
  }

  return {
    get kind() {
      return current.kind;
    },
    get outcome() {
      return outcome;
    },
    begin(kind) {
      const start = tickets.take(kind);
      if (!start && kind === 'daily') return undefined;
      current = start
        ? { kind, seed: start.seed, ticket: start.ticket, runId: start.runId }
        : { kind, seed: chance() };
      outcome = undefined;
      run.set(CURRENT, current);
      return current.seed;
    },
    resume({ seed }) {
      const kept = run.get(CURRENT, isCurrent);
      current = kept?.seed === seed ? kept : { kind: 'free', seed };
    },
    opId: (use) => (current.runId === undefined ? newId() : `${current.runId}-${use}`),
    finish({ steps, taps, uses: used }) {
      const { ticket } = current;
      if (ticket === undefined || steps === 0) return;
      wait([...waiting.filter((other) => other.ticket !== ticket), { ticket, steps, taps, uses: used }]);
      tell(ticket, { state: 'waiting' });
      flush();
    },
    flush,
  };
}

const isCurrent = (value: unknown): value is Current =>
  isRecord(value) && (value.kind === 'free' || value.kind === 'daily') && typeof value.seed === 'number';

const isFinishedList = (value: unknown): value is Finished[] =>
  Array.isArray(value) &&
  value.every(
    (each) =>
      isRecord(each) &&
      typeof each.ticket === 'string' &&
      typeof each.steps === 'number' &&
      Array.isArray(each.taps) &&
      Array.isArray(each.uses),
  );
