/** A page out of sight is given no frames. */
const FRAME_WAIT_MS = 200;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** When another frame has been painted; a page out of sight does not wait for it. */
export const nextFrame = (): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
    pause(FRAME_WAIT_MS),
  ]);
