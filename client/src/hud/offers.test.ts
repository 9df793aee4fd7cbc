import { readFileSync } from 'node:fs';
import { catalogSchema } from '@stardrift/shared/catalog';
import { describe, expect, it } from 'vitest';
import type { ConsumableView } from '../shop/slots.ts';
import { type Candidate, type Moment, OFFERS_PER_RUN, offerAt } from './offers.ts';

const path = new URL('../../../assets/catalog/items.json', import.meta.url);
const catalog = catalogSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const items = catalog.items
  .filter((item) => item.kind === 'consumable')
  .map((item): ConsumableView => ({ ...item, title: item.title.en, description: item.description.en }));

/** Nothing threatens, nothing is to be had. */
const QUIET = { voidGap: 500, rocks: 0, dust: 0, combo: 2, gate: 3 };

function at(
  outlook: Partial<Moment['outlook']>,
  shelf: Partial<Candidate> & { id?: string } = {},
  moment: Partial<Moment> = {},
): string | undefined {
  const { id, ...changed } = shelf;
  const candidates = items.map((item) => ({
    ...{ item, owned: 0, isSold: true, isInView: false },
    ...(id === undefined || id === item.id ? changed : {}),
  }));
  const now = { outlook: { ...QUIET, ...outlook }, run: { used: {}, active: [] }, offered: [], ...moment };
  return offerAt(candidates, now)?.id;
}

describe('the offer at a gate', () => {
  it.each([
    ['nothing while all is well', {}, undefined],
    ['a shield before a rock', { rocks: 1 }, 'shield'],
    ['a brake when the void is close', { voidGap: 250 }, 'void_brake'],
    ['the brake before the shield', { voidGap: 250, rocks: 3 }, 'void_brake'],
    ['a magnet where dust lies', { dust: 8 }, 'magnet'],
    ['double dust once the combo is worth it', { dust: 8, combo: 5 }, 'dust_rush'],
    ['a wider catch when the combo is lost', { combo: 1 }, 'wide_catch'],
    ['the prize for gates while many are to come', { gate: 1 }, 'gate_prize'],
  ])('is %s', (_name, outlook, item) => {
    expect(at(outlook)).toBe(item);
  });

  it.each([
    ['what is owned', { owned: 1 }],
    ['what is not sold', { isSold: false }],
    ['what lies in a slot with its price', { isInView: true }],
  ])('is never %s', (_name, shelf) => {
    expect(at({ rocks: 1 }, { id: 'shield', ...shelf })).toBeUndefined();
  });

  it('is never what was offered before, is under way, or can not be used again', () => {
    const rocks = { rocks: 1 };
    expect(at(rocks, {}, { offered: ['shield'] })).toBeUndefined();
    expect(at(rocks, {}, { run: { used: { shield: 3 }, active: [] } })).toBeUndefined();
    const active = [{ itemId: 'shield', msLeft: 1, msTotal: 1 }];
    expect(at(rocks, {}, { run: { used: { shield: 1 }, active } })).toBeUndefined();
    expect(at(rocks, {}, { run: { used: { shield: 1 }, active: [] } })).toBe('shield');
  });

  it('comes three times in a run at most', () => {
    const offered = ['a', 'b', 'c'].slice(0, OFFERS_PER_RUN);
    expect(at({ rocks: 1 }, {}, { offered: offered.slice(1) })).toBe('shield');
    expect(at({ rocks: 1 }, {}, { offered })).toBeUndefined();
  });
});
