import type { ItemView } from '@stardrift/shared/protocol';
import { describe, expect, it } from 'vitest';
import { createGoods } from './goods.ts';
import { type CosmeticView, createLooks } from './looks.ts';
import { memoryDrawer, memoryServer } from './ports.memory.ts';

const trail = (id: string): CosmeticView => ({
  ...{ id, kind: 'cosmetic', title: id, description: id, icon: { glyph: 'trail', hue: 1 } },
  look: { part: 'trail', palette: ['#ffffff', '#000000'], width: 9 },
});
const planets = (id: string): CosmeticView => ({
  ...{ id, kind: 'cosmetic', title: id, description: id, icon: { glyph: 'planet', hue: 1 } },
  look: { part: 'planets', palettes: [['#ffffff', '#000000']] },
});
const ITEMS: ItemView[] = [trail('ember'), trail('ink'), planets('orchard')];

async function dressed(items: Record<string, number>) {
  const server = memoryServer(items);
  server.known = ITEMS;
  const drawer = memoryDrawer();
  const goods = createGoods(server, () => 0);
  const worn: string[][] = [];
  const looks = createLooks(drawer, goods, (now) => worn.push(now.map(({ id }) => id)));
  server.setLink('online');
  await new Promise((resolve) => goods.onChange(() => goods.catalog && resolve(undefined)));
  return { server, goods, drawer, looks, worn };
}

describe('a look that is tried', () => {
  it('is worn over the own one of its part, and leaves the rest as it is', async () => {
    const { looks, worn } = await dressed({ ember: 1, orchard: 1 });
    looks.toggle(trail('ember'));
    looks.toggle(planets('orchard'));
    looks.tryOn(trail('ink'));
    expect(worn.at(-1)).toEqual(['orchard', 'ink']);
    expect([looks.isWorn('ink'), looks.isWorn('ember')]).toEqual([false, true]);
    looks.tryOn(undefined);
    expect(worn.at(-1)).toEqual(['ember', 'orchard']);
  });

  it('is neither kept nor told to the server', async () => {
    const { looks, drawer, server, goods } = await dressed({ ember: 1 });
    looks.toggle(trail('ember'));
    const asked = server.asked.length;
    looks.tryOn(trail('ink'));
    expect(server.asked).toHaveLength(asked);
    const again: string[][] = [];
    createLooks(drawer, goods, (now) => again.push(now.map(({ id }) => id)));
    server.push('sync');
    expect(again).toEqual([['ember']]);
  });

  it('is nothing to be offered once it is bought, and stays on', async () => {
    const { looks, server, worn } = await dressed({});
    looks.tryOn(trail('ink'));
    expect(looks.tried?.id).toBe('ink');
    server.items = { ink: 1 };
    server.push('purchase');
    expect(looks.tried).toBeUndefined();
    looks.tryOn(undefined);
    expect(worn.at(-1)).toEqual(['ink']);
    expect(looks.isWorn('ink')).toBe(true);
  });

  it('gives way to a choice for the same part', async () => {
    const { looks, worn } = await dressed({ ember: 1 });
    looks.tryOn(trail('ink'));
    looks.toggle(trail('ember'));
    expect(worn.at(-1)).toEqual(['ember']);
  });
});
