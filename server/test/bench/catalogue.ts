import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/root.ts';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import type { Revision } from '../../src/purchase/order.ts';

/** The real catalogue, as a copy: a server archives what it sells beside the file. */
export async function copyCatalogue(dir: string): Promise<{ file: string; revision: Revision }> {
  const file = join(dir, 'items.json');
  copyFileSync(join(ROOT, 'assets/catalog/items.json'), file);
  const { revision } = await loadCatalog(file);
  return { file, revision };
}
