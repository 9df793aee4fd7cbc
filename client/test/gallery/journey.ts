import type { Look } from './look.ts';
import type { Visit } from './visit.ts';

/** A way through the game with something to see on it. Each begins with a new player and nothing open. */
export interface Journey {
  /** Stands in the names of its pictures. */
  name: string;
  looks: readonly Look[];
  go(visit: Visit): Promise<void>;
}
