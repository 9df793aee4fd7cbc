import { buildSandbox, buildServer, buildTestClient, TEST_CLIENT } from '../build.ts';
import { ensureChromium } from '../chromium/binary.ts';
import { bin, show } from '../program.ts';
import { ensureRedis } from '../redis/binary.ts';

/**
 * `npm run gallery`: drives the real game through every screen and writes `.cache/gallery/index.html`, and the strip of
 * the README. `-- -t shop` only the journeys so named; the pictures of the others stay.
 * @returns 1 when a screen could not be reached, cuts its words off, or keeps somebody out
 */
export default async function gallery(args: string[]): Promise<number> {
  const redis = await ensureRedis();
  const chromium = await ensureChromium();
  await buildServer();
  await buildSandbox();
  await buildTestClient();
  const found = { CLIENT_DIST: TEST_CLIENT, REDIS_SERVER_BIN: redis.file, CHROMIUM_BIN: chromium.file };
  const env = { ...process.env, ...found };
  return show(bin('vitest'), ['run', '--project', 'gallery', ...args], { env });
}
