import type { Icon } from '@stardrift/shared/catalog';

/**
 * Icons of items and currencies as SVG text, drawn in the game's own language: a lit body in space, rim light from the
 * upper left, one pale shape on it. They carry no words and are hidden from screen readers; the button names them.
 */

/** Gradient ids must be unique in a page: a gradient inside a hidden twin would leave this icon unpainted. */
let serial = 0;

/** One item icon, filling its parent. Crisp from 24 to 200 px. */
export function iconSvg(icon: Icon): string {
  const id = `sd${++serial}`;
  const { hue } = icon;
  // Shadows lean towards blue or red, as in the sky: a yellow that leaned the other way would turn a sickly green.
  const deep = (hue + (hue > 5 && hue < 110 ? 336 : 24)) % 360;
  return svg(
    '100%',
    `<defs>
<radialGradient id="${id}a" cx=".34" cy=".26" r=".86"><stop offset="0" stop-color="hsl(${hue} 92% 70%)"/><stop offset=".45" stop-color="hsl(${hue} 74% 45%)"/><stop offset="1" stop-color="hsl(${deep} 66% 17%)"/></radialGradient>
<linearGradient id="${id}b" x1="0" y1="0" x2=".5" y2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="hsl(${hue} 90% 84%)"/></linearGradient>
<linearGradient id="${id}c" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".85"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/></linearGradient>
</defs>
<circle cx="48" cy="48" r="44" fill="url(#${id}a)"/>
<circle cx="48" cy="48" r="42.6" fill="none" stroke="url(#${id}c)" stroke-width="2.4"/>
<g transform="translate(0 2)" fill="hsl(${deep} 70% 12%)" color="hsl(${deep} 70% 12%)" opacity=".45">${GLYPHS[icon.glyph]('none')}</g>
<g fill="url(#${id}b)" color="hsl(${hue} 90% 92%)">${GLYPHS[icon.glyph](`hsl(${deep} 62% 32%)`)}</g>`,
  );
}

/** Our glyph for Telegram Stars, as high as the text around it. */
export function starSvg(): string {
  const id = `sd${++serial}`;
  return svg(
    '1em',
    `<defs><linearGradient id="${id}" x1=".2" y1="0" x2=".7" y2="1"><stop offset="0" stop-color="#fff0a8"/><stop offset=".42" stop-color="#ffcf3f"/><stop offset="1" stop-color="#f39a1b"/></linearGradient></defs>
<path d="${STAR}" fill="url(#${id})" stroke="#d9820f" stroke-width="3" stroke-linejoin="round"/>
<path d="M48 14 58 37 48 49Z M48 49 82 39 66 57Z M48 49 68 81 48 68Z M48 49 31 56 15 40Z" fill="#fff" opacity=".26"/>
<path d="M48 49 28 82 31 57Z M48 49 66 57 68 81Z" fill="#b86505" opacity=".2"/>`,
  );
}

/** Dust, what a run collects: motes of ice, never a star. As high as the text around it. */
export function dustSvg(): string {
  const id = `sd${++serial}`;
  return svg(
    '1em',
    `<defs><linearGradient id="${id}" x1=".1" y1="0" x2=".8" y2="1"><stop offset="0" stop-color="#f2fffb"/><stop offset=".5" stop-color="#7ff0d8"/><stop offset="1" stop-color="#2a9fc4"/></linearGradient></defs>
<path d="M44 14Q48 8 52 14L72 44Q75 49 72 54L52 84Q48 90 44 84L24 54Q21 49 24 44Z" fill="url(#${id})"/>
<path d="M48 11 48 49 23 49Z" fill="#fff" opacity=".5"/><path d="M48 49 73 49 48 87Z" fill="#0d5f8a" opacity=".35"/>
<circle cx="80" cy="22" r="7" fill="#a9f7e6"/><circle cx="16" cy="76" r="6" fill="#6fd9d6"/>`,
  );
}

function svg(size: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="${size}" height="${size}" aria-hidden="true" focusable="false">${body}</svg>`;
}

const STAR =
  'M43.6 12.4Q48 5.6 52.4 12.4L61.2 32.6 83 35.2Q90.6 36.6 85.8 43L69.4 57.8 74.2 79.4Q75 87.4 67.6 84.4L48 73.4 28.4 84.4Q21 87.4 21.8 79.4L26.6 57.8 10.2 43Q5.4 36.6 13 35.2L34.8 32.6Z';

/** Each shape stands in the middle of a 96-unit square; `shade` is the body's colour, for cuts and folds. */
const GLYPHS: Record<Icon['glyph'], (shade: string) => string> = {
  shield: (shade) =>
    `<path d="M48 20 70 28V47C70 61 60 71 48 77 36 71 26 61 26 47V28Z"/><path d="M48 28V68C56 63.500 62.500 57 62.500 47V33.200Z" fill="${shade}" opacity=".55"/>`,
  magnet: (shade) =>
    `<g transform="rotate(38 48 48)"><path d="M25 25H39V48A9 9 0 0 0 57 48V25H71V48A23 23 0 0 1 25 48Z"/><path d="M25 25H39V35H25ZM57 25H71V35H57Z" fill="${shade}" opacity=".7"/></g><path d="M66 14 69 20 75 22 69 25 66 31 63 25 57 22 63 20Z"/><circle cx="80" cy="34" r="3.200"/>`,
  clock: (shade) =>
    `<path d="M30 20H66A4 4 0 0 1 66 28H64C64 39 57 43 52.500 48 57 53 64 57 64 68H66A4 4 0 0 1 66 76H30A4 4 0 0 1 30 68H32C32 57 39 53 43.500 48 39 43 32 39 32 28H30A4 4 0 0 1 30 20Z"/><path d="M38 32H58C57 38 52 41 48 44.500 44 41 39 38 38 32ZM48 56C52 59 57.500 62 58 68H38C38.500 62 44 59 48 56Z" fill="${shade}" opacity=".62"/>`,
  wing: (shade) =>
    `<path d="M20 58C21 36 42 22 76 22 75 30 70 35 62 37 67 37.500 70 37.200 73 36.500 70 45 62 49.500 54 49.500 58 51 61 51 64 50.500 59 59 50 62 42 60.500 38 68 31 73 23 74 20.500 69 19.800 63.500 20 58Z"/><path d="M29 60C32 47 43 38 60 34.500M33 63C37 54 45 49.500 54 49.500" fill="none" stroke="${shade}" stroke-width="3" stroke-linecap="round" opacity=".6"/>`,
  rocket: (shade) =>
    `<g transform="rotate(42 48 48)"><path d="M48 14C58 22 62 32 62 42V58H34V42C34 32 38 22 48 14Z"/><path d="M34 44 24 56V66L34 60ZM62 44 72 56V66L62 60Z"/><path d="M41 62H55L48 80Z" opacity=".75"/><circle cx="48" cy="39" r="6.500" fill="${shade}" opacity=".75"/></g>`,
  ring: (shade) =>
    `<circle cx="48" cy="48" r="12"/><circle cx="48" cy="48" r="21" fill="none" stroke="currentColor" stroke-width="3.600"/><circle cx="48" cy="48" r="30" fill="none" stroke="currentColor" stroke-width="3.200" stroke-dasharray="8.500 7.208" opacity=".85"/><path d="M48 36A12 12 0 0 1 48 60 16 16 0 0 0 48 36Z" fill="${shade}" opacity=".5"/>`,
  trail: (shade) =>
    `<path d="M72 30C62 30 34 34 17 74 40 62 52 60 66 48Z" opacity=".55"/><path d="M70 26C56 28 36 40 24 62 42 54 58 50 70 42Z"/><circle cx="66" cy="33" r="13"/><path d="M66 20A13 13 0 0 1 66 46 17 17 0 0 0 66 20Z" fill="${shade}" opacity=".42"/>`,
  planet: (shade) =>
    `<circle cx="48" cy="48" r="19"/><path d="M56 31A19 19 0 0 1 38 64 24 24 0 0 0 56 31Z" fill="${shade}" opacity=".5"/><ellipse cx="48" cy="48" rx="34" ry="10" fill="none" stroke="${shade}" stroke-width="8" transform="rotate(-22 48 48)" stroke-dasharray="0 73 74 300" opacity=".8"/><path d="M31.500 57.500C22 64.500 15.500 64 15 61 14.200 57 21.500 50 30 45.600M64.500 38.500C74 31.500 80.500 32 81 35 82.500 43 50 63 31 66" fill="none" stroke="currentColor" stroke-width="4.500" stroke-linecap="round"/>`,
  crystal: (shade) =>
    `<path d="M48 14 66 40 48 82 30 40Z"/><path d="M48 14 48 82 66 40Z" fill="${shade}" opacity=".45"/><path d="M30 40H66" fill="none" stroke="${shade}" stroke-width="2.600" opacity=".5"/><path d="M72 50 80 60 72 78 64 60ZM24 54 31 63 24 79 17 63Z" opacity=".85"/>`,
  gate: (shade) =>
    `<path d="M20 78V46A28 28 0 0 1 76 46V78H64V47A16 16 0 0 0 32 47V78Z"/><path d="M64 47A16 16 0 0 0 48 31V18A28 28 0 0 1 76 46V78H64Z" fill="${shade}" opacity=".4"/><path d="M48 42 51.500 52.500 62 56 51.500 59.500 48 70 44.500 59.500 34 56 44.500 52.500Z"/>`,
  pack: (shade) =>
    `<path d="M24 42H72V70A6 6 0 0 1 66 76H30A6 6 0 0 1 24 70Z"/><path d="M24 31H72A3 3 0 0 1 75 34V41A3 3 0 0 1 72 44H24A3 3 0 0 1 21 41V34A3 3 0 0 1 24 31Z"/><path d="M43 31H53V76H43ZM21 43.500H75V47H21Z" fill="${shade}" opacity=".6"/><path d="M48 31C42 18 31 16 30 23 29.500 29 39 31 48 31 57 31 66.500 29 66 23 65 16 54 18 48 31Z" fill="none" stroke="currentColor" stroke-width="4.500" stroke-linejoin="round"/>`,
};
