import type { Grant } from '@stardrift/shared/catalog';
import type { ItemView } from '@stardrift/shared/protocol';
import { describe, expect, it } from 'vitest';
import { openWords } from '../words/words.ts';
import { received, receivedTitle } from './delivery.ts';

const TITLES: Record<string, string> = { shield: 'Shield', magnet: 'Dust magnet', trail: 'Aurora trail' };
const kindOf = (id: string) => (id === 'trail' ? 'cosmetic' : 'consumable');
const goods = { item: (id: string) => ({ id, title: TITLES[id], kind: kindOf(id) }) as ItemView };
const state = (grant: Grant, paid: Grant | undefined) => ({
  at: 'delivered' as const,
  order: {
    ...{ id: 'a', sku: 's', quantity: 1, priceStars: 6, expiresAtMs: 1, invoiceUrl: 'https://t.me/$a' },
    grant,
  },
  ...(paid && { paid }),
});

describe('the card of a delivery', () => {
  it.each<[string, Grant, Grant | undefined, string, string[]]>([
    ['all in hand', { shield: 3 }, {}, 'It is yours', ['+3 Shield']],
    ['a part owed', { shield: 3 }, { shield: 2 }, 'It is yours', ['+1 Shield', '2 went to refunded ones']],
    ['all owed', { shield: 1 }, { shield: 1 }, 'Delivered', ['1 went to a refunded one']],
    [
      'a bundle',
      { shield: 3, magnet: 1 },
      { shield: 2, magnet: 1 },
      'It is yours',
      ['+1 Shield', 'Shield: 2 went to refunded ones', 'Dust magnet: 1 went to a refunded one'],
    ],
    ['a look, of which there is one', { trail: 1 }, {}, 'It is yours', ['Aurora trail']],
    ['nobody can tell how much was owed', { shield: 3 }, undefined, 'Delivered', []],
  ])('%s', async (_name, grant, paid, title, lines) => {
    const words = await openWords('en');
    expect(words(receivedTitle(state(grant, paid)))).toBe(title);
    expect(received(state(grant, paid), goods, words)).toEqual(lines);
  });
});
