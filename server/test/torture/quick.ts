import { expect, test } from 'vitest';
import { freshSeed } from './random.ts';
import { figures, replay } from './report.ts';
import type { Stage } from './stage.ts';

const seed = Number(process.env.TORTURE_SEED ?? freshSeed());

/** One test for each stage, with its amount of the quick tier, one after the other. */
export function testQuickly(stages: Stage[], withinMs: number): void {
  test.each(stages)(
    '$title',
    async (stage) => {
      console.log(`${stage.name} from seed ${seed}; TORTURE_SEED=${seed} repeats it`);
      const lines: string[] = [];
      const log = (line: string): void => void lines.push(line);
      const result = await stage.run({ seed, amount: stage.quick, log });
      console.log(`${stage.name}: ${Math.round(result.ms)} ms, ${figures(result.counts)}`);
      expect(result.failures, [...lines, `Again: ${replay(result)}`].join('\n')).toEqual([]);
    },
    withinMs,
  );
}
