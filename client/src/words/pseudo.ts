/** Letters that can still be read, and show at a glance what was never translated. */
const LETTERS: Record<string, string> = {
  ...{ a: 'á', c: 'ç', e: 'é', i: 'ï', l: 'ł', n: 'ñ', o: 'ö', r: 'ř', s: 'š', t: 'ţ', u: 'ü', y: 'ý' },
  ...{
    A: 'Á',
    B: 'Ɓ',
    C: 'Ç',
    D: 'Ð',
    E: 'É',
    G: 'Ğ',
    I: 'Ï',
    L: 'Ł',
    N: 'Ñ',
    O: 'Ö',
    P: 'Þ',
    S: 'Š',
    T: 'Ţ',
    U: 'Ü',
  },
};
/** German and Finnish need about so much more room than English. */
const LONGER = 0.4;

/** English that looks foreign and is longer, to find what has no room and what has no words. Holes stay what they are. */
export function pseudo(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, stretch(text)]));
}

function stretch(text: string): string {
  const parts = text.split(/({{\w+}})/);
  const foreign = parts.map((part) =>
    part.startsWith('{{') ? part : [...part].map((letter) => LETTERS[letter] ?? letter).join(''),
  );
  const letters = text.replaceAll(/{{\w+}}/g, '').length;
  return `${foreign.join('')}${' ńō'.repeat(Math.ceil((letters * LONGER) / 3))}`;
}
