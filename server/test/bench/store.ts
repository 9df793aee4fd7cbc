import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { ensureRedis } from '../../../tools/redis/binary.ts';
import { startRedis } from '../../../tools/redis/server.ts';
import type { Redis } from '../../src/redis/client.ts';
import { scripts } from '../../src/redis/scripts.ts';

/** A Redis of the bench's own, and what it cost. */
export interface Store {
  readonly url: string;
  readonly dir: string;
  readonly redis: Redis;
  /** Of all its threads, since it started. */
  cpuSeconds(): Promise<number>;
  usedBytes(): Promise<number>;
  close(): Promise<void>;
}

/** As server/redis/redis.conf has it: the record of a charge is longer than the 64 bytes Redis packs by itself. */
const PACKED = { 'hash-max-listpack-value': '256' };

export interface StoreOptions {
  appendfsync: 'always' | 'everysec';
  /** Redis as it comes, without the settings that we recommend for memory. */
  asItComes?: boolean;
}

export async function openStore({ appendfsync, asItComes = false }: StoreOptions): Promise<Store> {
  const { file } = await ensureRedis();
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-bench-'));
  const server = await startRedis({ file, dir, appendfsync, ownGroup: true });
  // As it comes: the server's own settings give up on a Redis that is busy for seconds, as with a million players.
  const client = createClient({ url: server.url, scripts }).on('error', (error) => {
    throw error;
  });
  const redis = (await client.connect()) as Redis;
  // A rewrite that begins in the middle of a round would be measured as the round's.
  await redis.configSet({ 'auto-aof-rewrite-percentage': '0', ...(asItComes ? {} : PACKED) });

  async function figure(section: string, name: string): Promise<number> {
    const text = await redis.info(section);
    return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]);
  }
  return {
    url: server.url,
    dir,
    redis,
    cpuSeconds: async () => (await figure('cpu', 'used_cpu_user')) + (await figure('cpu', 'used_cpu_sys')),
    usedBytes: () => figure('memory', 'used_memory'),
    async close() {
      await redis.close();
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
