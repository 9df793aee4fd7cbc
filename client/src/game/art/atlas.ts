import type Phaser from 'phaser';
import { HEATS } from '../heat.ts';
import { blend, COLOUR, fade, HEAT, PLANETS, SKIES } from './palette.ts';
import { drawPlanet, PLANET_CELL } from './planet.ts';
import { SPRITES, type Sprite } from './sprites.ts';

/** Names of the textures drawn at boot. */
export const TEXTURE = {
  atlas: 'atlas',
  planets: 'planets',
  trail: 'trail',
  voidBody: 'voidBody',
  voidCrest: 'voidCrest',
  voidGlow: 'voidGlow',
  voidCalmGlow: 'voidCalmGlow',
  gate: 'gate',
  edge: 'edge',
  slow: 'slow',
  danger: 'danger',
} as const;
export const skyTexture = (index: number): string => `sky${index}`;

export const TRAIL_FRAMES = 16;
export const trailFrame = (heat: number, frame: number): string => `${heat}-${frame}`;
const TRAIL_CELL = 32;
/** Columns are drawn stretched. A height that is no power of two makes the engine clamp them, not repeat them at the edge. */
const COLUMN_HEIGHT = 250;
/** Width of the atlas in world units; twice that in pixels on sharp screens. */
const ATLAS_WIDTH = 1024;
const PLANETS_PER_ROW = 4;

type Textures = Phaser.Textures.TextureManager;
type Draw = (context: CanvasRenderingContext2D) => void;

/** Draws every texture of the game but those that are worn, `density` pixels to the world unit. */
export function drawTextures(textures: Textures, density: number): void {
  drawAtlas(textures, density);
  SKIES.forEach((sky, index) => {
    column(
      textures,
      skyTexture(index),
      sky.gradient.map((colour, at) => [[0, 0.42, 0.78, 1][at] ?? 1, colour]),
    );
  });
  column(textures, TEXTURE.voidBody, [
    [0, fade('#5b0d5a', 0.96)],
    [0.12, fade('#2c0a3c', 0.98)],
    [0.5, COLOUR.void],
    [1, '#07010c'],
  ]);
  column(textures, TEXTURE.voidGlow, glowStops(COLOUR.voidRim));
  column(textures, TEXTURE.voidCalmGlow, glowStops(COLOUR.voidCalm));
  column(textures, TEXTURE.gate, [
    [0, fade(COLOUR.gate, 0)],
    [0.5, fade(COLOUR.gate, 0.5)],
    [0.54, fade('#ffffff', 0.85)],
    [0.58, fade(COLOUR.gate, 0.3)],
    [1, fade(COLOUR.gate, 0)],
  ]);
  paint(textures, TEXTURE.edge, 48, 1, (context) => {
    const fill = context.createLinearGradient(0, 0, 48, 0);
    fill.addColorStop(0, fade('#9fc4ff', 0));
    fill.addColorStop(0.47, fade('#9fc4ff', 0.2));
    fill.addColorStop(0.5, fade('#dbe9ff', 0.75));
    fill.addColorStop(0.53, fade('#9fc4ff', 0.2));
    fill.addColorStop(1, fade('#9fc4ff', 0));
    context.fillStyle = fill;
    context.fillRect(0, 0, 48, 1);
  });
  paint(textures, TEXTURE.voidCrest, 256, 48, drawCrest);
  vignette(textures, TEXTURE.slow, COLOUR.slow, 0.62);
  vignette(textures, TEXTURE.danger, COLOUR.voidRim, 0.5);
}

function drawAtlas(textures: Textures, density: number): void {
  const entries: [string, Sprite][] = Object.entries(SPRITES);
  entries.sort((a, b) => b[1].size - a[1].size);
  const places: { name: string; sprite: Sprite; x: number; y: number }[] = [];
  let x = 0;
  let y = 0;
  let row = 0;
  for (const [name, sprite] of entries) {
    if (x + sprite.size > ATLAS_WIDTH) {
      x = 0;
      y += row + 2;
      row = 0;
    }
    places.push({ name, sprite, x, y });
    x += sprite.size + 2;
    row = Math.max(row, sprite.size);
  }
  const texture = paint(textures, TEXTURE.atlas, ATLAS_WIDTH * density, (y + row) * density, (context) => {
    context.scale(density, density);
    for (const place of places) {
      context.save();
      context.translate(place.x + place.sprite.size / 2, place.y + place.sprite.size / 2);
      place.sprite.draw(context);
      context.restore();
    }
  });
  for (const { name, sprite, x: left, y: top } of places)
    texture.add(name, 0, left * density, top * density, sprite.size * density, sprite.size * density);
}

/** Draws the planets anew; frames 0 to 7. */
export function drawPlanets(
  textures: Textures,
  density: number,
  palettes: readonly (readonly string[])[],
): void {
  const cell = PLANET_CELL * density;
  const count = PLANETS.length;
  const rows = Math.ceil(count / PLANETS_PER_ROW);
  const texture = paint(textures, TEXTURE.planets, cell * PLANETS_PER_ROW, cell * rows, (context) => {
    for (let look = 0; look < count; look++) {
      const [light = '#ffffff', dark = '#444466'] = palettes[look % palettes.length] ?? [];
      context.save();
      context.translate((look % PLANETS_PER_ROW) * cell, Math.floor(look / PLANETS_PER_ROW) * cell);
      context.scale(density, density);
      drawPlanet(context, look, light, dark);
      context.restore();
    }
  });
  if (texture.has('0')) return;
  for (let look = 0; look < count; look++)
    texture.add(
      `${look}`,
      0,
      (look % PLANETS_PER_ROW) * cell,
      Math.floor(look / PLANETS_PER_ROW) * cell,
      cell,
      cell,
    );
}

/**
 * Draws the trail anew: a row for each step of heat, in it frame 0 at the comet and the last where it fades. `shift` is
 * how far one step takes the colours towards the heat's, 0 to 1.
 */
export function drawTrail(textures: Textures, palette: readonly string[], shift: number): void {
  const width = TRAIL_CELL * TRAIL_FRAMES;
  const texture = paint(textures, TEXTURE.trail, width, TRAIL_CELL * HEATS, (context) => {
    HEAT.forEach((hot, heat) => {
      const row = palette.map((colour) => blend(colour, hot, heat * shift));
      for (let frame = 0; frame < TRAIL_FRAMES; frame++)
        drawDisc(context, TRAIL_CELL * frame, TRAIL_CELL * heat, colourAt(row, frame / (TRAIL_FRAMES - 1)));
    });
  });
  if (texture.has(trailFrame(0, 0))) return;
  for (let heat = 0; heat < HEATS; heat++)
    for (let frame = 0; frame < TRAIL_FRAMES; frame++) {
      const name = trailFrame(heat, frame);
      texture.add(name, 0, frame * TRAIL_CELL, heat * TRAIL_CELL, TRAIL_CELL, TRAIL_CELL);
    }
}

function colourAt(palette: readonly string[], part: number): string {
  const at = part * (palette.length - 1);
  const from = palette[Math.floor(at)] ?? '#ffffff';
  return blend(from, palette[Math.ceil(at)] ?? from, at - Math.floor(at));
}

/** A soft disc that fills one cell of the trail. */
function drawDisc(context: CanvasRenderingContext2D, left: number, top: number, colour: string): void {
  const centre = { x: left + TRAIL_CELL / 2, y: top + TRAIL_CELL / 2 };
  const fill = context.createRadialGradient(centre.x, centre.y, 0, centre.x, centre.y, 15);
  fill.addColorStop(0, fade(blend(colour, '#ffffff', 0.25), 0.6));
  fill.addColorStop(0.45, fade(colour, 0.42));
  fill.addColorStop(1, fade(colour, 0));
  context.fillStyle = fill;
  context.fillRect(left, top, TRAIL_CELL, TRAIL_CELL);
}

/** One texture from a drawing; a texture that exists is drawn over and uploaded again. */
function paint(
  textures: Textures,
  key: string,
  width: number,
  height: number,
  draw: Draw,
): Phaser.Textures.CanvasTexture {
  if (!textures.exists(key)) return add(textures, key, width, height, draw);
  const texture = textures.get(key) as Phaser.Textures.CanvasTexture;
  texture.context.save();
  texture.clear();
  draw(texture.context);
  texture.context.restore();
  texture.refresh();
  return texture;
}

/** Drawn before the engine gets it, which uploads whatever it gets: a blank one would go to the graphics card for nothing. */
function add(
  textures: Textures,
  key: string,
  width: number,
  height: number,
  draw: Draw,
): Phaser.Textures.CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width);
  canvas.height = Math.ceil(height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(`The texture "${key}" could not be created: no 2D canvas.`);
  context.save();
  draw(context);
  context.restore();
  const texture = textures.addCanvas(key, canvas);
  if (!texture) throw new Error(`The texture "${key}" could not be created: the name is taken.`);
  return texture;
}

function column(textures: Textures, key: string, stops: readonly (readonly [number, string])[]): void {
  paint(textures, key, 1, COLUMN_HEIGHT, (context) => {
    const fill = context.createLinearGradient(0, 0, 0, COLUMN_HEIGHT);
    for (const [at, colour] of stops) fill.addColorStop(at, colour);
    context.fillStyle = fill;
    context.fillRect(0, 0, 1, COLUMN_HEIGHT);
  });
}

const glowStops = (colour: string): [number, string][] => [
  [0, fade(colour, 0)],
  [0.6, fade(colour, 0.12)],
  [0.9, fade(colour, 0.42)],
  [1, fade(colour, 0.7)],
];

/** Waves that repeat every 256 pixels: bright on the edge, dark below. */
function drawCrest(context: CanvasRenderingContext2D): void {
  const wave = (x: number): number =>
    16 + 7 * Math.sin((x / 256) * Math.PI * 4) + 4 * Math.sin((x / 256) * Math.PI * 10 + 1.3);
  const line = (): void => {
    context.beginPath();
    for (let x = -4; x <= 260; x += 2) context.lineTo(x, wave(x));
  };
  line();
  context.lineTo(260, 48);
  context.lineTo(-4, 48);
  const body = context.createLinearGradient(0, 8, 0, 48);
  body.addColorStop(0, fade('#b0247f', 0.85));
  body.addColorStop(0.5, fade('#5b0d5a', 0.8));
  body.addColorStop(1, fade('#5b0d5a', 0));
  context.fillStyle = body;
  context.fill();
  for (const [width, opacity] of [
    [7, 0.22],
    [3.5, 0.5],
    [1.6, 1],
  ] as const) {
    line();
    context.strokeStyle = fade('#ff9fd0', opacity);
    context.lineWidth = width;
    context.stroke();
  }
}

function vignette(textures: Textures, key: string, colour: string, opacity: number): void {
  paint(textures, key, 256, 256, (context) => {
    const fill = context.createRadialGradient(128, 128, 70, 128, 128, 182);
    fill.addColorStop(0, fade(colour, 0));
    fill.addColorStop(0.45, fade(colour, opacity * 0.22));
    fill.addColorStop(1, fade(colour, opacity));
    context.fillStyle = fill;
    context.fillRect(0, 0, 256, 256);
  });
}
