import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { galleryPage } from './page.ts';
import { fileOf, type Picture } from './picture.ts';

const FOLDER = fileURLToPath(new URL('../../../.cache/gallery', import.meta.url));
const PAGE = join(FOLDER, 'index.html');
const LIST = join(FOLDER, 'pictures.json');

/** The pictures on disk. What was not taken anew stays from the last time. */
export type Album = ReturnType<typeof openAlbum>;

/** @param order the journeys, as the page shows them; what belongs to none of them is left out */
export function openAlbum(order: readonly string[]) {
  mkdirSync(join(FOLDER, 'pictures'), { recursive: true });
  const kept: Picture[] = existsSync(LIST) ? JSON.parse(readFileSync(LIST, 'utf8')) : [];
  const taken: Picture[] = [];

  return {
    add(picture: Picture, png: Uint8Array): void {
      writeFileSync(join(FOLDER, fileOf(picture)), png);
      taken.push(picture);
    },

    /** What is wrong with the pictures taken since. */
    faults: (): string[] =>
      taken.flatMap((picture) => picture.wrong.map((what) => `${fileOf(picture)}: ${what}`)),

    page: PAGE,

    /** Writes the page, with what was there before and was not taken anew. */
    save(): void {
      const anew = new Set(taken.map(({ journey, look }) => `${journey} ${look.name}`));
      const all = [...kept.filter(({ journey, look }) => !anew.has(`${journey} ${look.name}`)), ...taken]
        .filter(({ journey }) => order.includes(journey))
        .sort((a, b) => order.indexOf(a.journey) - order.indexOf(b.journey));
      writeFileSync(LIST, JSON.stringify(all, null, 1));
      writeFileSync(PAGE, galleryPage(all));
    },
  };
}
