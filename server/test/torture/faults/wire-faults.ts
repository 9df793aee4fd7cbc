import type { Socket } from 'node:net';
import type { Link } from './proxy.ts';

/** The ways a wire breaks, each with what both ends see of it. */
export const WIRE_FAULTS = {
  latency: 'every packet takes 50 to 150 ms',
  slow: 'five kilobytes a second, each way',
  dribble: 'one byte a packet',
  cut: 'every connection is reset, again and again; new ones are made',
  refuse: 'nothing listens',
  'half-open': 'connections are taken and nobody ever says a word',
  stall: 'packets stand still and all arrive at the end',
  reset: 'a connection is reset in the middle of an answer',
  'reply-lost': 'requests arrive and are carried out, no answer comes back',
  'request-lost': 'nothing arrives, the connection stays open',
  torn: 'half an answer, then a polite goodbye',
  flapping: 'a fifth of a second up, a fifth down',
} as const;
export type FaultName = keyof typeof WIRE_FAULTS;
export const FAULT_NAMES = Object.keys(WIRE_FAULTS) as FaultName[];

type Side = 'up' | 'down';

/** A fault at work. */
export interface Breakage {
  /** False while nothing listens. */
  listens: boolean;
  /** False while connections are reset as soon as they are made. */
  admits: boolean;
  /** False while nobody is behind a new connection. */
  answers: boolean;
  /** Carries bytes in its own way. */
  carries?: (link: Link, side: Side, bytes: Buffer) => void;
  end(): void;
}

/** What a fault takes hold of. */
interface Grip {
  links: ReadonlySet<Link>;
  cut(): void;
}

const SOUND: Pick<Breakage, 'listens' | 'admits' | 'answers'> = {
  listens: true,
  admits: true,
  answers: true,
};
const write = (link: Link, side: Side, bytes: Buffer): void => {
  const to = side === 'up' ? link.far : link.near;
  if (to?.writable) to.write(bytes);
};

/** Begins the fault on the wire; `end` of what comes back ends it. */
export function breakWire(fault: FaultName, wire: Grip): Breakage {
  switch (fault) {
    case 'latency':
      return late();
    case 'slow':
      return queued((backlog) => setInterval(() => backlog.release(100), 20));
    case 'stall':
      return queued(() => undefined);
    case 'dribble':
      return { ...SOUND, carries: dribble, end() {} };
    case 'cut':
      return repeated(200, wire.cut);
    case 'refuse':
      wire.cut();
      return { ...SOUND, listens: false, end() {} };
    case 'half-open':
      return { ...SOUND, answers: false, carries: hold, end() {} };
    case 'reset':
      return { ...SOUND, carries: resetWithin(60), end() {} };
    case 'reply-lost':
      return lossy('down');
    case 'request-lost':
      return lossy('up');
    case 'torn':
      return { ...SOUND, carries: tear, end() {} };
    case 'flapping':
      return flapping(wire);
  }
}

/** Resets it now: left to itself, Node says a polite goodbye first. */
export function reset(socket: Socket): void {
  socket.resetAndDestroy();
  socket.destroy();
}

/** What waits to be carried on, in order for each direction of each link. */
class Backlog {
  readonly #lanes = new Map<Link, Record<Side, Buffer[]>>();

  add(link: Link, side: Side, bytes: Buffer): void {
    const lanes = this.#lanes.get(link) ?? { up: [], down: [] };
    this.#lanes.set(link, lanes);
    lanes[side].push(bytes);
  }

  /** Carries on at most so many bytes of each direction. */
  release(most: number): void {
    for (const [link, lanes] of this.#lanes)
      for (const side of ['up', 'down'] as const) {
        const waiting = Buffer.concat(lanes[side]);
        lanes[side] = waiting.length > most ? [waiting.subarray(most)] : [];
        if (waiting.length > 0) write(link, side, waiting.subarray(0, most));
      }
  }
}

function queued(release: (backlog: Backlog) => NodeJS.Timeout | undefined): Breakage {
  const backlog = new Backlog();
  const timer = release(backlog);
  return {
    ...SOUND,
    carries: (link, side, bytes) => backlog.add(link, side, bytes),
    end() {
      clearInterval(timer);
      backlog.release(Number.POSITIVE_INFINITY);
    },
  };
}

/** Every hundred milliseconds what came in the fifty before; order stays as it was. */
function late(): Breakage {
  let [resting, leaving] = [new Backlog(), new Backlog()];
  const timer = setInterval(() => {
    leaving.release(Number.POSITIVE_INFINITY);
    [resting, leaving] = [leaving, resting];
  }, 75);
  return {
    ...SOUND,
    carries: (link, side, bytes) => resting.add(link, side, bytes),
    end() {
      clearInterval(timer);
      leaving.release(Number.POSITIVE_INFINITY);
      resting.release(Number.POSITIVE_INFINITY);
    },
  };
}

/** Single bytes are enough for every border that a reader could miss; a long rest goes in one piece. */
const DRIBBLED = 1_000;

function dribble(link: Link, side: Side, bytes: Buffer): void {
  for (let at = 0; at < Math.min(bytes.length, DRIBBLED); at++) write(link, side, bytes.subarray(at, at + 1));
  if (bytes.length > DRIBBLED) write(link, side, bytes.subarray(DRIBBLED));
}

function repeated(everyMs: number, work: () => void): Breakage {
  work();
  const timer = setInterval(work, everyMs);
  return { ...SOUND, end: () => clearInterval(timer) };
}

function resetWithin(mostBytes: number): NonNullable<Breakage['carries']> {
  return (link, side, bytes) => {
    if (side === 'up') return write(link, side, bytes);
    const left = mostBytes - (link.carriedDown - bytes.length);
    if (bytes.length <= left) return write(link, side, bytes);
    link.held = true;
    write(link, side, bytes.subarray(0, Math.max(0, left)));
    reset(link.near);
  };
}

/** TCP loses nothing in the middle: a connection that has lost bytes never carries any again. */
function lossy(lost: Side): Breakage {
  const broken = new Set<Link>();
  return {
    ...SOUND,
    carries(link, side, bytes) {
      if (side !== lost) return write(link, side, bytes);
      broken.add(link);
    },
    end() {
      for (const { near } of broken) reset(near);
    },
  };
}

function hold(link: Link): void {
  link.held = true;
}

function tear(link: Link, side: Side, bytes: Buffer): void {
  if (side === 'up') {
    write(link, side, bytes);
    return;
  }
  link.held = true;
  link.near.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
}

function flapping(wire: Grip): Breakage {
  const breakage = {
    ...SOUND,
    end: () => clearInterval(timer),
  };
  const turn = (): void => {
    breakage.admits = !breakage.admits;
    if (!breakage.admits) wire.cut();
  };
  turn();
  const timer = setInterval(turn, 200);
  return breakage;
}
