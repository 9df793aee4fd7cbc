import { beforeAll, expect, test } from 'vitest';
import { buildServer } from '../../../tools/build.ts';
import { badInput } from './input/bad-input.ts';
import { load } from './load.ts';
import { freshSeed } from './random.ts';
import { figures, replay } from './report.ts';

const seed = Number(process.env.TORTURE_SEED ?? freshSeed());

// The server under attack is a process of its own: the built one must be what the sources say.
beforeAll(buildServer);

/** The quick tier of what comes from outside, one after the other: each wants the machine for itself. */
test.each([badInput, load])(
  '$title',
  async (stage) => {
    console.log(`${stage.name} from seed ${seed}; TORTURE_SEED=${seed} repeats it`);
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const result = await stage.run({ seed, amount: stage.quick, log });
    console.log(`${stage.name}: ${Math.round(result.ms)} ms, ${figures(result.counts)}`);
    expect(result.failures, [...lines, `Again: ${replay(result)}`].join('\n')).toEqual([]);
  },
  180_000,
);
