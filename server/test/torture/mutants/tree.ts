import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../../tools/root.ts';
import type { Mutant } from './mutant.ts';

/** Inside the project, so that the copies find its packages. */
const TREES = join(ROOT, '.cache/mutants');
const COPIED = [
  'vitest.config.ts',
  'server/package.json',
  'server/lua',
  'server/src',
  'server/test/torture/model',
  'server/test/torture/mutants',
  'server/test/torture/random.ts',
  'server/test/torture/stage.ts',
];

/** A copy of what the shop is made of, with one mistake in it. */
export interface Tree {
  dir: string;
  remove(): void;
}

export function plant(mutant: Mutant, name: string): Tree {
  const dir = join(TREES, name);
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  remove();
  mkdirSync(dir, { recursive: true });
  for (const path of COPIED) cpSync(join(ROOT, path), join(dir, path), { recursive: true });
  const file = join(dir, 'server', mutant.file);
  writeFileSync(file, mutate(readFileSync(file, 'utf8'), mutant));
  return { dir, remove };
}

/** @throws when the text has changed since the mutant was written */
export function mutate(text: string, { file, find, put }: Mutant): string {
  const times = text.split(find).length - 1;
  if (times !== 1)
    throw new Error(
      `server/${file} holds ${JSON.stringify(find)} ${times} times, not once. Mend the mutant.`,
    );
  return text.replace(find, () => put);
}
