/** A finger that stays longer is not tapping. */
const LONGEST_TAP_MS = 400;

/**
 * A tap is lost when what is under the finger is replaced before it leaves.
 * @returns how many milliseconds whoever wants to redraw `root` should wait; 0 when nothing presses on it
 */
export function createPress(root: HTMLElement): () => number {
  /** When a finger came down that has not tapped yet. */
  let pressedAtMs = Number.NEGATIVE_INFINITY;
  root.addEventListener('pointerdown', (event) => (pressedAtMs = event.timeStamp), { capture: true });
  for (const end of ['click', 'pointercancel'])
    root.addEventListener(end, () => (pressedAtMs = Number.NEGATIVE_INFINITY), { capture: true });
  return () => Math.max(0, pressedAtMs + LONGEST_TAP_MS - performance.now());
}
