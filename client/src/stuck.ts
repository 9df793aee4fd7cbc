import type { Language } from '@stardrift/shared/catalog';
import { h } from './dom.ts';

/**
 * What is said when the page's main part does not arrive, and with it none of its words; the same as those say
 * (`broken`, `brokenText`, `reload`), to which a test holds it.
 */
export const STUCK: Readonly<Record<Language, readonly [lead: string, text: string, again: string]>> = {
  en: ['The game did not load', 'Check the connection and try again. Everything you own is safe.', 'Reload'],
  ru: ['Игра не загрузилась', 'Проверьте связь и попробуйте снова. Всё ваше на месте.', 'Обновить'],
  es: [
    'El juego no se ha cargado',
    'Comprueba la conexión y prueba otra vez. Todo lo tuyo está a salvo.',
    'Recargar',
  ],
  ar: ['لم تُحمَّل اللعبة', 'تحقق من الاتصال وحاول مرة أخرى. كل ما تملكه في أمان.', 'أعد التحميل'],
};

/** Puts a way to try again in the place of everything else. @param tag of the language, as a browser says it */
export function showStuck(tag: string): void {
  const [language = ''] = tag.toLowerCase().split('-');
  const known = isKnown(language) ? language : 'en';
  const [lead, text, again] = STUCK[known];
  document.documentElement.lang = known;
  document.documentElement.dir = known === 'ar' ? 'rtl' : 'ltr';
  for (const element of document.querySelectorAll('#splash, #waiting, main')) element.remove();
  // Beside what is there, and not in its place: the styles stand in the body too.
  document.body.prepend(
    h(
      'main',
      { class: 'outside' },
      h('div', { class: 'planet', 'aria-hidden': true }, h('i')),
      h('h1', { class: 'logo' }, 'Slingdust'),
      h('p', { class: 'lead' }, lead),
      h('p', {}, text),
      h('button', { type: 'button', class: 'primary wide', onclick: () => location.reload() }, again),
    ),
  );
}

const isKnown = (language: string): language is Language => Object.hasOwn(STUCK, language);
