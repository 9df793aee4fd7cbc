import { EDGE_MUTANTS } from './mutants/edges.ts';
import { hunt } from './mutants/hunt.ts';
import { LUA_MUTANTS } from './mutants/lua.ts';
import type { Mutant } from './mutants/mutant.ts';
import { RULE_MUTANTS } from './mutants/rules.ts';
import { createRandom } from './random.ts';
import { count, type Stage, stage } from './stage.ts';

export const ALL_MUTANTS: readonly Mutant[] = [...LUA_MUTANTS, ...RULE_MUTANTS, ...EDGE_MUTANTS];
const MUST_BE_KILLED_PERCENT = 95;

/** T11: a mistake in the scripts or the rules is seen by the checks; who sees none is no check. */
export const mutants: Stage = stage(
  { name: 'mutants', title: 'mistakes that the checks must see', quick: 2, full: ALL_MUTANTS.length },
  async ({ seed, amount, log }, tally) => {
    const chosen = choose(amount, seed);
    const verdicts = await hunt(chosen, { seed, log, isOver: tally.isOver });
    let judged = 0;
    let killed = 0;
    for (const [number, mutant] of chosen.entries()) {
      const verdict = verdicts[number];
      if (!verdict) continue;
      judged++;
      if (verdict.killedBy !== undefined) killed++;
      count(tally.counts, `seen by ${verdict.killedBy ?? 'nothing'}`);
      if (verdict.killedBy !== undefined) continue;
      const survivor = `server/${mutant.file}: nothing sees that ${mutant.breaks} (\`${mutant.find}\` → \`${mutant.put}\`)`;
      if (mutant.equivalent === undefined) tally.failures.push(survivor);
      else tally.notes.push(`${survivor}. ${mutant.equivalent}`);
    }
    const percent = Math.floor((100 * killed) / Math.max(1, judged));
    Object.assign(tally.counts, { mutants: judged, killed, 'killed, percent': percent });
    if (percent < MUST_BE_KILLED_PERCENT)
      tally.failures.push(
        `${killed} of ${judged} mutants are killed, fewer than ${MUST_BE_KILLED_PERCENT} %`,
      );
  },
);

/** All of them, or as many by chance of those that something is expected to see. */
function choose(amount: number, seed: number): Mutant[] {
  if (amount >= ALL_MUTANTS.length) return [...ALL_MUTANTS];
  const random = createRandom(seed);
  return ALL_MUTANTS.filter(({ equivalent }) => equivalent === undefined)
    .map((mutant) => ({ mutant, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, amount)
    .map(({ mutant }) => mutant);
}
