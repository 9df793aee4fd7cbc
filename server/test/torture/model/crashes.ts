import type { Redis } from '../../../src/redis/client.ts';
import { createRandom } from '../random.ts';
import { count } from '../stage.ts';
import { FAULTS, type Fault, type FaultAt } from './fail-point.ts';
import type { History } from './history.ts';
import { play } from './play.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { createLane, type Lane } from './world.ts';

const LANES = 64;
/** More would tell nothing new. */
const MOST_FAILURES = 10;
/** So far no scenario goes: the calls are counted, and none goes wrong. */
const NEVER: FaultAt = { fault: 'before', at: Number.MAX_SAFE_INTEGER };

/** A scenario in which one call of a port goes wrong. */
export interface Crash {
  scenario: Scenario;
  end: History['end'];
  fault: FaultAt;
  /** What is called there when nothing goes wrong before. */
  call: string;
}

export interface CrashesFound {
  runs: number;
  /** All the crashes there are. */
  of: number;
  failures: string[];
  /** True when the scenarios failed as they should go, and nothing else was tried. */
  survey: boolean;
  /** The faults and the calls that were struck. */
  struck: Record<string, number>;
}

const historyOf = ({ steps }: Scenario, end: History['end']): History => ({
  others: 0,
  steps,
  end,
  again: false,
});

/** Plays each scenario as it should go, counts its calls, and so knows all the places where it can break. */
async function survey(lane: Lane, faults: readonly Fault[], failures: string[]): Promise<Crash[]> {
  const crashes: Crash[] = [];
  for (const [number, scenario] of SCENARIOS.entries()) {
    const calls: string[] = [];
    const options = {
      lane,
      number,
      heard: {},
      fault: NEVER,
      onCall: (name: string) => void calls.push(name),
    };
    for (const end of ['updates', 'walk'] as const) {
      calls.length = 0;
      const { wrong, ends } = await play(historyOf(scenario, end), options);
      failures.push(...wrong.map((what) => `${scenario.name}: ${what}`));
      if (wrong.length === 0 && !isSame(ends, scenario.ends))
        failures.push(
          `${scenario.name} ended as ${JSON.stringify(ends)}, not ${JSON.stringify(scenario.ends)}`,
        );
      for (const fault of faults)
        for (const [before, call] of calls.entries())
          crashes.push({ scenario, end, fault: { fault, at: before + 1 }, call });
    }
  }
  return crashes;
}

const isSame = (one: Record<string, number>, other: Record<string, number>): boolean =>
  Object.keys({ ...one, ...other }).every((key) => (one[key] ?? 0) === (other[key] ?? 0));

/** So many of them that every fault comes to every kind of call, and then by chance. */
function choose(crashes: Crash[], amount: number, seed: number): Crash[] {
  const random = createRandom(seed);
  const shuffled = crashes
    .map((crash) => ({ crash, order: random.next() }))
    .sort((a, b) => a.order - b.order);
  const kinds = new Map<string, number>();
  const ranked = shuffled.map(({ crash }) => {
    const kind = `${crash.call} ${crash.fault.fault}`;
    const rank = kinds.get(kind) ?? 0;
    kinds.set(kind, rank + 1);
    return { crash, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, amount)
    .map(({ crash }) => crash);
}

/** Lets calls go wrong, one in each run, puts everything in order and asks whether the promises hold. */
export async function playCrashes(
  redis: Redis,
  options: { seed: number; amount: number; faults?: readonly Fault[]; isOver(): boolean },
): Promise<CrashesFound> {
  const found: CrashesFound = { runs: 0, of: 0, failures: [], survey: false, struck: {} };
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, number) => createLane(redis, number)));
  const crashes = await survey(lanes[0] as Lane, options.faults ?? FAULTS, found.failures);
  found.of = crashes.length;
  found.survey = found.failures.length > 0;
  if (found.survey) return found;
  const chosen = choose(crashes, options.amount, options.seed).entries();

  async function work(lane: Lane): Promise<void> {
    for (const [number, { scenario, end, fault, call }] of chosen) {
      const { wrong, struck } = await play(historyOf(scenario, end), {
        lane,
        number,
        heard: {},
        fault,
        repeats: end === 'updates',
      });
      found.runs++;
      count(found.struck, `fault ${fault.fault}`);
      count(found.struck, struck ?? `not reached: ${call}`);
      const where = `${scenario.name}, which ends by ${end}, ${fault.fault} at call ${fault.at} (${call})`;
      found.failures.push(...wrong.map((what) => `${where}: ${what}`));
      if (options.isOver() || found.failures.length >= MOST_FAILURES) return;
    }
  }
  await Promise.all(lanes.map(work));
  return found;
}
