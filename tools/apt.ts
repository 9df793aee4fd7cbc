import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, mustRun } from './program.ts';

const OFFLINE = 'Look at the network and at /etc/apt/sources.list, then try again.';
const QUIET = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** Installs packages for the whole system. Needs root. */
export async function aptInstall(packages: string[]): Promise<void> {
  const install = ['-y', '-qq', '--no-install-recommends', 'install', ...packages];
  await mustRun('apt-get update', OFFLINE, 'apt-get', ['-qq', 'update'], { env: QUIET });
  await mustRun(`apt-get install ${packages.join(' ')}`, OFFLINE, 'apt-get', install, { env: QUIET });
}

/**
 * Unpacks packages, with what of theirs the system lacks, into a folder of the user's own, without root. apt is
 * given its own lists and archives there, because those of the system may be empty and only root may fill them.
 */
export async function aptUnpack(packages: string[], folder: string): Promise<void> {
  const debs = join(folder, 'deb');
  const lists = join(folder, 'lists');
  const archives = join(folder, 'apt');
  rmSync(debs, { recursive: true, force: true });
  for (const made of [debs, join(lists, 'partial'), join(archives, 'archives/partial')]) {
    mkdirSync(made, { recursive: true });
  }
  const own = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${archives}`];
  own.push('-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=');
  await mustRun('apt-get update', OFFLINE, 'apt-get', [...own, '-qq', 'update']);
  const plan = [...own, '-s', '--no-install-recommends', 'install', ...packages];
  const missing = planned(await mustRun('apt-get -s install', OFFLINE, 'apt-get', plan));
  if (missing.length === 0) return;
  await mustRun('apt-get download', OFFLINE, 'apt-get', [...own, '-qq', 'download', ...missing], {
    cwd: debs,
  });
  for (const deb of readdirSync(debs).filter((name) => name.endsWith('.deb'))) {
    await mustRun('dpkg -x', 'The package may be broken: delete it and try again.', 'dpkg', [
      '-x',
      join(debs, deb),
      folder,
    ]);
  }
  // The unpacked files are all that is needed from now on.
  for (const spent of [debs, lists, archives]) rmSync(spent, { recursive: true });
}

/** The packages a simulated `apt-get -s install` would install. */
export const planned = (simulation: string): string[] =>
  [...simulation.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);

/** Whether apt and dpkg are there to be used. */
export async function hasApt(): Promise<boolean> {
  const outcomes = await Promise.all([capture('apt-get', ['--version']), capture('dpkg', ['--version'])]);
  return outcomes.every(({ code }) => code === 0);
}

/**
 * The folders of libraries under what {@link aptUnpack} has filled; none for `/`, the system itself.
 * @param folder what the packages were unpacked into
 */
export function unpackedLibraries(folder: string): string[] {
  if (folder === '/') return [];
  const roots = [join(folder, 'lib'), join(folder, 'usr/lib')].filter((root) => existsSync(root));
  const found = roots.flatMap((root) =>
    readdirSync(root)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(root, name)),
  );
  // libpulse names this one by its path in the system, where it is not.
  return found.flatMap((libraries) => [libraries, join(libraries, 'pulseaudio')]);
}
