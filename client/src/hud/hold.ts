/** Why time stands still. A run goes on only when nothing holds it any more. */
export type Reason = 'shop' | 'pause' | 'picture';

export interface Hold {
  readonly held: boolean;
  /** Holding twice for one reason changes nothing. */
  hold(reason: Reason): void;
  release(reason: Reason): void;
}

/** `freeze` is called when the first reason comes, `resume` when the last one goes. */
export function createHold(freeze: () => void, resume: () => void): Hold {
  const reasons = new Set<Reason>();
  return {
    get held() {
      return reasons.size > 0;
    },
    hold(reason) {
      const first = reasons.size === 0;
      reasons.add(reason);
      if (first) freeze();
    },
    release(reason) {
      if (reasons.delete(reason) && reasons.size === 0) resume();
    },
  };
}
