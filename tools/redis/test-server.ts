import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { Failure } from '../failure.mjs';
import { thisSystem } from '../system.ts';
import { findRedis, redisAdvice, redisPlaces } from './binary.ts';
import { type RedisOptions, startRedis } from './server.ts';

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
 * @param options what it should be configured with besides
 */
export async function startTestRedis(
  options: Pick<RedisOptions, 'configFile' | 'settings'> = {},
): Promise<TestRedis> {
  return startNode(options);
}

/** One node of a cluster, which can be ended as a crash ends it. */
export interface ClusterNode {
  readonly url: string;
  /** SIGKILL, and waits until it has ended. */
  kill(): Promise<void>;
}

export interface TestCluster extends TestRedis {
  readonly nodes: readonly ClusterNode[];
  /** Adds an empty node that becomes a replica of the master at this address. */
  addReplica(masterUrl: string): Promise<void>;
}

/**
 * A real Redis Cluster of three masters, as private and quick; a master that is silent for a second is failed over to a
 * replica of its own. `url` names all of the nodes, with commas.
 */
export async function startTestCluster({ replicas = 0 } = {}): Promise<TestCluster> {
  const started: (TestRedis & ClusterNode)[] = [];
  const start = async (): Promise<TestRedis & ClusterNode> => {
    // A replica is there at once, without waiting for others that might come.
    const node = await startNode({ clustered: true, settings: { 'repl-diskless-sync-delay': '0' } });
    started.push(node);
    return node;
  };
  const masters = await Promise.all([start(), start(), start()]);
  await joinNodes(masters.map(({ url }) => url));

  async function addReplica(masterUrl: string): Promise<void> {
    const { url } = await start();
    await followMaster(url, masterUrl);
  }
  for (let each = 0; each < replicas; each++) await Promise.all(masters.map(({ url }) => addReplica(url)));

  return {
    url: started.map(({ url }) => url).join(','),
    nodes: started,
    addReplica,
    async close() {
      await Promise.all(started.map((node) => node.close()));
    },
  };
}

async function startNode(
  options: Pick<RedisOptions, 'clustered' | 'configFile' | 'settings'>,
): Promise<TestRedis & ClusterNode> {
  const binary = await findRedis(redisPlaces());
  if (!binary) throw new Failure(redisAdvice(thisSystem()));
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-redis-'));
  const server = await startRedis({ ...options, file: binary.file, dir, appendfsync: 'no' });
  return {
    url: server.url,
    async kill() {
      process.kill(server.child.pid, 'SIGKILL');
      await server.child.ended;
    },
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const SLOTS = 16_384;
const isWhole = (info: string | undefined): boolean => info?.includes('cluster_state:ok') ?? false;

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
    while (!isWhole(await client?.clusterInfo())) await delay(20);
    await client?.close();
  }
}

/** Makes an empty node a replica, and waits until it has everything and may be promoted. */
async function followMaster(url: string, masterUrl: string): Promise<void> {
  const node = await createClient({ url }).connect();
  const master = await createClient({ url: masterUrl }).connect();
  const id = await master.clusterMyId();
  await node.clusterMeet('127.0.0.1', Number(new URL(masterUrl).port));
  while (!String(await node.sendCommand(['CLUSTER', 'NODES'])).includes(id)) await delay(20);
  await node.clusterReplicate(id);
  while (!(await node.info('replication')).includes('master_link_status:up')) await delay(20);
  while (!isWhole(await node.clusterInfo())) await delay(20);
  await node.close();
  await master.close();
}
