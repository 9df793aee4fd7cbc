import { beforeAll, expect, test } from 'vitest';
import { buildServer } from '../../../tools/build.ts';
import { badWires } from './faults/bad-wires.ts';
import { cluster } from './faults/cluster.ts';
import { jepsen } from './faults/jepsen.ts';
import { killRedis } from './faults/kill-redis.ts';
import { killServer } from './faults/kill-server.ts';
import { powerCut } from './faults/power-cut.ts';
import { promotion } from './faults/promotion.ts';
import { freshSeed } from './random.ts';
import { figures, replay } from './report.ts';

const seed = Number(process.env.TORTURE_SEED ?? freshSeed());

// Real servers are killed here, as processes of their own: the built one must be what the sources say.
beforeAll(buildServer);

test.each([killServer, killRedis, powerCut, promotion, cluster, badWires, jepsen])(
  '$title',
  async (stage) => {
    console.log(`${stage.name} from seed ${seed}; TORTURE_SEED=${seed} repeats it`);
    const result = await stage.run({ seed, amount: stage.quick, log: console.log });
    console.log(`${stage.name}: ${Math.round(result.ms)} ms, ${figures(result.counts)}`);
    expect(result.failures, replay(result)).toEqual([]);
  },
  240_000,
);
