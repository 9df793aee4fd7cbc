import type { Look } from './look.ts';

/** One picture of the gallery. */
export interface Picture {
  journey: string;
  name: string;
  caption: string;
  look: Look;
  /** What the checker of accessibility, or a look for words without room, has found. */
  wrong: string[];
}

/** Its file, from the folder of the gallery. */
export const fileOf = ({ journey, name, look }: Picture): string =>
  `pictures/${journey}-${name}-${look.name}.png`;
