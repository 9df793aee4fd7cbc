import type { Grant } from '@stardrift/shared/catalog';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  covers,
  createGoods,
  difference,
  type Gain,
  type Held,
  lotOf,
  offerFor,
} from './goods.ts';
import { memoryServer, SHELF } from './ports.memory.ts';

const [shield] = SHELF;
if (!shield) throw new Error('the shelf is empty');
const three = { ...shield, sku: 'shield_3', priceStars: 15, grant: { shield: 3 } };
const pack = { ...shield, sku: 'pack', priceStars: 2, grant: { shield: 1, magnet: 1 } };

describe('offerFor', () => {
  it.each([
    ['the cheapest that gives only the item', [three, pack, shield], 'shield_1'],
    ['a bundle when there is nothing else', [pack], 'pack'],
    [
      'one that can be bought before one that cannot',
      [{ ...shield, unavailable: 'limit_reached' as const }, three],
      'shield_3',
    ],
    [
      'one that is left before one that is sold out',
      [
        { ...shield, left: 0, unavailable: 'sold_out' as const },
        { ...three, left: 1 },
      ],
      'shield_3',
    ],
    ['nothing when nobody sells it', [], undefined],
  ])('%s', (_name, offers, sku) => {
    expect(offerFor('shield', offers)?.sku).toBe(sku);
  });
});

describe('lotOf', () => {
  it.each([
    ['one', shield, 1],
    ['three at once', three, 3],
    ['several things, of which no count is the count', pack, 1],
  ])('%s', (_name, offer, count) => {
    expect(lotOf(offer)).toBe(count);
  });
});

describe('difference and covers', () => {
  const quiet = { gained: {}, lost: {}, paid: {}, owed: {} };
  it.each<[string, Held, Held, Partial<Change>]>([
    [
      'what came and what went',
      { items: { a: 1, b: 2 } },
      { items: { b: 1, c: 3 } },
      { gained: { c: 3 }, lost: { a: 1, b: 1 } },
    ],
    ['nothing', { items: { a: 1 }, debts: { b: 1 } }, { items: { a: 1 }, debts: { b: 1 } }, {}],
    ['a refund of what was used', { items: {} }, { items: {}, debts: { a: 2 } }, { owed: { a: 2 } }],
    [
      'a refund of what was used in part',
      { items: { a: 1 } },
      { items: {}, debts: { a: 2 } },
      { lost: { a: 1 }, owed: { a: 2 } },
    ],
    [
      'a purchase that pays a debt and more',
      { items: {}, debts: { a: 2 } },
      { items: { a: 1 } },
      { gained: { a: 1 }, paid: { a: 2 } },
    ],
    [
      'a purchase that pays a part of a debt',
      { items: {}, debts: { a: 5, b: 1 } },
      { items: {}, debts: { a: 2, b: 1 } },
      { paid: { a: 3 } },
    ],
  ])('tells %s', (_name, before, after, change) => {
    expect(difference(before, after)).toEqual({ ...quiet, ...change });
  });

  it.each<[string, Grant, Grant, boolean]>([
    ['all of it came', { a: 3 }, {}, true],
    ['a part went to a debt', { a: 1 }, { a: 2 }, true],
    ['all of it went to a debt', {}, { a: 3 }, true],
    ['more came than was bought', { a: 2, b: 1 }, { a: 2 }, true],
    ['less came', { a: 1 }, { a: 1 }, false],
    ['something else came', { b: 3 }, { c: 3 }, false],
  ])('covers a grant of three: %s', (_name, gained, paid, expected) => {
    expect(covers({ gained, paid }, { a: 3 })).toBe(expected);
  });
});

describe('what the player owns', () => {
  it('is quiet about the first reading and about uses, and tells the rest', () => {
    const server = memoryServer({ shield: 1 });
    const goods = createGoods(server, () => 0);
    const told: Gain[] = [];
    goods.onGain((gain) => told.push(gain));
    server.setLink('online');
    server.items = { shield: 0 };
    server.push('use');
    server.items = { shield: 3 };
    server.push('purchase');
    server.items = {};
    server.push('refund');
    expect(told).toEqual([
      { gained: { shield: 3 }, lost: {}, paid: {}, owed: {}, cause: 'purchase' },
      { gained: {}, lost: { shield: 3 }, paid: {}, owed: {}, cause: 'refund' },
    ]);
  });

  it('tells of a debt that comes and goes although the count stands still, and remembers it over a use', () => {
    const server = memoryServer({ magnet: 2 });
    const goods = createGoods(server, () => 0);
    const told: Gain[] = [];
    goods.onGain((gain) => told.push(gain));
    server.setLink('online');
    server.debts = { shield: 2 };
    server.push('refund');
    expect(goods.owes('shield')).toBe(2);
    goods.settle({ rev: 9, items: { magnet: 1 } });
    expect([goods.owned('magnet'), goods.owned('shield'), goods.owes('shield')]).toEqual([1, 0, 2]);
    server.debts = {};
    server.push('sync');
    expect(told.map(({ paid, owed }) => ({ paid, owed }))).toEqual([
      { paid: {}, owed: { shield: 2 } },
      { paid: { shield: 2 }, owed: {} },
    ]);
  });
});

describe('the catalogue', () => {
  it('is read once more when it changed while it was being read', async () => {
    const server = memoryServer();
    const goods = createGoods(server, () => 0);
    const readings = () => server.asked.filter(({ name }) => name === 'catalog').length;
    server.setLink('online');
    goods.refresh();
    goods.refresh();
    expect(readings()).toBe(1);
    await new Promise<void>((resolve) => goods.onChange(() => readings() === 2 && resolve()));
    expect(goods.catalog?.revision).toBe('r1');
  });
});
