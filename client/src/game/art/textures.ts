import type Phaser from 'phaser';
import { completeSkies, dressPlanets, dressTrail, type Ribbon, type Sheets, TEXTURE } from './atlas.ts';
import { PLANETS, TRAIL } from './palette.ts';

type Textures = Phaser.Textures.TextureManager;

/** What the engine draws with, made of the sheets. */
export function addTextures(textures: Textures, sheets: Sheets): void {
  for (const [name, { canvas, parts }] of sheets) {
    const texture = textures.addCanvas(name, canvas);
    if (!texture) throw new Error(`art: the texture "${name}" could not be made, the name is taken.`);
    for (const part of parts) texture.add(part.name, 0, part.x, part.y, part.width, part.height);
  }
}

/** Adds what was left out of the sheets at first. */
export function completeTextures(textures: Textures, sheets: Sheets): void {
  completeSkies(sheets);
  upload(textures, TEXTURE.skies);
}

/** Puts looks on, and does nothing for those that are on already. */
export function createWardrobe(
  textures: Textures,
  sheets: Sheets,
  density: number,
): { planets(palettes: readonly (readonly string[])[]): void; trail(ribbon: Ribbon): void } {
  let planets: readonly (readonly string[])[] = PLANETS;
  let trail: Ribbon = TRAIL;
  return {
    planets(palettes) {
      if (palettes === planets) return;
      planets = palettes;
      dressPlanets(sheets, density, palettes);
      upload(textures, TEXTURE.planets);
    },
    trail(ribbon) {
      if (ribbon === trail) return;
      trail = ribbon;
      dressTrail(sheets, ribbon);
      upload(textures, TEXTURE.trail);
    },
  };
}

function upload(textures: Textures, name: string): void {
  (textures.get(name) as Phaser.Textures.CanvasTexture).refresh();
}
