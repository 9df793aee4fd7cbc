import { expect, test } from 'vitest';
import { type Account, type Evidence, findings, type Row } from './checker.ts';

const payload = (order: string, sku: string, quantity = 1): string =>
  `sd1:7:${order}:${sku}:${quantity}:aaaaaaaaaaaa`;
const incoming = (id: string, amount: number, text: string): Row => ({
  id,
  amount,
  source: { user: { id: 7 }, invoice_payload: text },
});
const back = (id: string, amount: number): Row => ({ id, amount, receiver: { user: { id: 7 } } });
const entry = (chargeId: string, state: 'credited' | 'refunded' = 'credited') =>
  ({ kind: 'purchase', chargeId, state }) as NonNullable<Account['history']>[number];

/** Three shields and a bundle bought, a payment given back, two shields used: all well. */
function well(): Evidence & { accounts: [Account] } {
  return {
    ledger: [
      incoming('a', 15, payload('order-a', 'shield_3')),
      incoming('b', 90, payload('order-b', 'voyager_bundle')),
      incoming('c', 15, payload('order-a', 'shield_3')),
      back('c', 15),
    ],
    botStars: 105,
    accounts: [
      {
        id: 7,
        starsAtFirst: 1_000,
        stars: 895,
        items: { shield: 6, magnet: 5, slow_time: 5, wide_catch: 5 },
        uses: [
          { itemId: 'shield', count: 2, outcome: 'done' },
          { itemId: 'shield', count: 9, outcome: 'refused' },
        ],
        history: [entry('a'), entry('b'), entry('c', 'refunded')],
      },
    ],
  };
}

const changed = (change: (account: Account, evidence: Evidence) => void): string[] => {
  const evidence = well();
  change(evidence.accounts[0], evidence);
  return findings(evidence);
};

test('finds nothing where all is well', () => {
  expect(findings(well())).toEqual([]);
});

test.each<[string, RegExp, (account: Account, evidence: Evidence) => void]>([
  ['a credit that is missing', /lost: 3 shield/, ({ items }) => Object.assign(items, { shield: 3 })],
  ['a credit given twice', /too many: 3 shield/, ({ items }) => Object.assign(items, { shield: 9 })],
  ['a credit in part', /lost: 5 wide_catch/, ({ items }) => Object.assign(items, { wide_catch: 0 })],
  ['goods nobody paid for', /too many: 1 trail_ink/, ({ items }) => Object.assign(items, { trail_ink: 1 })],
  ['Stars that are gone', /has 894 Stars/, (account) => Object.assign(account, { stars: 894 })],
  [
    'Stars the bot has too many',
    /the bot has 106/,
    (_, evidence) => Object.assign(evidence, { botStars: 106 }),
  ],
  ['an entry told twice', /2 entries for a/, ({ history }) => history?.push(entry('a'))],
  ['an entry that is missing', /0 entries for b/, ({ history }) => history?.splice(1, 1)],
  ['an entry nobody paid', /d was never paid/, ({ history }) => history?.push(entry('d'))],
  [
    'a refund that is told as a purchase',
    /c is told as credited/,
    ({ history }) => history?.splice(2, 1, entry('c')),
  ],
  [
    'two payments of one order that were both kept',
    /order-a was paid and kept twice/,
    (account, evidence) => {
      Object.assign(evidence, { ledger: evidence.ledger.slice(0, 3), botStars: 120 });
      Object.assign(account, { stars: 880, items: { ...account.items, shield: 9 } });
    },
  ],
  [
    'a payment given back twice',
    /went back twice/,
    (account, evidence) => {
      Object.assign(evidence, { ledger: [...evidence.ledger, back('c', 15)], botStars: 90 });
      Object.assign(account, { stars: 910 });
    },
  ],
])('finds %s', (_name, expected, change) => {
  expect(changed(change).join('\n')).toMatch(expected);
});

test('a debt is what was used of goods whose Stars went back', () => {
  const wrong = changed((account, evidence) => {
    Object.assign(evidence, { ledger: [...evidence.ledger, back('a', 15)], botStars: 90 });
    Object.assign(account, {
      stars: 910,
      history: [entry('a', 'refunded'), ...(account.history ?? []).slice(1)],
    });
    account.items.shield = 3;
    expect(account.items.shield).toBe(5 - 2);
  });
  expect(wrong).toEqual([]);
});

test('a use nobody heard of again may have happened or not, and nothing between', () => {
  const unknown = (shield: number) =>
    changed((account) => {
      account.items.shield = shield;
      Object.assign(account, { uses: [...account.uses, { itemId: 'shield', count: 2, outcome: 'unknown' }] });
    });
  expect(unknown(6)).toEqual([]);
  expect(unknown(4)).toEqual([]);
  expect(unknown(5)).toHaveLength(1);
});
