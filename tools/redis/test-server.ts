import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const binary = await findRedis(redisPlaces());
  if (!binary) throw new Failure(redisAdvice(thisSystem()));
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-redis-'));
  const server = await startRedis({ file: binary.file, dir, appendfsync: 'no' });
  return {
    url: server.url,
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
