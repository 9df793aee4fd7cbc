import { createClient } from 'redis';
import { scripts } from '../../../src/redis/scripts.ts';
import { eventually } from '../wait.ts';
import type { RedisNode } from './redis-node.ts';

/** Sends one command over a connection of its own. */
export async function tellRedis(url: string, ...command: string[]): Promise<string> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    return String(await client.sendCommand(command));
  } finally {
    client.destroy();
  }
}

/** Makes the node a replica of whoever listens on the port, and waits until it has everything. */
export async function replicate(node: RedisNode, masterPort: number): Promise<void> {
  await tellRedis(node.url, 'REPLICAOF', '127.0.0.1', String(masterPort));
  await eventually(
    async () => (await tellRedis(node.url, 'INFO', 'replication')).includes('master_link_status:up'),
    `Redis on ${node.port} replicates`,
    20_000,
  );
}

/** Teaches Redis the scripts, so that each call is one request and one answer. */
export async function loadScripts(url: string): Promise<void> {
  for (const { SCRIPT } of Object.values(scripts)) await tellRedis(url, 'SCRIPT', 'LOAD', SCRIPT);
}
