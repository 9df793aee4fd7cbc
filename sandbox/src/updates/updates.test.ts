import { describe, expect, test } from 'vitest';
import { DEFAULT_TYPES, readAllowedUpdates } from './update-types.ts';
import { Updates } from './updates.ts';

function filled(texts: readonly string[], lifeMs = 1000): Updates {
  const updates = new Updates();
  for (const text of texts) add(updates, text, lifeMs);
  return updates;
}

function add(updates: Updates, text: string, lifeMs = 1000) {
  return updates.add({ type: 'message', content: { text } as never, key: 1, lifeMs });
}

const texts = (updates: Updates, limit = 100) =>
  updates.oldest(limit).map(({ update }) => update.message?.text);
const ids = (updates: Updates) => updates.all().map(({ update }) => update.update_id);

describe('pending updates', () => {
  test('have ids that go up one by one, and go on after all was forgotten', () => {
    const updates = filled(['a', 'b']);
    const [first = 0, second] = ids(updates);
    expect(second).toBe(first + 1);
    updates.clear();
    add(updates, 'c');
    expect(ids(updates)).toEqual([first + 2]);
  });

  test.each([
    ['an offset confirms what came before', (first: number) => first + 1, ['b', 'c']],
    ['an offset beyond all confirms all', (first: number) => first + 9, []],
    ['an old offset confirms nothing', (first: number) => first, ['a', 'b', 'c']],
    ['a negative one keeps that many', () => -2, ['b', 'c']],
    ['a negative one larger than all keeps all', () => -9, ['a', 'b', 'c']],
  ])('%s', (_what, offset, left) => {
    const updates = filled(['a', 'b', 'c']);
    updates.confirm(offset(ids(updates)[0] ?? 0));
    expect(texts(updates)).toEqual(left);
  });

  test('come oldest first, as many as asked for', () => {
    expect(texts(filled(['a', 'b', 'c']), 2)).toEqual(['a', 'b']);
  });

  test('are dropped when their time is over', () => {
    const updates = filled(['old'], -1);
    add(updates, 'new');
    expect(texts(updates)).toEqual(['new']);
  });

  test('of a type that is not allowed never come to be', () => {
    const updates = new Updates();
    updates.allowed = new Set(['callback_query']);
    expect(add(updates, 'a')).toBeUndefined();
    expect(updates.all()).toEqual([]);
  });

  test('tell once when their first attempt is over', () => {
    const updates = new Updates();
    const pending = add(updates, 'a');
    let told = 0;
    if (pending) pending.onAttempt = () => told++;
    updates.confirm(Number.MAX_SAFE_INTEGER);
    updates.clear();
    expect(told).toBe(1);
  });
});

describe('allowed_updates', () => {
  test.each<[string, ReadonlySet<string> | undefined]>([
    ['', undefined],
    ['no JSON', undefined],
    ['"message"', undefined],
    ['[1]', undefined],
    ['[]', DEFAULT_TYPES],
    ['["galaxy"]', DEFAULT_TYPES],
    ['["MESSAGE","galaxy"]', new Set(['message'])],
    ['["chat_member"]', new Set(['chat_member'])],
  ])('%s', (text, types) => {
    expect(readAllowedUpdates(text)).toEqual(types);
  });

  test('by default leave out what has to be asked for', () => {
    expect(DEFAULT_TYPES.has('pre_checkout_query')).toBe(true);
    expect(DEFAULT_TYPES.has('subscription')).toBe(true);
    expect(
      ['chat_member', 'message_reaction', 'message_reaction_count'].some((name) => DEFAULT_TYPES.has(name)),
    ).toBe(false);
  });
});
