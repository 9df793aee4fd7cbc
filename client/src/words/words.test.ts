import { describe, expect, it } from 'vitest';
import ar from './ar.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import { pseudo } from './pseudo.ts';
import ru from './ru.json' with { type: 'json' };
import { openWords } from './words.ts';

const stem = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const holes = (text: string) =>
  [...new Set([...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]))].sort();

describe('the words', () => {
  it.each(Object.entries({ ru, es, ar }))('exist in %s', (_, texts) => {
    expect(new Set(Object.keys(texts).map(stem))).toEqual(new Set(Object.keys(en).map(stem)));
  });

  it('have every plural form their language knows', () => {
    for (const [language, texts] of Object.entries({ en, ru, es, ar })) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = Object.keys(texts).filter((key) => key !== stem(key));
      for (const key of new Set(plurals.map(stem)))
        expect(plurals.filter((plural) => stem(plural) === key).sort()).toEqual(
          forms.map((form) => `${key}_${form}`).sort(),
        );
    }
  });

  it.each(Object.entries({ ru, es, ar }))('speak of the same things in %s', (_, texts) => {
    for (const [key, text] of Object.entries(texts)) {
      const english = Object.entries(en).find(([other]) => stem(other) === stem(key))?.[1] ?? '';
      expect(holes(text), key).toEqual(holes(english));
    }
  });

  it.each([
    ['en', 1, 'Buy Shield for 1 Star'],
    ['en-GB', 5, 'Buy Shield for 5 Stars'],
    ['ru', 21, 'Купить «Shield» за 21 звезду'],
    ['ru-RU', 3, 'Купить «Shield» за 3 звезды'],
    ['ru', 15, 'Купить «Shield» за 15 звёзд'],
    ['es-MX', 1, 'Comprar Shield por 1 estrella'],
    ['es', 12, 'Comprar Shield por 12 estrellas'],
    ['ar', 3, 'اشترِ Shield مقابل 3 نجوم'],
    ['ar-EG', 15, 'اشترِ Shield مقابل 15 نجمة'],
    ['xx', 2, 'Buy Shield for 2 Stars'],
  ])('count in %s: %i', async (tag, count, text) => {
    const words = await openWords(tag);
    expect(words('buy', { title: 'Shield', count })).toBe(text);
  });

  it.each([
    ['en', 1, '1 left', '1 used one was refunded; your next one goes to it'],
    ['en', 1_200, '1,200 left', '1200 used ones were refunded; your next 1200 go to them'],
    [
      'ru',
      21,
      'Осталась 21 штука',
      '21 использованная штука возвращена; столько же следующих уйдёт в её счёт',
    ],
    ['ru', 3, 'Осталось 3 штуки', '3 использованные штуки возвращены; столько же следующих уйдёт в их счёт'],
    ['ru', 5, 'Осталось 5 штук', '5 использованных штук возвращено; столько же следующих уйдёт в их счёт'],
  ])('say what is left and what is owed in %s: %i', async (tag, count, left, debt) => {
    const words = await openWords(tag);
    expect(words('left', { count, left: words.number(count) })).toBe(left);
    expect(words('debt', { count })).toBe(debt);
  });

  it.each([
    ['en', 'ltr', '1,234'],
    ['ru', 'ltr', '1\u00a0234'],
    ['es', 'ltr', '1234'],
    ['ar', 'rtl', '1,234'],
  ])('are written in %s from the right side, with one kind of digits', async (tag, direction, number) => {
    const words = await openWords(tag);
    expect(words.direction).toBe(direction);
    expect(words.number(1_234)).toBe(number);
    expect(words.date(Date.UTC(2026, 10, 26, 9, 5))).toMatch(/26.*[0-9]:05|[0-9]:05.*26/);
  });

  it.each([
    ['en', 'a, b, and c'],
    ['ru', 'a, b и c'],
    ['es', 'a, b y c'],
    ['ar', 'a وb وc'],
  ])('put several things in one line in %s', async (tag, line) => {
    expect((await openWords(tag)).list(['a', 'b', 'c'])).toBe(line);
  });

  it('stretch for those who look for words without room, and keep their holes', async () => {
    const stretched = pseudo(en);
    for (const [key, text] of Object.entries(en)) {
      expect(holes(stretched[key] ?? ''), key).toEqual(holes(text));
      expect(stretched[key]?.length, key).toBeGreaterThanOrEqual(text.length);
    }
    const words = await openWords('en-XA');
    expect(words('buy', { title: 'Shield', count: 2 })).toMatch(/^Ɓüý Shield föř 2 Šţářš/);
  });
});
