import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

// Everything here runs before any package is installed: plain JavaScript, Node's own modules only.

const OLDEST_NODE = [20, 19];

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, dev?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * What to say to someone whose Node is too old; undefined when it will do.
 * @param {string} version as in `process.versions.node`
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Node ${version} is too old: Stardrift needs ${OLDEST_NODE.join('.')} or newer. Install the current LTS from https://nodejs.org and try again.`;
}

/**
 * The first package that `package-lock.json` wants and the installed tree lacks or has differently; undefined when
 * the tree is complete. npm writes `node_modules/.package-lock.json` last, so a broken-off install has none.
 * @param {Lock} wanted
 * @param {Lock} installed
 * @param {{ production?: boolean }} [options] production: packages for development need not be there
 */
export function missingPackage(wanted, installed, { production = false } = {}) {
  const have = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).find(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return false;
    const found = have[path];
    if (found === undefined) return !entry.optional && !entry.link && !(production && entry.dev);
    const differs = entry.integrity !== undefined && found.integrity !== entry.integrity;
    return found.version !== entry.version || differs;
  })?.[0];
}

/** @param {string} path @returns {Lock | undefined} */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** @param {string} root @param {{ production?: boolean }} options */
function packagesAreCurrent(root, options) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  return (
    wanted !== undefined &&
    installed !== undefined &&
    missingPackage(wanted, installed, options) === undefined
  );
}

/**
 * Runs `npm ci` when `node_modules` does not hold what the lockfile says.
 * @param {string} root the clone's root
 * @param {{ production?: boolean }} [options] production: packages for development may be left out
 */
export function installPackages(root, { production = false } = {}) {
  if (packagesAreCurrent(root, { production })) return;
  const startedMs = Date.now();
  console.log('Packages: installing what package-lock.json lists (npm ci) …');
  const flags = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    production ? '--omit=dev' : '--include=dev',
  ];
  // npm names itself to the scripts it runs; that npm is the one that belongs to this Node.
  const npm = process.env.npm_execpath;
  const [program, args] =
    npm?.endsWith('npm-cli.js') === true ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (error || status !== 0) {
    throw new Failure(
      `Packages: npm ci failed (${error?.message ?? `exit code ${status}`}). Mend what npm says above, most often the network or a full disk, and try again.`,
    );
  }
  console.log(`Packages: ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}
