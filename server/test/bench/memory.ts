import { copyCatalogue } from './catalogue.ts';
import { buyForAll } from './crowd.ts';
import { someIds } from './ids.ts';
import type { Group, Row } from './row.ts';
import { openStore } from './store.ts';

/** What a player takes in Redis for good, outbox included. */
export const memory: Group = {
  name: 'memory',
  measure: async ({ quick }) => [
    await measureWith(false, quick ? 5_000 : 30_000),
    await measureWith(true, quick ? 5_000 : 30_000),
  ],
};

async function measureWith(asItComes: boolean, players: number): Promise<Row> {
  const store = await openStore({ appendfsync: 'everysec', asItComes });
  const { revision } = await copyCatalogue(store.dir);
  // The first ones bring the scripts, the buffers of the connection and the streams of the outbox with them.
  await buyForAll(store.redis, revision, someIds(0, 1_024));
  const before = await store.usedBytes();
  await buyForAll(store.redis, revision, someIds(1_024, players));
  const after = await store.usedBytes();
  await store.close();
  const settings = asItComes ? "Redis' defaults" : 'hash-max-listpack-value 256';
  return {
    name: `a player in Redis, ${settings}`,
    value: (after - before) / players,
    unit: 'B',
    from: { 'before MiB': before / 1_024 ** 2, 'after MiB': after / 1_024 ** 2, players },
    ...(asItComes ? {} : { budget: { most: 1_024 } }),
  };
}
