import { crashPoints } from './crash-points.ts';
import { badWires } from './faults/bad-wires.ts';
import { cluster } from './faults/cluster.ts';
import { jepsen } from './faults/jepsen.ts';
import { killRedis } from './faults/kill-redis.ts';
import { killServer } from './faults/kill-server.ts';
import { powerCut } from './faults/power-cut.ts';
import { promotion } from './faults/promotion.ts';
import { soak } from './faults/soak.ts';
import { histories } from './histories.ts';
import { badInput } from './input/bad-input.ts';
import { load } from './load.ts';
import { mutants } from './mutants.ts';
import type { Stage } from './stage.ts';

/** In their order; those that stand together run side by side. */
export const STAGES: readonly (readonly Stage[])[] = [
  [histories],
  [crashPoints],
  [killServer, jepsen],
  [killRedis],
  [powerCut],
  [promotion],
  [cluster],
  [badWires],
  [badInput],
  [mutants],
  [load],
  [soak],
];
