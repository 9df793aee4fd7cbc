import { catalogSchema } from '@stardrift/shared/catalog';
import type { Revision } from '../purchase/order.ts';
import type { Redis } from './client.ts';
import { REVISIONS_KEY } from './keys.ts';

/** Past catalogues, so that any purchase can be explained and settled by the one it was made from. */
export interface Archive {
  keep(revision: Revision): Promise<void>;
  find(id: string): Promise<Revision | undefined>;
}

export function createArchive(redis: Redis): Archive {
  return {
    async keep({ id, catalog }) {
      await redis.hSetNX(REVISIONS_KEY, id, JSON.stringify(catalog));
    },
    async find(id) {
      const text = await redis.hGet(REVISIONS_KEY, id);
      return text === null ? undefined : { id, catalog: catalogSchema.parse(JSON.parse(text)) };
    },
  };
}
