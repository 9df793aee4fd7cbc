import type { Catalog } from '@stardrift/shared/catalog';
import type { Archive } from '../purchase/ports.ts';
import type { Redis } from './client.ts';
import { REVISIONS_KEY } from './keys.ts';

export function createArchive(redis: Redis): Archive {
  return {
    async keep({ id, catalog }) {
      await redis.hSetNX(REVISIONS_KEY, id, JSON.stringify(catalog));
    },
    async find(id) {
      const text = await redis.hGet(REVISIONS_KEY, id);
      // Checked when it was published; what schemas have learnt since must not make a past purchase unreadable.
      return text === null ? undefined : { id, catalog: JSON.parse(text) as Catalog };
    },
  };
}
