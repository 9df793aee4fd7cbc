import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `npm run catalog -- …`: the designer's tool. It runs from the source, so that it is never older than what a
 * developer sees, and from the build where only the production packages are installed.
 * @param {string[]} args
 */
export default async function catalog(args) {
  const fromSource = existsSync(join(ROOT, 'node_modules/tsx'));
  const program = fromSource
    ? ['--import', 'tsx', '--conditions=development', join(ROOT, 'server/src/catalog/cli.ts')]
    : [join(ROOT, 'server/dist/catalog/cli.js')];
  return spawnSync(process.execPath, [...program, ...args], { stdio: 'inherit' }).status ?? 1;
}
