import type { Calls } from './calls.ts';
import type { HostEvents } from './events.ts';
import type { Faults } from './faults.ts';
import type { Rules } from './rules.ts';
import type { Timings } from './timings.ts';
import type { World } from './world.ts';

/** One local Telegram: what it knows, how long it waits, what is broken in it, and who is told. */
export interface Telegram {
  readonly world: World;
  readonly timings: Timings;
  readonly rules: Rules;
  readonly faults: Faults;
  readonly events: HostEvents;
  readonly calls: Calls;
}
