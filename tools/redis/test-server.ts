import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { Failure } from '../failure.mjs';
import { thisSystem } from '../system.ts';
import { findRedis, redisAdvice, redisPlaces } from './binary.ts';
import { startRedis } from './server.ts';

export interface TestRedis {
  /** For node-redis. */
  readonly url: string;
  /** Stops the server and deletes its data. */
  close(): Promise<void>;
}

/**
 * A real Redis for one test file, empty, private and quick: its own port and a temporary folder, no fsync. Start it in
 * `beforeAll`, close it in `afterAll`; should the tests be killed, it ends by itself. `npm test` has found or fetched the
 * server before.
 */
export async function startTestRedis(): Promise<TestRedis> {
  return startNode(false);
}

/** A real Redis Cluster of three masters, as private and quick. `url` names all of them, with commas. */
export async function startTestCluster(): Promise<TestRedis> {
  const nodes = await Promise.all([startNode(true), startNode(true), startNode(true)]);
  await joinNodes(nodes.map(({ url }) => url));
  return {
    url: nodes.map(({ url }) => url).join(','),
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}

async function startNode(clustered: boolean): Promise<TestRedis> {
  const binary = await findRedis(redisPlaces());
  if (!binary) throw new Failure(redisAdvice(thisSystem()));
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-redis-'));
  const server = await startRedis({ file: binary.file, dir, appendfsync: 'no', clustered });
  return {
    url: server.url,
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const SLOTS = 16_384;

/** Deals the slots out, lets the nodes meet, and waits until each of them finds the cluster whole. */
async function joinNodes(urls: string[]): Promise<void> {
  const clients = await Promise.all(urls.map((url) => createClient({ url }).connect()));
  const [first, ...others] = clients;
  for (const [index, client] of clients.entries()) {
    const from = Math.floor((SLOTS * index) / clients.length);
    const to = Math.floor((SLOTS * (index + 1)) / clients.length) - 1;
    await client.clusterAddSlotsRange({ start: from, end: to });
    await client.clusterSetConfigEpoch(index + 1);
  }
  const port = Number(new URL(urls[0] ?? '').port);
  for (const client of others) await client.clusterMeet('127.0.0.1', port);
  for (const client of [first, ...others]) {
    while (!(await client?.clusterInfo())?.includes('cluster_state:ok')) await delay(20);
    await client?.close();
  }
}
