import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Catalog } from '@stardrift/shared/catalog';
import { loadCatalog } from '../catalog/catalog.ts';
import { revisionOf } from '../catalog/read.ts';
import type { Breach } from './breach.ts';
import { type Prices, pricesOf, type Sold } from './prices.ts';

/** Every catalogue that the store or the folder beside the one in force has; of each, only what money hangs on. */
export async function readCatalogues(
  catalogFile: string,
  stored: AsyncIterable<{ id: string; text: string }>,
): Promise<{ prices: Prices; breaches: Breach[]; notes: string[] }> {
  const prices = new Map<string, Map<string, Sold>>();
  const breaches: Breach[] = [];
  const notes: string[] = [];

  function add(id: string, text: string, where: string): void {
    const catalog = catalogIn(text);
    if (catalog && revisionOf(catalog) === id) prices.set(id, pricesOf(catalog));
    else breaches.push(notWhatItIsNamed(id, where));
  }

  for await (const { id, text } of stored) add(id, text, `catalog:revisions, field ${id}`);
  const folder = join(dirname(catalogFile), 'revisions');
  for (const file of await filesIn(folder)) {
    const path = join(folder, file);
    add(file.replace(/\.json$/, ''), await readFile(path, 'utf8'), path);
  }
  try {
    const { revision } = await loadCatalog(catalogFile);
    prices.set(revision.id, pricesOf(revision.catalog));
  } catch (error) {
    // The servers go by the one before, which the store has.
    notes.push(
      `the catalogue in CATALOG can't be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return { prices, breaches, notes };
}

async function filesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => /^[0-9a-f]{12}\.json$/.test(file));
}

/** Checked when it was published; here it need only be what it is named after. */
function catalogIn(text: string): Catalog | undefined {
  try {
    const value = JSON.parse(text) as Catalog | null;
    return Array.isArray(value?.offers) ? value : undefined;
  } catch {
    return undefined;
  }
}

const notWhatItIsNamed = (id: string, where: string): Breach => ({
  rule: 'I6',
  where,
  is: 'not the catalogue it is named after',
  should: `the catalogue ${id}`,
  cure: `put the original of revisions/${id}.json back from a backup`,
});
