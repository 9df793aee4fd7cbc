import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Catalog } from '@stardrift/shared/catalog';
import type { Archive } from '../purchase/ports.ts';
import { revisionOf } from './read.ts';

/**
 * Past catalogues as files beside the one in force, `revisions/<id>.json`. They outlive a store that was emptied, and
 * with Telegram's ledger they are all it takes to tell what every payment was for.
 * @param onError told when the folder can't be written to; the store still has its copy
 */
export function createFileArchive(catalogFile: string, onError: (error: unknown) => void): Archive {
  const folder = join(dirname(catalogFile), 'revisions');
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  return {
    async keep({ id, catalog }) {
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(fileOf(id), JSON.stringify(catalog), { flag: 'wx' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') onError(error);
      }
    },
    async find(id) {
      const text = await readFile(fileOf(id), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const catalog = JSON.parse(text) as Catalog;
      if (revisionOf(catalog) === id) return { id, catalog };
      throw new Error(`${fileOf(id)} is not the catalogue it is named after. Put the original back.`);
    },
  };
}
