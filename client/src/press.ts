/** A finger that stays longer is not tapping. */
const LONGEST_TAP_MS = 400;
/** How often it is looked whether the finger has left. */
const LOOK_MS = 30;

/**
 * A tap is lost when what is under the finger is replaced before it leaves.
 * @returns what to redraw `root` through: it is done at once, or when nothing presses on it any more
 */
export function createPress(root: HTMLElement): (redraw: () => void) => void {
  /** When a finger came down that has not tapped yet. */
  let pressedAtMs = Number.NEGATIVE_INFINITY;
  root.addEventListener('pointerdown', (event) => (pressedAtMs = event.timeStamp), { capture: true });
  for (const end of ['click', 'pointercancel'])
    root.addEventListener(end, () => (pressedAtMs = Number.NEGATIVE_INFINITY), { capture: true });

  return function whenFree(redraw) {
    const leftMs = pressedAtMs + LONGEST_TAP_MS - performance.now();
    if (leftMs > 0) setTimeout(() => whenFree(redraw), Math.min(leftMs, LOOK_MS));
    else redraw();
  };
}
