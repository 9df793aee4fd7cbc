import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program may lie, in the order of the search. */
export interface Places {
  /** The value of the setting that names the program's file, when set. */
  setting: string | undefined;
  /** The value of PATH. */
  path: string;
  /** The program's names, best first. */
  names: string[];
  /** Folders outside the PATH in which it is often found. */
  usual: string[];
  /** Files to try last: those this clone has unpacked for itself. */
  own: string[];
}

/** The files to try, in order: the setting, the PATH, the usual places, the clone's own. No file twice. */
export function candidates({ setting, path, names, usual, own }: Places): string[] {
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...usual];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...new Set([...(setting ? [setting] : []), ...found, ...own])];
}

/** Whether this user may run the file. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
