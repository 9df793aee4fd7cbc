import { describe, expect, it } from 'vitest';
import { inHand, paidOf, toDebts } from './debts.ts';

describe('a grant to someone who owes', () => {
  it.each([
    ['nothing', { a: 3 }, {}, {}, { a: 3 }],
    ['something else', { a: 3 }, { b: 1 }, {}, { a: 3 }],
    ['less than comes', { a: 3 }, { a: 2 }, { a: 2 }, { a: 1 }],
    ['as much as comes', { a: 3 }, { a: 3 }, { a: 3 }, {}],
    ['more than comes', { a: 3 }, { a: 5 }, { a: 3 }, {}],
    ['one of two things', { a: 3, b: 1 }, { b: 2 }, { b: 1 }, { a: 3 }],
  ])('%s', (_name, grant, debts, paid, hand) => {
    expect(toDebts(grant, debts)).toEqual(paid);
    expect(inHand(grant, paid)).toEqual(hand);
  });
});

describe('what of a delivered order went to debts', () => {
  it.each([
    ['nothing was owed', { a: 3 }, {}, {}, {}],
    ['the push has come', { a: 3 }, { a: 2 }, {}, { a: 2 }],
    ['the push is still on its way', { a: 3 }, { a: 2 }, { a: 2 }, { a: 2 }],
    ['a rest is owed still', { a: 3 }, { a: 5 }, { a: 2 }, { a: 3 }],
    ['other debts do not matter', { a: 3 }, { b: 1 }, { b: 4 }, {}],
    ['a debt came meanwhile', { a: 3 }, {}, { a: 1 }, undefined],
    ['a debt went elsewhere meanwhile', { a: 3 }, { a: 5 }, { a: 1 }, undefined],
  ])('%s', (_name, grant, before, now, paid) => {
    expect(paidOf(grant, before, now)).toEqual(paid);
  });
});
