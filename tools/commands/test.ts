import { buildSandbox, buildServer, buildTestClient, TEST_CLIENT } from '../build.ts';
import { AUDIT, LINT, LINT_TYPES, preparation, runChecks, TYPES, tests, weight } from '../checks.ts';
import { ensureChromium } from '../chromium/binary.ts';
import { ensureRedis } from '../redis/binary.ts';

/** `npm test`: everything, after fetching what is missing. */
export default function test(): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env, CLIENT_DIST: TEST_CLIENT };
  const redis = preparation('Redis', async () => {
    const { file, version } = await ensureRedis();
    env.REDIS_SERVER_BIN = file;
    console.log(`${version}, ${file}${process.env.REDIS_URL ? ' (tests leave REDIS_URL alone)' : ''}`);
  });
  const chromium = preparation('Chromium', async () => {
    const { file, version } = await ensureChromium();
    env.CHROMIUM_BIN = file;
    console.log(`${version}, ${file}`);
  });
  const build = preparation('Build', async () => {
    await buildServer();
    await buildSandbox();
    await buildTestClient();
  });
  return runChecks([
    redis,
    chromium,
    TYPES,
    LINT,
    LINT_TYPES,
    AUDIT,
    build,
    weight(TEST_CLIENT),
    tests('unit', () => env),
    tests('integration', () => env),
    tests('torture', () => env),
    tests('browser', () => env),
  ]);
}
