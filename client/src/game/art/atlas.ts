import { HEATS } from '../heat.ts';
import { blend, COLOUR, fade, HEAT, PLANETS, SKIES, TRAIL } from './palette.ts';
import { drawPlanet, PLANET_CELL } from './planet.ts';
import { type Draw, drawSheet, filled, type Part, type Sheet, type Stops } from './sheet.ts';
import { drawSky } from './sky.ts';
import { SPRITES, type Sprite } from './sprites.ts';

/** Names of the sheets drawn at boot, and of the textures that the engine makes of them. */
export const TEXTURE = {
  atlas: 'atlas',
  planets: 'planets',
  trail: 'trail',
  skies: 'skies',
  columns: 'columns',
  washes: 'washes',
  crest: 'crest',
} as const;

/** Parts of the columns: what is alike from side to side, and is drawn stretched. */
export const COLUMN = {
  voidBody: 'voidBody',
  voidGlow: 'voidGlow',
  voidCalmGlow: 'voidCalmGlow',
  gate: 'gate',
  edge: 'edge',
} as const;
/** Part of the skies. */
export const skyPart = (index: number): string => `${index}`;

/** Parts of the washes: colour that comes in from all sides of the screen. */
export const WASH = { slow: 'slow', danger: 'danger' } as const;

export const TRAIL_FRAMES = 16;
export const trailFrame = (heat: number, frame: number): string => `${heat}-${frame}`;
/** Side of a disc, in pixels. */
export const TRAIL_CELL = 32;
/** A height that is no power of two makes the engine clamp a column at its ends, not repeat it. */
const COLUMN_HEIGHT = 250;
/** In pixels. Only the middle is drawn with: what is stretched so far takes in its neighbours at the sides. */
const COLUMN_WIDTH = 6;
const COLUMN_MARGIN = 2;
const EDGE_WIDTH = 48;
/** In pixels; half of a phone's screen. Nothing in a sky is sharp, but if it were smaller, the grain of its colours would show. */
const SKY_CELL = { width: 199, height: 426, margin: 2 };
const WASH_SIDE = 256;
/** One wave of the void's edge, in world units. */
export const CREST = { width: 256, height: 48 } as const;
/** Width of the atlas in world units; twice that in pixels on sharp screens. */
const ATLAS_WIDTH = 1024;
const PLANETS_PER_ROW = 4;

/** Every sheet by its texture's name. */
export type Sheets = ReadonlyMap<string, Sheet>;

/** How a trail looks. */
export interface Ribbon {
  palette: readonly string[];
  /** At the comet, in world units. */
  width: number;
  /** How far one step of heat takes the colours towards the heat's, 0 to 1. */
  shift: number;
}

/**
 * Draws every sheet of the game, `density` pixels to the world unit, with the looks of somebody who wears nothing. The skies of later
 * gates are missing yet: a phone has no time for them before the first frame.
 */
export function drawSheets(density: number): Sheets {
  return new Map([
    [TEXTURE.atlas, drawAtlas(density)],
    [TEXTURE.planets, drawPlanets(density)],
    [TEXTURE.trail, drawTrail()],
    [TEXTURE.skies, drawSkies()],
    [TEXTURE.columns, drawColumns()],
    [TEXTURE.washes, drawWashes()],
    [TEXTURE.crest, drawSheet(CREST, drawCrest)],
  ]);
}

function drawAtlas(density: number): Sheet {
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
  const draw: Draw = (context) => {
    context.scale(density, density);
    for (const place of places) {
      context.save();
      context.translate(place.x + place.sprite.size / 2, place.y + place.sprite.size / 2);
      place.sprite.draw(context);
      context.restore();
    }
  };
  const parts = places.map(({ name, sprite, x: left, y: top }) =>
    square(name, left * density, top * density, sprite.size * density),
  );
  return drawSheet({ width: ATLAS_WIDTH, height: y + row, density }, draw, parts);
}

const square = (name: string, x: number, y: number, side: number): Part => ({
  ...{ name, x, y },
  width: side,
  height: side,
});

/** Frames 0 to 7. */
function drawPlanets(density: number): Sheet {
  const cell = PLANET_CELL * density;
  const rows = Math.ceil(PLANETS.length / PLANETS_PER_ROW);
  const parts = PLANETS.map((_, look) =>
    square(`${look}`, (look % PLANETS_PER_ROW) * cell, Math.floor(look / PLANETS_PER_ROW) * cell, cell),
  );
  const size = { width: PLANET_CELL * PLANETS_PER_ROW, height: PLANET_CELL * rows, density };
  return drawSheet(size, planets(parts, density, PLANETS), parts);
}

/** Draws the planets in other colours. */
export function dressPlanets(sheets: Sheets, palettes: readonly (readonly string[])[]): void {
  const sheet = sheets.get(TEXTURE.planets);
  sheet?.draw(planets(sheet.parts, sheet.density, palettes));
}

const planets =
  (cells: readonly Part[], density: number, palettes: readonly (readonly string[])[]): Draw =>
  (context) => {
    cells.forEach(({ x, y }, look) => {
      const [light = '#ffffff', dark = '#444466'] = palettes[look % palettes.length] ?? [];
      context.save();
      context.translate(x, y);
      context.scale(density, density);
      drawPlanet(context, look, light, dark);
      context.restore();
    });
  };

/** A row for each step of heat, in it frame 0 at the comet and the last where it fades. */
function drawTrail(): Sheet {
  const parts: Part[] = [];
  for (let heat = 0; heat < HEATS; heat++)
    for (let frame = 0; frame < TRAIL_FRAMES; frame++)
      parts.push(square(trailFrame(heat, frame), frame * TRAIL_CELL, heat * TRAIL_CELL, TRAIL_CELL));
  const size = { width: TRAIL_CELL * TRAIL_FRAMES, height: TRAIL_CELL * HEATS };
  return drawSheet(size, trail(TRAIL), parts);
}

/** Draws the trail in other colours. */
export function dressTrail(sheets: Sheets, ribbon: Ribbon): void {
  sheets.get(TEXTURE.trail)?.draw(trail(ribbon));
}

const trail =
  ({ palette, shift }: Ribbon): Draw =>
  (context) => {
    HEAT.forEach((hot, heat) => {
      const row = palette.map((colour) => blend(colour, hot, heat * shift));
      for (let frame = 0; frame < TRAIL_FRAMES; frame++)
        drawDisc(context, TRAIL_CELL * frame, TRAIL_CELL * heat, colourAt(row, frame / (TRAIL_FRAMES - 1)));
    });
  };

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

/** Side by side, each with a margin of its own kind around it. */
function drawSkies(): Sheet {
  const { width, height, margin } = SKY_CELL;
  const parts = SKIES.map((_, index) => ({
    ...{ name: skyPart(index), x: index * width + margin, y: margin },
    ...{ width: width - 2 * margin, height: height - 2 * margin },
  }));
  return drawSheet({ width: width * SKIES.length, height }, skies(1), parts);
}

/** Draws the skies of the gates to come, too. */
export function completeSkies(sheets: Sheets): void {
  sheets.get(TEXTURE.skies)?.draw(skies(SKIES.length));
}

const skies =
  (count: number): Draw =>
  (context) => {
    const { width, height } = SKY_CELL;
    SKIES.slice(0, count).forEach((sky, index) => {
      context.save();
      context.translate(index * width, 0);
      context.beginPath();
      context.rect(0, 0, width, height);
      context.clip();
      drawSky(context, sky, index, width, height);
      context.restore();
    });
  };

const COLUMNS: readonly (readonly [name: string, stops: Stops])[] = [
  [
    COLUMN.voidBody,
    [
      [0, fade('#5b0d5a', 0.96)],
      [0.12, fade('#2c0a3c', 0.98)],
      [0.5, COLOUR.void],
      [1, '#07010c'],
    ],
  ],
  [COLUMN.voidGlow, glowStops(COLOUR.voidRim)],
  [COLUMN.voidCalmGlow, glowStops(COLOUR.voidCalm)],
  [
    COLUMN.gate,
    [
      [0, fade(COLOUR.gate, 0)],
      [0.5, fade(COLOUR.gate, 0.5)],
      [0.54, fade('#ffffff', 0.85)],
      [0.58, fade(COLOUR.gate, 0.3)],
      [1, fade(COLOUR.gate, 0)],
    ],
  ],
];

function drawColumns(): Sheet {
  const left = COLUMNS.length * COLUMN_WIDTH;
  const draw: Draw = (context) => {
    COLUMNS.forEach(([, stops], index) => {
      context.fillStyle = filled(context.createLinearGradient(0, 0, 0, COLUMN_HEIGHT), stops);
      context.fillRect(index * COLUMN_WIDTH, 0, COLUMN_WIDTH, COLUMN_HEIGHT);
    });
    context.fillStyle = filled(context.createLinearGradient(left, 0, left + EDGE_WIDTH, 0), [
      [0, fade('#9fc4ff', 0)],
      [0.47, fade('#9fc4ff', 0.2)],
      [0.5, fade('#dbe9ff', 0.75)],
      [0.53, fade('#9fc4ff', 0.2)],
      [1, fade('#9fc4ff', 0)],
    ]);
    context.fillRect(left, 0, EDGE_WIDTH, COLUMN_HEIGHT);
  };
  const parts = COLUMNS.map(([name], index) => ({
    ...{ name, x: index * COLUMN_WIDTH + COLUMN_MARGIN, y: 0 },
    ...{ width: COLUMN_WIDTH - 2 * COLUMN_MARGIN, height: COLUMN_HEIGHT },
  }));
  const edge = { name: COLUMN.edge, x: left + 1, y: 0, width: EDGE_WIDTH - 2, height: COLUMN_HEIGHT };
  return drawSheet({ width: left + EDGE_WIDTH, height: COLUMN_HEIGHT }, draw, [...parts, edge]);
}

function glowStops(colour: string): Stops {
  return [
    [0, fade(colour, 0)],
    [0.6, fade(colour, 0.12)],
    [0.9, fade(colour, 0.42)],
    [1, fade(colour, 0.7)],
  ];
}

/** Waves that go on in the next one beside it: bright on the edge, dark below. */
function drawCrest(context: CanvasRenderingContext2D): void {
  const { width, height } = CREST;
  const wave = (x: number): number =>
    16 + 7 * Math.sin((x / width) * Math.PI * 4) + 4 * Math.sin((x / width) * Math.PI * 10 + 1.3);
  const line = (): void => {
    context.beginPath();
    for (let x = -4; x <= width + 4; x += 2) context.lineTo(x, wave(x));
  };
  line();
  context.lineTo(width + 4, height);
  context.lineTo(-4, height);
  const body = context.createLinearGradient(0, 8, 0, height);
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

const WASHES: readonly (readonly [name: string, colour: string, opacity: number])[] = [
  [WASH.slow, COLOUR.slow, 0.62],
  [WASH.danger, COLOUR.voidRim, 0.5],
];

/** One below the other. */
function drawWashes(): Sheet {
  const half = WASH_SIDE / 2;
  const draw: Draw = (context) => {
    WASHES.forEach(([, colour, opacity], index) => {
      const middle = index * WASH_SIDE + half;
      context.fillStyle = filled(context.createRadialGradient(half, middle, 70, half, middle, 182), [
        [0, fade(colour, 0)],
        [0.45, fade(colour, opacity * 0.22)],
        [1, fade(colour, opacity)],
      ]);
      context.fillRect(0, index * WASH_SIDE, WASH_SIDE, WASH_SIDE);
    });
  };
  const parts = WASHES.map(([name], index) => square(name, 1, index * WASH_SIDE + 1, WASH_SIDE - 2));
  return drawSheet({ width: WASH_SIDE, height: WASH_SIDE * WASHES.length }, draw, parts);
}
