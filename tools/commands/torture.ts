import { buildServer } from '../build.ts';
import { show } from '../program.ts';
import { ensureRedis } from '../redis/binary.ts';

/** `npm run torture`: the long tier, with real kills of real processes; see `server/test/torture/main.ts`. */
export default async function torture(args: string[]): Promise<number> {
  const { file } = await ensureRedis();
  await buildServer();
  const env = { ...process.env, REDIS_SERVER_BIN: file };
  // One process, so that whoever ends it ends with it all that it has started.
  const main = ['--import', 'tsx', '--conditions=development', 'server/test/torture/main.ts'];
  return show(process.execPath, [...main, ...args], { env });
}
