import { startTestRedis } from '@stardrift/tools/redis';
import { connectRedis, type Redis } from '../../../src/redis/client.ts';

export interface ModelStore {
  redis: Redis;
  close(): Promise<void>;
}

/** A Redis that nobody kills: what it writes down is of no use, and costs a disk. */
export async function openModelStore(): Promise<ModelStore> {
  const server = await startTestRedis();
  const redis = await connectRedis(server.url, 'money', (error) => {
    throw error;
  });
  await redis.configSet('appendonly', 'no');
  return {
    redis,
    async close() {
      await redis.close();
      await server.close();
    },
  };
}
