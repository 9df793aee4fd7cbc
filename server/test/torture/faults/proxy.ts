import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../../../tools/port.ts';
import { type Breakage, breakWire, type FaultName, reset } from './wire-faults.ts';

/** What becomes of a request that was seen: it is kept from the other side, or its answer is, or neither is. */
export type Outcome = 'stop' | 'withhold' | 'pass';

/** Waits for a request on its way to the other side. */
export interface Watchpoint {
  /** What it is known by, wherever in the stream it stands. */
  sight: string;
  /** What must follow it at once, to know whose it is. */
  about?: string | undefined;
  /** `stop`: told when it is seen. `withhold` and `pass`: told when its answer has come back. */
  fate: Outcome;
  /** Told once, at that very moment: a signal sent here reaches a process before the next byte does. */
  onSeen(): void;
}

/** A wire that can be watched and broken: Redis or Telegram lies behind it. */
export interface Wire {
  readonly port: number;
  /** Breaks the wire in this way until it is mended. */
  hinder(fault: FaultName): void;
  mend(): Promise<void>;
  /** @returns what takes the watchpoint away */
  watch(watchpoint: Watchpoint): () => void;
  /** Ends every connection; new ones are made as before. */
  cut(): void;
  /** Bytes that have gone over it since it was opened. */
  carried(): number;
  close(): Promise<void>;
}

/** One connection through the proxy. */
export interface Link {
  near: Socket;
  far: Socket | undefined;
  /** Nothing goes over it any more, either way. */
  held: boolean;
  /** Takes the next answer instead of the near side. */
  onAnswer: ((bytes: Buffer) => void) | undefined;
  carriedDown: number;
}

/** Bytes after a sight within which what it is about begins. */
const NEAR = 80;

/** @param old how many bytes at the beginning have been looked at before */
function isIn(bytes: Buffer, old: number, { sight, about = '' }: Watchpoint): boolean {
  for (let at = Math.max(0, old - sight.length + 1); ; at++) {
    at = bytes.indexOf(sight, at);
    if (at < 0) return false;
    const end = at + sight.length;
    if (bytes.subarray(end, end + NEAR + about.length).includes(about)) return true;
  }
}

/** Opens a wire on a free loopback port. @param target the port behind it, asked anew for each connection */
export async function openProxy(target: () => number): Promise<Wire> {
  const links = new Set<Link>();
  const watchpoints = new Set<Watchpoint>();
  let carried = 0;
  let breakage: Breakage | undefined;

  const server = createServer({ noDelay: true }, (near) => {
    if (breakage?.admits === false) return reset(near.on('error', () => {}));
    const far = breakage?.answers === false ? undefined : connect(target(), '127.0.0.1').setNoDelay();
    const link: Link = { near, far, held: false, onAnswer: undefined, carriedDown: 0 };
    links.add(link);
    near.on('error', () => {}).on('close', () => drop(link));
    far?.on('error', () => {}).on('close', () => drop(link));
    follow(link);
  });

  function drop(link: Link): void {
    links.delete(link);
    link.near.destroy();
    link.far?.destroy();
  }

  function follow(link: Link): void {
    // The end of what came before: a sight may lie across two pieces.
    let tail: Buffer = Buffer.alloc(0);
    link.near.on('data', (bytes: Buffer) => {
      if (link.held) return;
      carried += bytes.length;
      const whole = Buffer.concat([tail, bytes]);
      const seen = [...watchpoints].filter((watchpoint) => isIn(whole, tail.length, watchpoint));
      tail = whole.subarray(-100);
      for (const watchpoint of seen) strike(link, watchpoint);
      if (!link.held) pass(link, 'up', bytes);
    });
    link.far?.on('data', (bytes: Buffer) => {
      if (link.held) return;
      carried += bytes.length;
      link.carriedDown += bytes.length;
      const { onAnswer } = link;
      link.onAnswer = undefined;
      if (onAnswer) onAnswer(bytes);
      else pass(link, 'down', bytes);
    });
  }

  function strike(link: Link, watchpoint: Watchpoint): void {
    watchpoints.delete(watchpoint);
    if (watchpoint.fate === 'stop') {
      link.held = true;
      watchpoint.onSeen();
      return;
    }
    link.onAnswer = (bytes) => {
      if (watchpoint.fate === 'withhold') link.held = true;
      else pass(link, 'down', bytes);
      watchpoint.onSeen();
    };
  }

  function pass(link: Link, side: 'up' | 'down', bytes: Buffer): void {
    const [from, to] = side === 'up' ? [link.near, link.far] : [link.far, link.near];
    if (breakage?.carries) {
      breakage.carries(link, side, bytes);
    } else if (to?.writable && !to.write(bytes)) {
      from?.pause();
      to.once('drain', () => from?.resume());
    }
  }

  function cut(): void {
    for (const link of [...links]) {
      reset(link.near);
      drop(link);
    }
  }

  const port = await freePort();
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen();

  async function mend(): Promise<void> {
    breakage?.end();
    const wasAway = breakage?.listens === false;
    breakage = undefined;
    if (wasAway) await listen();
  }

  return {
    port,
    hinder(fault) {
      if (breakage) throw new Error('the wire is broken already: mend it first');
      breakage = breakWire(fault, { links, cut });
      if (!breakage.listens) server.close();
    },
    mend,
    watch(watchpoint) {
      watchpoints.add(watchpoint);
      return () => void watchpoints.delete(watchpoint);
    },
    cut,
    carried: () => carried,
    async close() {
      breakage?.end();
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
