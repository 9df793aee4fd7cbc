import { readFileSync, writeFileSync } from 'node:fs';
import type { Catalog, Offer } from '@stardrift/shared/catalog';
import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { eventually } from '../../server/test/way/world.ts';
import type { Stage } from './stage.ts';

/** What a designer does: changes an offer of the catalogue and saves. Returns the way back. */
export function editOffer({ world }: Stage, sku: string, change: Partial<Offer>): () => void {
  const before = readFileSync(world.catalogFile, 'utf8');
  const catalog: Catalog = JSON.parse(before);
  const offer = catalog.offers.find((one) => one.sku === sku);
  if (!offer) throw new Error(`the catalogue of this stage has no offer "${sku}"`);
  Object.assign(offer, change);
  writeFileSync(world.catalogFile, JSON.stringify(catalog, null, 2));
  const restore = (): void => writeFileSync(world.catalogFile, before);
  onTestFinished(restore);
  return restore;
}

/** A database that lost how far Telegram's ledger was read, and a Telegram that does not tell. Returns the way back. */
export async function forgetLedger(stage: Stage): Promise<() => Promise<void>> {
  const silent = (is: boolean) =>
    stage.world.control('/sandbox/faults', { server_error: is && { method: 'getStarTransactions' } });
  const redis = await storeOf(stage);
  const [key = ''] = await redis.keys('ledger:cursor:*');
  await silent(true);
  await redis.del(key);
  return async () => {
    await silent(false);
    await stage.support('/reconcile');
    await eventually(async () => (await redis.exists(key)) === 1, 'the ledger is read again');
  };
}

/** For so many milliseconds the store answers nobody. */
export async function holdStore(stage: Stage, ms: number): Promise<void> {
  const redis = await storeOf(stage);
  await redis.sendCommand(['CLIENT', 'PAUSE', String(ms), 'ALL']);
}

async function storeOf({ world }: Stage) {
  const redis = createClient({ url: world.redis.url });
  await redis.connect();
  onTestFinished(() => redis.destroy());
  return redis;
}
