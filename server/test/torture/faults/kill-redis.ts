import { stage } from '../stage.ts';
import { crashAgainAndAgain } from './store-crash.ts';

export const killRedis = stage(
  {
    name: 'kill-redis',
    title: 'T4: kill -9 of Redis under load, and a start on the same data',
    quick: 5,
    full: 200,
  },
  (options, tally) => {
    // A handful of crashes may all fall between payments.
    if (options.amount >= 40) tally.covered['payments under way'] = 0;
    return crashAgainAndAgain(
      { name: 'kill-redis', appendfsync: 'always', keepsAll: true, strike: (redis) => redis.kill() },
      options.amount,
      options,
      tally,
    );
  },
);
