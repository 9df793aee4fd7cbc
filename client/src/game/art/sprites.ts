import { createRng, random } from '@stardrift/shared/sim/rng';
import { blend, COLOUR, fade, HEAT } from './palette.ts';

type Context = CanvasRenderingContext2D;

export interface Sprite {
  /** Side of its square, in world units. */
  size: number;
  /** Draws around 0, 0. */
  draw(context: Context): void;
}

/** Every small picture of the game by name. Colours are baked in, since the Canvas renderer knows no tint. */
export const SPRITES = {
  ...comets(),
  spark: { size: 24, draw: (context) => soft(context, '#ffffff', 11, 1) },
  star: { size: 12, draw: drawStar },
  beacon: { size: 28, draw: drawBeacon },
  aim: { size: 10, draw: (context) => soft(context, '#d8f6ff', 4.5, 1.3) },
  aimGood: { size: 10, draw: (context) => soft(context, COLOUR.wide, 4.5, 1.5) },
  dust: { size: 36, draw: drawMote },
  rock0: { size: 48, draw: (context) => drawRock(context, 1) },
  rock1: { size: 48, draw: (context) => drawRock(context, 2) },
  rock2: { size: 48, draw: (context) => drawRock(context, 3) },
  orbit: { size: 172, draw: (context) => drawOrbit(context, '#dfeaff') },
  capture: { size: 240, draw: (context) => drawCapture(context, '#9fb8ff') },
  captureWide: { size: 240, draw: (context) => drawCapture(context, COLOUR.wide) },
  ripple: { size: 132, draw: (context) => drawRipple(context, '#ffffff') },
  rippleGood: { size: 132, draw: (context) => drawRipple(context, COLOUR.gate) },
  shield: { size: 72, draw: drawShield },
  magnet: { size: 260, draw: drawMagnet },
  shard: { size: 16, draw: drawShard },
  ember: { size: 20, draw: (context) => soft(context, COLOUR.rockGlow, 9, 1) },
  mint: { size: 20, draw: (context) => soft(context, COLOUR.dust, 9, 1) },
  violet: { size: 20, draw: (context) => soft(context, COLOUR.voidRim, 9, 1) },
} satisfies Record<string, Sprite>;

export type SpriteName = keyof typeof SPRITES | keyof ReturnType<typeof comets>;

function soft(context: Context, colour: string, radius: number, strength: number): void {
  const fill = context.createRadialGradient(0, 0, 0, 0, 0, radius);
  fill.addColorStop(0, fade(blend(colour, '#ffffff', 0.6), Math.min(1, strength)));
  fill.addColorStop(0.25, fade(colour, Math.min(1, strength * 0.55)));
  fill.addColorStop(0.6, fade(colour, Math.min(1, strength * 0.14)));
  fill.addColorStop(1, fade(colour, 0));
  context.fillStyle = fill;
  context.beginPath();
  context.arc(0, 0, radius, 0, Math.PI * 2);
  context.fill();
}

/** The comet and its glow for each step of heat: `comet0`, `halo0`, … The glow is drawn at half its size, having no edge. */
function comets(): Record<`${'comet' | 'halo'}${number}`, Sprite> {
  const sprites: Record<`${'comet' | 'halo'}${number}`, Sprite> = {};
  HEAT.forEach((glow, heat) => {
    sprites[`comet${heat}`] = { size: 40, draw: (context) => drawComet(context, glow) };
    sprites[`halo${heat}`] = { size: 60, draw: (context) => soft(context, glow, 29, 0.55) };
  });
  return sprites;
}

function drawComet(context: Context, glow: string): void {
  soft(context, glow, 19, 0.9);
  const body = context.createRadialGradient(-2.4, -2.8, 0.5, 0, 0, 9);
  body.addColorStop(0, '#ffffff');
  body.addColorStop(0.55, blend(glow, '#ffffff', 0.82));
  body.addColorStop(1, blend(glow, '#3f8fff', 0.18));
  context.fillStyle = body;
  context.beginPath();
  context.arc(0, 0, 8.4, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = 'rgba(255, 255, 255, 0.9)';
  context.beginPath();
  context.ellipse(-2.8, -3.2, 2.4, 1.6, -0.7, 0, Math.PI * 2);
  context.fill();
}

function drawStar(context: Context): void {
  soft(context, '#cfe2ff', 5, 0.6);
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(0, 0, 0.9, 0, Math.PI * 2);
  context.fill();
}

function drawBeacon(context: Context): void {
  soft(context, '#bfd4ff', 9, 0.7);
  for (const [x, y] of [
    [13, 0.7],
    [0.7, 13],
  ] as const) {
    const flare = context.createRadialGradient(0, 0, 0, 0, 0, 13);
    flare.addColorStop(0, 'rgba(255, 255, 255, 0.9)');
    flare.addColorStop(1, 'rgba(190, 212, 255, 0)');
    context.fillStyle = flare;
    context.beginPath();
    context.ellipse(0, 0, x, y, 0, 0, Math.PI * 2);
    context.fill();
  }
}

/** The mote of the dust counter: ice, never a star. */
function drawMote(context: Context): void {
  soft(context, COLOUR.dust, 17, 0.62);
  const facet = (points: readonly number[], colour: string): void => {
    context.fillStyle = colour;
    context.beginPath();
    for (let at = 0; at < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
    context.fill();
  };
  facet([0, -8.5, 0, 0, -5.4, 0], '#f4fffb');
  facet([0, -8.5, 5.4, 0, 0, 0], '#a5f7e4');
  facet([-5.4, 0, 0, 0, 0, 8.5], '#6fe6d0');
  facet([0, 0, 5.4, 0, 0, 8.5], '#2fb4c0');
}

function drawRock(context: Context, seed: number): void {
  soft(context, COLOUR.rockGlow, 23, 0.42);
  const rng = createRng(seed, 11);
  const points = Array.from({ length: 10 }, (_, corner) => {
    const angle = (corner / 10) * Math.PI * 2;
    const away = 10.5 + random(rng) * 4.5;
    return [Math.cos(angle) * away, Math.sin(angle) * away] as const;
  });
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  const body = context.createRadialGradient(-5, -6, 1, 0, 0, 16);
  body.addColorStop(0, '#d8c3b8');
  body.addColorStop(0.5, '#7c6672');
  body.addColorStop(1, '#2a1f38');
  context.fillStyle = body;
  context.fill();
  context.strokeStyle = fade('#ffb59c', 0.85);
  context.lineWidth = 1.3;
  context.lineJoin = 'round';
  context.stroke();
  context.save();
  context.clip();
  for (let pit = 0; pit < 5; pit++) {
    const x = -9 + random(rng) * 18;
    const y = -9 + random(rng) * 18;
    const radius = 1.2 + random(rng) * 2.6;
    context.fillStyle = 'rgba(25, 16, 38, 0.5)';
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = 'rgba(255, 220, 200, 0.18)';
    context.beginPath();
    context.arc(x + 0.7, y + 0.8, radius * 0.8, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}

/** Radius 80: dashes, so that the way round is seen without weight. */
function drawOrbit(context: Context, colour: string): void {
  context.strokeStyle = fade(colour, 0.5);
  context.lineWidth = 1.5;
  context.lineCap = 'round';
  const dashes = 36;
  for (let dash = 0; dash < dashes; dash++) {
    const from = (dash / dashes) * Math.PI * 2;
    context.beginPath();
    context.arc(0, 0, 80, from, from + 0.075);
    context.stroke();
  }
}

/** Radius 110: where a planet reaches. */
function drawCapture(context: Context, colour: string): void {
  const fill = context.createRadialGradient(0, 0, 55, 0, 0, 112);
  fill.addColorStop(0, fade(colour, 0));
  fill.addColorStop(0.8, fade(colour, 0.1));
  fill.addColorStop(0.955, fade(colour, 0.2));
  fill.addColorStop(0.985, fade(colour, 0.42));
  fill.addColorStop(1, fade(colour, 0));
  context.fillStyle = fill;
  context.beginPath();
  context.arc(0, 0, 114, 0, Math.PI * 2);
  context.fill();
}

/** Radius 60. */
function drawRipple(context: Context, colour: string): void {
  const fill = context.createRadialGradient(0, 0, 40, 0, 0, 64);
  fill.addColorStop(0, fade(colour, 0));
  fill.addColorStop(0.7, fade(colour, 0.25));
  fill.addColorStop(0.85, fade(colour, 0.9));
  fill.addColorStop(1, fade(colour, 0));
  context.fillStyle = fill;
  context.beginPath();
  context.arc(0, 0, 64, 0, Math.PI * 2);
  context.fill();
}

function drawShield(context: Context): void {
  const fill = context.createRadialGradient(-6, -8, 4, 0, 0, 27);
  fill.addColorStop(0, fade(COLOUR.shield, 0.04));
  fill.addColorStop(0.7, fade(COLOUR.shield, 0.16));
  fill.addColorStop(0.93, fade(COLOUR.shield, 0.62));
  fill.addColorStop(1, fade(COLOUR.shield, 0));
  context.fillStyle = fill;
  context.beginPath();
  context.arc(0, 0, 28, 0, Math.PI * 2);
  context.fill();
  context.strokeStyle = fade('#ffffff', 0.85);
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(0, 0, 21, Math.PI * 1.08, Math.PI * 1.42);
  context.stroke();
}

/** Radius 120. */
function drawMagnet(context: Context): void {
  const fill = context.createRadialGradient(0, 0, 30, 0, 0, 122);
  fill.addColorStop(0, fade(COLOUR.magnet, 0));
  fill.addColorStop(0.9, fade(COLOUR.magnet, 0.13));
  fill.addColorStop(1, fade(COLOUR.magnet, 0));
  context.fillStyle = fill;
  context.beginPath();
  context.arc(0, 0, 122, 0, Math.PI * 2);
  context.fill();
  context.strokeStyle = fade(COLOUR.magnet, 0.75);
  context.lineWidth = 2;
  for (let arc = 0; arc < 6; arc++) {
    const from = (arc / 6) * Math.PI * 2;
    context.beginPath();
    context.arc(0, 0, 118, from, from + 0.62);
    context.stroke();
  }
}

function drawShard(context: Context): void {
  context.fillStyle = '#b9a39f';
  context.beginPath();
  context.moveTo(-5, 3);
  context.lineTo(0, -6);
  context.lineTo(6, 2);
  context.lineTo(1, 5);
  context.fill();
  context.strokeStyle = fade('#ffb59c', 0.9);
  context.stroke();
}
