import type Phaser from 'phaser';
import { HEATS } from '../heat.ts';
import {
  completeSkies,
  dressPlanets,
  dressTrail,
  type Ribbon,
  type Sheets,
  TEXTURE,
  TRAIL_FRAMES,
  trailFrame,
} from './atlas.ts';
import { PLANETS, TRAIL } from './palette.ts';
import { SPRITES, type SpriteName } from './sprites.ts';

type Textures = Phaser.Textures.TextureManager;
type Frame = Phaser.Textures.Frame;

/** What the engine draws with, made of the sheets. */
export function addTextures(textures: Textures, sheets: Sheets): void {
  for (const [name, { canvas, parts, density }] of sheets) {
    const texture = textures.addCanvas(name, canvas);
    if (!texture) throw new Error(`art: the texture "${name}" could not be made, the name is taken.`);
    for (const source of texture.source) source.resolution = density;
    for (const part of parts) texture.add(part.name, 0, part.x, part.y, part.width, part.height);
  }
}

/** Adds what was left out of the sheets at first. */
export function completeTextures(textures: Textures, sheets: Sheets): void {
  completeSkies(sheets);
  upload(textures, TEXTURE.skies);
}

/** The pictures that a frame is put together from, looked up once. */
export interface Pictures {
  sprite(name: SpriteName): Frame;
  /** @param look of `PLANETS` */
  planet(look: number): Frame;
  /** @param heat one of `HEATS`; @param age from 0 to the last of `TRAIL_FRAMES` */
  disc(heat: number, age: number): Frame;
  readonly crest: Frame;
}

export function createPictures(textures: Textures): Pictures {
  const sprites = new Map(Object.keys(SPRITES).map((name) => [name, textures.getFrame(TEXTURE.atlas, name)]));
  const planets = PLANETS.map((_, look) => textures.getFrame(TEXTURE.planets, `${look}`));
  const discs = Array.from({ length: HEATS * TRAIL_FRAMES }, (_, index) =>
    textures.getFrame(TEXTURE.trail, trailFrame(Math.floor(index / TRAIL_FRAMES), index % TRAIL_FRAMES)),
  );
  return {
    sprite: (name) => sprites.get(name) as Frame,
    planet: (look) => planets[look] as Frame,
    disc: (heat, age) => discs[heat * TRAIL_FRAMES + age] as Frame,
    crest: textures.getFrame(TEXTURE.crest),
  };
}

/** Puts looks on, and does nothing for those that are on already. */
export function createWardrobe(
  textures: Textures,
  sheets: Sheets,
): { planets(palettes: readonly (readonly string[])[]): void; trail(ribbon: Ribbon): void } {
  let planets: readonly (readonly string[])[] = PLANETS;
  let trail: Ribbon = TRAIL;
  return {
    planets(palettes) {
      if (palettes === planets) return;
      planets = palettes;
      dressPlanets(sheets, palettes);
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
