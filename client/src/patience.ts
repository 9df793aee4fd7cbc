/** Waits for something to come back, and does something about it when it does not. */
export interface Patience {
  /** It is there, or it is not; repeating it changes nothing. */
  set(there: boolean): void;
}

export function createPatience(waitMs: number, giveUp: () => void): Patience {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    set(there) {
      if (there) {
        clearTimeout(timer);
        timer = undefined;
      } else timer ??= setTimeout(giveUp, waitMs);
    },
  };
}
