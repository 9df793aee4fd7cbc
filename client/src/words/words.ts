import { createInstance } from 'i18next';
import en from './en.json' with { type: 'json' };

type Plural = '_one' | '_few' | '_many' | '_other';
type Stem<K extends string> = K extends `${infer S}${Plural}` ? S : K;
export type WordKey = Stem<keyof typeof en & string>;

/** The words of the interface in the player's language; the catalogue's own come from the server. */
export interface Words {
  language: string;
  /** Which way the page is written; the playfield is never mirrored. */
  direction: 'ltr' | 'rtl';
  /** `count` chooses the plural form. */
  (key: WordKey, values?: Record<string, string | number>): string;
  number(value: number): string;
  /** Several things in one line: a, b and c. */
  list(things: readonly string[]): string;
  date(ms: number): string;
}

/** English is part of the page; any other language is fetched before the first word is shown. */
const LOCALES: Record<string, () => Promise<Record<string, string>>> = {
  en: async () => en,
  ru: async () => (await import('./ru.json')).default,
  es: async () => (await import('./es.json')).default,
  ar: async () => (await import('./ar.json')).default,
};
/** The tag that browsers know for an English stretched and accented, for those who look for words without room. */
const PSEUDO = 'en-xa';
/** One kind of digits on a page: prices come without a language. */
const DIGITS = '-u-nu-latn';

export async function openWords(tag: string): Promise<Words> {
  const wanted = tag.toLowerCase();
  const [primary = 'en'] = wanted.split('-');
  const language = Object.hasOwn(LOCALES, primary) ? primary : 'en';
  const known = (await LOCALES[language]?.()) ?? en;
  const texts = wanted === PSEUDO ? (await import('./pseudo.ts')).pseudo(known) : known;
  const i18n = createInstance();
  await i18n.init({
    lng: language,
    resources: { [language]: { translation: texts } },
    // The words go into text nodes and attributes, never into markup.
    interpolation: { escapeValue: false },
  });
  // Made when first asked for: a phone takes its time for each, and the first frame needs none of them.
  const numbers = once(() => new Intl.NumberFormat(language + DIGITS));
  const dates = once(
    () =>
      new Intl.DateTimeFormat(language + DIGITS, {
        day: 'numeric',
        month: 'short',
        hour: 'numeric',
        minute: '2-digit',
      }),
  );
  const lists = once(() => new Intl.ListFormat(language, { type: 'conjunction' }));
  const say = (key: WordKey, values: Record<string, string | number> = {}) => i18n.t(key, values);
  return Object.assign(say, {
    language,
    direction: language === 'ar' ? ('rtl' as const) : ('ltr' as const),
    number: (value: number) => numbers().format(value),
    list: (things: readonly string[]) => lists().format(things),
    date: (ms: number) => dates().format(ms),
  });
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
