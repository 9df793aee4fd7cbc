import { forkJobs } from './forked.ts';
import { someIds } from './ids.ts';
import type { Load } from './load/main.ts';
import type { Group } from './row.ts';
import { openShop } from './shop.ts';
import { openStore } from './store.ts';

const PER_SECOND = 500;

/** From the POST of a pre-checkout query to its answer: Telegram has been told yes by then. */
export const checkout: Group = {
  name: 'checkout',
  async measure({ quick }) {
    const store = await openStore({ appendfsync: 'always' });
    const shop = await openShop(store);
    const load = forkJobs<Load>(new URL('load/main.ts', import.meta.url));
    const askAll = async (first: number, seconds: number) => {
      const players = someIds(first, seconds * PER_SECOND);
      const { url: redisUrl } = store;
      await load.ask('place', {
        redisUrl,
        revision: shop.revision,
        count: players.length,
        players,
        ready: false,
      });
      return load.ask('askAll', { url: shop.url, perSecond: PER_SECOND });
    };
    await askAll(0, 2);
    const before = await shop.telegram.ask('checkouts', undefined);
    const beforeSeconds = await shop.cpuSeconds();
    const { count, p50, p99, max } = await askAll(1e6, quick ? 4 : 10);
    const after = await shop.telegram.ask('checkouts', undefined);
    const seconds = (await shop.cpuSeconds()) - beforeSeconds;
    for (const each of [load, shop, store]) await each.close();

    const approved = after.approvals - before.approvals;
    if (approved !== count) throw new Error(`${approved} of ${count} pre-checkout queries were approved`);
    const from = {
      'max ms': max,
      'ours µs': (seconds / count) * 1e6,
      // What stands in for Telegram is a process of its own, and must not be what is waited for.
      'stand-in µs': ((after.cpuSeconds - before.cpuSeconds) / count) * 1e6,
    };
    return [
      { name: `pre-checkout at ${PER_SECOND}/s: p50`, value: p50, unit: 'ms', from: {} },
      { name: `pre-checkout at ${PER_SECOND}/s: p99`, value: p99, unit: 'ms', from, budget: { most: 500 } },
    ];
  },
};
