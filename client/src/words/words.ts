import { createInstance } from 'i18next';
import en from './en.json' with { type: 'json' };

type Plural = '_one' | '_few' | '_many' | '_other';
type Stem<K extends string> = K extends `${infer S}${Plural}` ? S : K;
export type WordKey = Stem<keyof typeof en & string>;

/** The words of the interface in the player's language; the catalogue's own come from the server. */
export interface Words {
  language: string;
  /** `count` chooses the plural form. */
  (key: WordKey, values?: Record<string, string | number>): string;
  number(value: number): string;
  date(ms: number): string;
}

/** English is part of the page; any other language is fetched before the first word is shown. */
export async function openWords(tag: string): Promise<Words> {
  const language = tag.toLowerCase().startsWith('ru') ? 'ru' : 'en';
  const texts: Record<string, string> = language === 'ru' ? (await import('./ru.json')).default : en;
  const i18n = createInstance();
  await i18n.init({
    lng: language,
    resources: { [language]: { translation: texts } },
    // The words go into text nodes and attributes, never into markup.
    interpolation: { escapeValue: false },
  });
  const numbers = new Intl.NumberFormat(language);
  const dates = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const say = (key: WordKey, values: Record<string, string | number> = {}) => i18n.t(key, values);
  return Object.assign(say, {
    language,
    number: (value: number) => numbers.format(value),
    date: (ms: number) => dates.format(ms),
  });
}
