import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCluster, startTestRedis } from '@stardrift/tools/redis';
import { createSandbox } from '../../../sandbox/src/sandbox.ts';
import type { Audit } from '../../src/audit/audit.ts';
import { auditStore } from '../../src/audit/cli.ts';
import { readStoreConfig, type StoreConfig } from '../../src/config.ts';
import { connectRedis } from '../../src/redis/client.ts';
import { type CrowdSize, createCrowd, fillLedger, fillStore } from '../fixtures/crowd.ts';

export type Ground = Awaited<ReturnType<typeof openGround>>;

/** A shop that has been busy, and stands still: a real store, the real sandbox, and the crowd's purchases in both. */
export async function openGround(size: CrowdSize, kind: 'single' | 'cluster' = 'single') {
  const dir = mkdtempSync(join(tmpdir(), 'stardrift-audit-'));
  const server = kind === 'single' ? await startTestRedis() : await startTestCluster();
  const sandbox = await createSandbox();
  const redis = await connectRedis(server.url, 'push', () => {});
  const crowd = createCrowd(size);
  await fillStore(redis, crowd, { botId: sandbox.bot.id });
  fillLedger(sandbox, crowd);
  const catalogFile = join(dir, 'items.json');
  writeFileSync(catalogFile, crowd.catalogText);
  const env = {
    BOT_TOKEN: sandbox.bot.token,
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    REDIS_URL: server.url,
    CATALOG: catalogFile,
  };
  const config: StoreConfig = readStoreConfig(env);
  return {
    dir,
    redis,
    crowd,
    sandbox,
    env,
    botId: sandbox.bot.id,
    ledger: sandbox.control.ledger().transactions,
    audit: (): Promise<Audit> => auditStore(config),
    async close() {
      await redis.close();
      await sandbox.close();
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
