import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders that hold results, never sources. */
const RESULTS = new Set(['node_modules', 'dist', 'dist-types', '.cache']);

/** Names, sizes and times of all files under the given files and folders, as one hash. Missing ones count as empty. */
export function fingerprint(paths: string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    if (!existsSync(path)) return;
    const stats = statSync(path);
    if (stats.isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!RESULTS.has(name)) visit(join(path, name));
    } else {
      hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
    }
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/** Whether `stampFile` says that a result was made from just these sources. */
export const isFresh = (stampFile: string, print: string): boolean =>
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === print;

export function stamp(stampFile: string, print: string): void {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, print);
}
