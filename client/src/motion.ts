const wish = matchMedia('(prefers-reduced-motion: reduce)');
let still = wish.matches;
wish.addEventListener('change', ({ matches }) => {
  still = matches;
});

/** The player asks for little motion; the wish may change while the game is open. Cheap enough for every frame. */
export const isStill = (): boolean => still;
