/** Work that is done again and again, never twice at once. */
export interface Repeated {
  /** Brings the next turn forward to now; during a turn, another follows it. */
  soon(): void;
  /** The turn under way is the last. */
  end(): void;
  /** Ends, and resolves when the turn under way has ended. */
  stop(): Promise<void>;
}

/** Starts at once, then pauses `pauseMs` between turns. A turn that fails is told and tried again at its time. */
export function repeat(
  pauseMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  function run(): void {
    clearTimeout(timer);
    again = false;
    turn = work()
      .catch(onError)
      .then(() => {
        turn = undefined;
        if (stopped) return;
        if (again) run();
        else timer = setTimeout(run, pauseMs);
      });
  }
  run();

  function end(): void {
    stopped = true;
    clearTimeout(timer);
  }

  return {
    soon() {
      if (stopped) return;
      if (turn) again = true;
      else run();
    },
    end,
    async stop() {
      end();
      await turn;
    },
  };
}
