import { readFileSync } from 'node:fs';
import { catalogSchema } from '@stardrift/shared/catalog';
import type { ItemView } from '@stardrift/shared/protocol';
import { describe, expect, it } from 'vitest';
import { createGoods } from './goods.ts';
import {
  choicesFor,
  createLoadout,
  fitsLoadout,
  type Place,
  packed,
  placed,
  suggested,
  waitsForTap,
} from './loadout.ts';
import { memoryDrawer, memoryServer } from './ports.memory.ts';

const path = new URL('../../../assets/catalog/items.json', import.meta.url);
const catalog = catalogSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const items = catalog.items.map(
  (item): ItemView => ({ ...item, title: item.title.en, description: item.description.en }),
);
const owning =
  (counts: Record<string, number>) =>
  (id: string): number =>
    counts[id] ?? 0;
const ids = (there: Partial<Record<Place, { id: string }>>) => [there.first?.id, there.second?.id];

describe('what is taken along', () => {
  it.each([
    ['as chosen', { first: 'magnet', second: 'shield' }, { magnet: 1, shield: 2 }, 'magnet', 'shield'],
    ['a place stays empty', { second: 'shield' }, { shield: 2 }, undefined, 'shield'],
    [
      'what ran out is left behind',
      { first: 'magnet', second: 'shield' },
      { shield: 1 },
      undefined,
      'shield',
    ],
    ['what no longer exists is forgotten', { first: 'gone' }, { gone: 1 }, undefined, undefined],
    ['what does not fit is not taken', { first: 'second_wind' }, { second_wind: 1 }, undefined, undefined],
    ['never the same twice', { first: 'shield', second: 'shield' }, { shield: 2 }, 'shield', undefined],
  ])('%s', (_name, choice, counts: Record<string, number>, first, second) => {
    expect(ids(packed(items, choice, owning(counts)))).toEqual([first, second]);
  });

  it('is chosen from what is owned and lies in no other place', () => {
    const counts = owning({ shield: 1, magnet: 1, second_wind: 3 });
    const now = packed(items, { first: 'shield' }, counts);
    expect(choicesFor(items, now, 'first', counts).map(({ id }) => id)).toEqual(['shield', 'magnet']);
    expect(choicesFor(items, now, 'second', counts).map(({ id }) => id)).toEqual(['magnet']);
  });

  it('leaves the place where it was', () => {
    expect(placed({ first: 'a', second: 'b' }, 'first', 'b')).toEqual({ first: 'b' });
    expect(placed({ first: 'a', second: 'b' }, 'first', 'c')).toEqual({ first: 'c', second: 'b' });
    expect(placed({ first: 'a', second: 'b' }, 'second', undefined)).toEqual({ first: 'a' });
  });

  it.each([
    ['what only this choice offers comes first', {}, () => true, 'head_start', 'shield'],
    ['a place that is taken needs none', { second: 'head_start' }, () => true, 'shield', undefined],
    ['what is not sold is not shown', {}, (id: string) => id === 'magnet', 'magnet', undefined],
  ])('%s', (_name, choice, sells, first, second) => {
    const now = packed(items, choice, owning({ head_start: 1 }));
    expect(ids(suggested(items, now, sells))).toEqual([first, second]);
  });

  it('is used before the first step if it does not run out, else with the first tap', () => {
    const fitting = items.filter(fitsLoadout);
    expect(fitting.filter((item) => !waitsForTap(item)).map(({ id }) => id)).toEqual([
      'shield',
      'gate_prize',
      'head_start',
    ]);
    expect(fitting.filter(waitsForTap).length).toBeGreaterThan(3);
  });

  it('is remembered, empty while none is left, and there again when one comes', async () => {
    const server = memoryServer({ shield: 1 });
    server.known = items;
    const drawer = memoryDrawer();
    const goods = createGoods(server, () => 0);
    server.setLink('online');
    await new Promise((resolve) => goods.onChange(() => goods.catalog && resolve(undefined)));
    createLoadout(drawer, goods).put('second', 'shield');
    const again = createLoadout(drawer, goods);
    expect(again.items().map(({ id }) => id)).toEqual(['shield']);
    server.items = {};
    server.push('sync');
    expect(again.item('second')).toBeUndefined();
    server.items = { shield: 2 };
    server.push('sync');
    expect(again.item('second')?.id).toBe('shield');
  });
});
