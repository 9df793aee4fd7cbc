import { readFileSync } from 'node:fs';
import { dustSvg, iconSvg, starSvg } from '../../src/game/icon.ts';
import { fileOf, type Picture } from './picture.ts';
import { CATALOG } from './visit.ts';

/** The game's own colours and letters. */
const BASE = readFileSync(new URL('../../src/base.css', import.meta.url), 'utf8');
const OWN = readFileSync(new URL('page.css', import.meta.url), 'utf8');

/** The whole gallery as one page; the pictures lie beside it. */
export function galleryPage(pictures: readonly Picture[]): string {
  const journeys = [...new Set(pictures.map(({ journey }) => journey))];
  const wrong = pictures.filter((picture) => picture.wrong.length > 0).length;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Slingdust: the gallery</title>
<style>${BASE}${OWN}</style>
<header>
<h1 class="logo">Slingdust</h1>
<p>${pictures.length} pictures of ${journeys.length} ways through the game; ${wrong === 0 ? 'nothing was found wrong with them.' : `something is wrong with ${wrong}.`}</p>
<form>
${filter('size', pictures.map(sizeOf))}
${filter(
  'language',
  pictures.map(({ look }) => look.language),
)}
${filter(
  'theme',
  pictures.map(({ look }) => look.theme),
)}
</form>
</header>
${icons()}
${journeys
  .map((journey) =>
    section(
      journey,
      pictures.filter((picture) => picture.journey === journey),
    ),
  )
  .join('\n')}
<script>${chooser.toString()}chooser();</script>
</html>
`;
}

const sizeOf = ({ look }: Picture): string => `${look.width} × ${look.height}`;

function filter(name: string, values: readonly string[]): string {
  const options = ['all', ...new Set(values)].map((value) => `<option>${value}</option>`);
  return `<label>${name} <select name="${name}">${options.join('')}</select></label>`;
}

function section(journey: string, pictures: readonly Picture[]): string {
  return `<section><h2>${journey}</h2><div class="wall">${pictures.map(figure).join('\n')}</div></section>`;
}

function figure(picture: Picture): string {
  const { caption, look, wrong } = picture;
  const file = fileOf(picture);
  const faults = wrong.map((what) => `<p class="wrong">${safe(what)}</p>`).join('');
  return `<figure data-size="${sizeOf(picture)}" data-language="${look.language}" data-theme="${look.theme}" style="--width: ${look.width}">
<a href="${file}"><img src="${file}" width="${look.width}" height="${look.height}" alt="${safe(caption)}" loading="lazy" /></a>
<figcaption>${safe(caption)}<small>${sizeOf(picture)} · ${look.language} · ${look.theme}</small>${faults}</figcaption>
</figure>`;
}

/** Every item's icon, in the sizes in which it is met, and the two currencies. */
function icons(): string {
  const row = (name: string, draw: () => string): string =>
    `<li>${[80, 56, 24].map((size) => `<i style="inline-size: ${size}px; block-size: ${size}px; font-size: ${size}px">${draw()}</i>`).join('')}<span>${safe(name)}</span></li>`;
  const items = CATALOG.items.map(({ icon, title }) => row(title.en, () => iconSvg(icon)));
  const packs = CATALOG.offers.flatMap(({ icon, title }) =>
    icon ? [row(title.en, () => iconSvg(icon))] : [],
  );
  const money = [row('Stars', starSvg), row('Dust', dustSvg)];
  return `<section id="icons"><h2>icons</h2><ul class="icons">${[...items, ...packs, ...money].join('')}</ul></section>`;
}

const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Runs in the page: shows what fits the choices, and no heading without a picture. */
function chooser(): void {
  const form = document.querySelector('form');
  form?.addEventListener('change', () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value !== 'all');
    for (const figure of document.querySelectorAll('figure'))
      figure.hidden = !chosen.every(([name, value]) => figure.dataset[name] === value);
    for (const wall of document.querySelectorAll<HTMLElement>('.wall'))
      if (wall.parentElement) wall.parentElement.hidden = !wall.querySelector('figure:not([hidden])');
  });
}
