/** As many at once as `most`, each followed by the next: the rate is what the other side can do. */
export function closedLoop(
  count: number,
  most: number,
  begin: (index: number, done: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let begun = 0;
    let ended = 0;
    const next = (): void => {
      if (begun < count) begin(begun++, done);
    };
    const done = (): void => {
      if (++ended === count) resolve();
      else next();
    };
    for (let i = 0; i < most; i++) next();
  });
}

/**
 * `perSecond` of them begin each second whatever becomes of those before, as players do. Latency counts from `dueMs`:
 * a server that stalls is not spared the requests that came meanwhile.
 */
export function openLoop(
  count: number,
  perSecond: number,
  begin: (index: number, dueMs: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const startMs = performance.now() + 10;
    let begun = 0;
    const dueMs = (index: number): number => startMs + (index * 1_000) / perSecond;
    const tick = (): void => {
      const nowMs = performance.now();
      for (; begun < count && dueMs(begun) <= nowMs; begun++) begin(begun, dueMs(begun));
      if (begun === count) resolve();
      // Node's timers are whole milliseconds; a turn of the event loop in between would cost the server a core.
      else setTimeout(tick, Math.max(1, dueMs(begun) - nowMs));
    };
    tick();
  });
}
