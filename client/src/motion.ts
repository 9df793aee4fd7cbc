const wish = matchMedia('(prefers-reduced-motion: reduce)');

/** The player asks for little motion. Asked anew each time, for the wish may change while the game is open. */
export const isStill = (): boolean => wish.matches;
