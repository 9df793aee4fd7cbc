import type { Random } from '../random.ts';
import { pause } from '../wait.ts';
import type { RedisNode } from './redis-node.ts';
import type { Rig, Station } from './rig.ts';
import { FAULT_NAMES } from './wire-faults.ts';

/** Something that goes wrong for a while, and is well again when the promise settles. */
type Trouble = (rig: Rig, redis: RedisNode, random: Random) => Promise<void>;

const station = ({ stations }: Rig, random: Random): Station => random.pick(stations);

/** What breaks while clients go on: the whole of it, one at a time. */
export const TROUBLES: Readonly<Record<string, Trouble>> = {
  async 'server killed'(rig, _redis, random) {
    const { server } = station(rig, random);
    server.strike();
    await server.ended();
    await server.start();
  },
  async 'redis killed'(_rig, redis) {
    await redis.kill();
    await redis.start();
  },
  async 'wire to redis'(rig, _redis, random) {
    const { toRedis } = station(rig, random);
    toRedis?.hinder(random.pick(FAULT_NAMES));
    await pause(random.whole(200, 1_500));
    await toRedis?.mend();
  },
  /** What Redis has done and nobody hears of: whoever asks again must not have it done twice. */
  async 'answers of redis lost'(rig, _redis, random) {
    const { toRedis } = station(rig, random);
    toRedis?.hinder('reply-lost');
    await pause(random.whole(100, 500));
    await toRedis?.mend();
  },
  async 'wire to telegram'(rig, _redis, random) {
    const { toTelegram } = station(rig, random);
    toTelegram.hinder(random.pick(FAULT_NAMES));
    await pause(random.whole(200, 1_500));
    await toTelegram.mend();
  },
  async 'news lost'({ sandbox }, _redis, random) {
    sandbox.control.faults({ update_lost: { count: random.whole(1, 2) } });
  },
  async 'news twice'({ sandbox }, _redis, random) {
    sandbox.control.faults({ update_twice: { times: random.whole(2, 4), count: 3 } });
  },
  async 'news late'({ sandbox }, _redis, random) {
    sandbox.control.faults({ update_late: { afterMs: random.whole(50, 800), count: 2 } });
  },
};
export const TROUBLE_NAMES = Object.keys(TROUBLES);
