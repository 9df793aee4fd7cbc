import { beforeAll } from 'vitest';
import { buildServer } from '../../../tools/build.ts';
import { badWires } from './faults/bad-wires.ts';
import { cluster } from './faults/cluster.ts';
import { jepsen } from './faults/jepsen.ts';
import { killRedis } from './faults/kill-redis.ts';
import { killServer } from './faults/kill-server.ts';
import { powerCut } from './faults/power-cut.ts';
import { promotion } from './faults/promotion.ts';
import { testQuickly } from './quick.ts';

// Real servers are killed here, as processes of their own: the built one must be what the sources say.
beforeAll(buildServer);

testQuickly([killServer, killRedis, powerCut, promotion, cluster, badWires, jepsen], 240_000);
