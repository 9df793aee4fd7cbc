import { describe, expect, it } from 'vitest';
import { covers, createGoods, difference, type Gain, offerFor } from './goods.ts';
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
    ['nothing when nobody sells it', [], undefined],
  ])('%s', (_name, offers, sku) => {
    expect(offerFor('shield', offers)?.sku).toBe(sku);
  });
});

describe('difference and covers', () => {
  it('tells what came and what went', () => {
    expect(difference({ a: 1, b: 2 }, { b: 1, c: 3 })).toEqual({ gained: { c: 3 }, lost: { a: 1, b: 1 } });
  });
  it('covers a grant only when all of it came', () => {
    expect(covers({ a: 3 }, { a: 3 })).toBe(true);
    expect(covers({ a: 3 }, { a: 3, b: 1 })).toBe(false);
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
      { gained: { shield: 3 }, lost: {}, cause: 'purchase' },
      { gained: {}, lost: { shield: 3 }, cause: 'refund' },
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
