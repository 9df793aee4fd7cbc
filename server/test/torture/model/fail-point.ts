/**
 * How one call of a port goes wrong:
 * - `before`, `after`: it throws, having done nothing, or everything.
 * - `twice`: it is sent again, and the second answer counts.
 * - `slow`: it is done only after what comes next, and is waited for.
 * - `hang`, `die`, `late`: the process ends in the middle of the call, which is never done, is done, or is done only
 *   after what comes next.
 */
export const FAULTS = ['before', 'after', 'twice', 'slow', 'hang', 'die', 'late'] as const;
export type Fault = (typeof FAULTS)[number];

/** What a fail point makes of the work it strikes. */
export class Struck extends Error {}

type Call = () => Promise<unknown>;

/** A call that is to be done only after what comes next. */
export interface Late {
  call: Call;
  /** Its wire was cut. */
  drop(): void;
}
type Port = Record<string, (...args: never[]) => unknown>;

/** Counts the calls of all ports and lets one of them go wrong. */
export interface FailPoint {
  /** The call that went wrong, such as `ledger.credit`. */
  readonly struck: string | undefined;
  /**
   * Does the work on ports that may fail, as one process: it rejects when that process ends.
   * @param onSlow told when it waits for a call that is done only after what comes next; false when it can not
   */
  run<P extends object, T>(ports: P, work: (ports: P) => Promise<T>, onSlow: () => boolean): Promise<T>;
}

/** Whatever a process that has ended still asks for. */
const never = (): Promise<never> => new Promise(() => {});

interface Process {
  isOver: boolean;
  end(error: Error): void;
  onSlow(): boolean;
}

/**
 * What a process that died takes after everything else is over stays taken, for nobody is left to give it back. It costs
 * a sale, never a Star, and takes a call that arrives seconds late: that one is done at once.
 */
const TAKES_FOR_GOOD = 'stock.take';

/** What answers at once and can not fail. */
const SURE = new Set(['clock.nowMs', 'revisions.current']);

/** The n-th call, counted from 1, goes wrong. */
export interface FaultAt {
  fault: Fault;
  at: number;
}

/** @param onCall told of each call */
export function createFailPoint(
  { fault, at }: FaultAt,
  later: (late: Late) => void,
  onCall: (name: string) => void = () => {},
): FailPoint {
  let calls = 0;
  let struck: string | undefined;

  async function strike(name: string, call: Call, process: Process): Promise<unknown> {
    struck = name;
    const isLate = fault === 'late' && name !== TAKES_FOR_GOOD;
    if (fault === 'after' || fault === 'die' || fault === 'twice' || (fault === 'late' && !isLate))
      await call();
    if (fault === 'twice') return call();
    const error = new Struck(`${fault} at ${name}`);
    if (fault === 'before' || fault === 'after') throw error;
    if (fault === 'slow') {
      if (!process.onSlow()) return call();
      return new Promise((resolve, reject) => {
        later({ call: () => call().then(resolve, reject), drop: () => reject(error) });
      });
    }
    if (isLate) later({ call, drop: () => {} });
    process.isOver = true;
    process.end(error);
    return never();
  }

  function guarded(name: string, port: Port, process: Process): Port {
    return new Proxy(port, {
      get(_, method: string) {
        const call = port[method];
        const full = `${name}.${method}`;
        if (!call || SURE.has(full)) return call;
        return (...args: never[]): unknown => {
          if (process.isOver) return never();
          calls++;
          onCall(full);
          if (calls !== at) return call(...args);
          return strike(full, async () => call(...args), process);
        };
      },
    });
  }

  return {
    get struck() {
      return struck;
    },
    run(ports, work, onSlow) {
      return new Promise((resolve, reject) => {
        const process: Process = { isOver: false, end: reject, onSlow };
        const fragile = Object.entries(ports).map(([name, port]) => [name, guarded(name, port, process)]);
        work(Object.fromEntries(fragile)).then(resolve, reject);
      });
    },
  };
}
