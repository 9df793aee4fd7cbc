/** Everything that counts as a tap: a pointer anywhere on the canvas, Space or Enter. Returns the way to stop listening. */
export function listenForTaps(canvas: HTMLCanvasElement, tap: () => boolean): () => void {
  const onPointer = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    tap();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.repeat || !isTapKey(event.key)) return;
    // A key on a button belongs to the button.
    if (event.target instanceof Element && event.target.closest(INTERACTIVE)) return;
    if (tap()) event.preventDefault();
  };
  canvas.addEventListener('pointerdown', onPointer);
  window.addEventListener('keydown', onKey);
  return () => {
    canvas.removeEventListener('pointerdown', onPointer);
    window.removeEventListener('keydown', onKey);
  };
}

/** As `KeyboardEvent.key` says it. */
export const isTapKey = (key: string): boolean => key === ' ' || key === 'Enter';

const INTERACTIVE = 'a, button, input, select, textarea, dialog, [role="button"], [contenteditable]';
