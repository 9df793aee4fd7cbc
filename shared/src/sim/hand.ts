/**
 * Two numbers that a step hands on from function to function: the length of the step in seconds, and the stat that was read
 * last. The engine puts a fraction into a box of its own, to be collected later, whenever a function takes or returns one;
 * a field that always holds fractions is written in place. Nothing here outlives the step, so it is no part of the world.
 */
export const hand = { dt: Number.NaN, stat: Number.NaN };
