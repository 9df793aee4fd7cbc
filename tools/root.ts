import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything the tools fetch, build or store beside the sources lies here; git ignores it. */
export const CACHE = join(ROOT, '.cache');
