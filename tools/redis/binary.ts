import { join, resolve } from 'node:path';
import { aptInstall, aptUnpack, hasApt, unpackedLibraries } from '../apt.ts';
import { Failure } from '../failure.mjs';
import { capture } from '../program.ts';
import { CACHE } from '../root.ts';
import { candidates, isExecutable, type Places } from '../search.ts';
import { isRoot, type System, thisSystem } from '../system.ts';

const OLDEST_MAJOR = 7;
const UNPACKED = join(CACHE, 'redis');

/** A redis-server (or valkey-server) that will do. */
export interface RedisBinary {
  file: string;
  version: string;
}

/** Where this machine's redis-server may lie. */
export function redisPlaces(env: NodeJS.ProcessEnv = process.env): Places {
  return {
    setting: env.REDIS_SERVER_BIN,
    path: env.PATH ?? '',
    names: ['redis-server', 'valkey-server'],
    usual: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/local/opt/redis/bin'],
    own: [join(UNPACKED, 'usr/bin/redis-server')],
  };
}

/** The version in what `--version` prints, such as `7.0.15`; undefined when it is no Redis or Valkey. */
export const redisVersion = (output: string): string | undefined =>
  /^(?:Redis|Valkey) server v=(\d+\.\d+\.\d+)/m.exec(output)?.[1];

/** Whether the version has what the server uses (scripts with `#!lua` and sharded pub/sub came with 7.0). */
export const isNewEnough = (version: string): boolean => Number.parseInt(version, 10) >= OLDEST_MAJOR;

/** The environment for starting a redis-server: one that was unpacked brings its own libraries. */
export function redisEnvironment(file: string): NodeJS.ProcessEnv {
  const libraries = unpackedLibraries(resolve(file, '../../..'));
  return libraries.length === 0 ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
}

async function versionOf(file: string): Promise<string | undefined> {
  const { code, output } = await capture(file, ['--version'], { env: redisEnvironment(file) });
  return code === 0 ? redisVersion(output) : undefined;
}

/**
 * The first redis-server that is new enough; those that are not are passed over.
 * @throws Failure when the setting names a file that will not do, for then a person chose it
 */
export async function findRedis(places: Places): Promise<RedisBinary | undefined> {
  for (const file of candidates(places)) {
    const version = isExecutable(file) ? await versionOf(file) : undefined;
    if (version !== undefined && isNewEnough(version)) return { file, version };
    if (file === places.setting) {
      const found = version === undefined ? 'it is not a Redis server that runs here' : `it is ${version}`;
      throw new Failure(
        `REDIS_SERVER_BIN is ${file}, but ${found}. Name a redis-server of ${OLDEST_MAJOR}.0 or newer, or unset it.`,
      );
    }
  }
  return undefined;
}

/** One line for a person on a system where Redis cannot be fetched unasked. */
export function redisAdvice(system: System): string {
  const type: Record<System, string> = {
    debian: 'type "sudo apt-get install redis-server"',
    ubuntu: 'type "sudo apt-get install redis-server"',
    fedora: 'type "sudo dnf install valkey" (or redis)',
    macos: 'type "brew install redis"',
    windows: 'use WSL ("wsl --install", then work inside it), for Redis has no server for Windows',
    other: 'install redis-server with your package manager',
  };
  return (
    `Redis ${OLDEST_MAJOR}.0 or newer is needed and was not found: ${type[system]}, ` +
    'or set REDIS_SERVER_BIN to the file of a redis-server, or set REDIS_URL to a Redis that runs already.'
  );
}

async function fetchRedis(): Promise<void> {
  if (isRoot()) return aptInstall(['redis-server']);
  return aptUnpack(['redis-server'], UNPACKED);
}

/**
 * A redis-server to start: found, or on Debian and Ubuntu fetched from the distribution.
 * @throws Failure with what to type when there is none to be had
 */
export async function ensureRedis(places: Places = redisPlaces()): Promise<RedisBinary> {
  const found = await findRedis(places);
  if (found) return found;
  const system = thisSystem();
  const apt = system === 'debian' || system === 'ubuntu';
  if (!apt || !(await hasApt())) throw new Failure(redisAdvice(system));
  console.log(
    `Redis: none found, fetching the distribution's package${isRoot() ? '' : ` into ${UNPACKED}`} …`,
  );
  try {
    await fetchRedis();
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${error.message}\n${redisAdvice(system)}`);
    throw error;
  }
  const fetched = await findRedis(places);
  if (!fetched) throw new Failure(redisAdvice(system));
  return fetched;
}
