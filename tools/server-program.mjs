import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where a running demo writes down how its store and its Telegram are reached; it goes with the demo. */
export const DEMO_SETTINGS = join(ROOT, '.cache/demo/settings.json');

/**
 * Runs a program of the server's: from the source, so that it is never older than what a developer sees, and from the
 * build where only the production packages are installed.
 * @param {string} name as in `server/src`, without its ending
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {number} its exit code
 */
export function runServerProgram(name, args, env = process.env) {
  const fromSource = existsSync(join(ROOT, 'node_modules/tsx'));
  const program = fromSource
    ? ['--import', 'tsx', '--conditions=development', join(ROOT, `server/src/${name}.ts`)]
    : [join(ROOT, `server/dist/${name}.js`)];
  return spawnSync(process.execPath, [...program, ...args], { stdio: 'inherit', env }).status ?? 1;
}

/**
 * The environment for a program that looks after a store: as given; without a `BOT_TOKEN`, that of the demo which runs
 * here, if one does.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function storeEnvironment(env) {
  if (env.BOT_TOKEN) return env;
  if (!existsSync(DEMO_SETTINGS)) {
    console.error('No BOT_TOKEN is set, and no demo runs in this folder.');
    return env;
  }
  // Not where the program's own words go, which may be read by another.
  console.error('No BOT_TOKEN is set: this is about the demo that runs here.');
  return { ...env, ...JSON.parse(readFileSync(DEMO_SETTINGS, 'utf8')) };
}
