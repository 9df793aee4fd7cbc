import { setTimeout as delay } from 'node:timers/promises';
import { forkJobs } from './forked.ts';
import { someIds } from './ids.ts';
import type { Load } from './load/main.ts';
import type { Group, Row } from './row.ts';
import { openShop, type Shop } from './shop.ts';
import { openStore } from './store.ts';

const IDLE = 5_000;
const ORDERING = 1_000;
const CALLERS = 64;

/** What a connected player costs, and how fast connected players can order. */
export const sockets: Group = {
  name: 'sockets',
  async measure({ quick }): Promise<Row[]> {
    const store = await openStore({ appendfsync: 'always' });
    const shop = await openShop(store, `--import ${new URL('collect.mjs', import.meta.url).href}`);
    const load = forkJobs<Load>(new URL('load/main.ts', import.meta.url));
    const { url, revision } = shop;

    const visit = async (ids: number[], work: () => Promise<void>): Promise<void> => {
      await load.ask('connect', { url, ids });
      await work();
      await load.ask('leave', undefined);
    };

    // Few, so that what the first ones bring with them is there, and little room is left for the others to reuse.
    await visit(someIds(0, 100), async () => {});
    const idle = quick ? 1_000 : IDLE;
    const before = await residentBytes(shop);
    let after = 0;
    await visit(someIds(1_000, idle), async () => {
      after = await residentBytes(shop);
    });
    let orders = { count: 0, seconds: 1, p50: 0, p99: 0 };
    for (const [first, each] of [
      [100_000, 1],
      [200_000, 2],
    ] as const)
      await visit(someIds(first, ORDERING), async () => {
        orders = await load.ask('orderAll', { revision, each, callers: CALLERS });
      });
    for (const each of [load, shop, store]) await each.close();
    return [
      {
        name: `an idle socket, of ${idle}`,
        value: (after - before) / idle / 1_024,
        unit: 'KiB',
        from: { 'before MiB': before / 1_024 ** 2, 'after MiB': after / 1_024 ** 2 },
      },
      {
        name: 'orders with their link',
        value: orders.count / orders.seconds,
        unit: '/s',
        from: { 'p50 ms': orders.p50, 'p99 ms': orders.p99 },
      },
    ];
  },
};

/** Once what is garbage was collected; see collect.mjs. */
async function residentBytes({ metric, pid }: Shop): Promise<number> {
  const collected = () => metric('nodejs_gc_duration_seconds_count\\{kind="major"\\}');
  const before = (await collected()) || 0;
  process.kill(pid, 'SIGUSR2');
  while (!((await collected()) >= before + 2)) await delay(20);
  return metric('process_resident_memory_bytes');
}
