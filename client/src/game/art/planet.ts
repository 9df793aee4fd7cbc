import { createRng, type Rng, random } from '@stardrift/shared/sim/rng';
import { blend, fade } from './palette.ts';

/** A planet of radius 50 is drawn in a square of this side, with room for its glow and its ring. */
export const PLANET_CELL = 192;
export const PLANET_RADIUS = 50;

type Context = CanvasRenderingContext2D;

/** Draws planet number `look` into the square that begins at 0, 0. Light comes from the upper left. */
export function drawPlanet(context: Context, look: number, light: string, dark: string): void {
  const rng = createRng(look, 7);
  const style = look % 4;
  context.save();
  context.translate(PLANET_CELL / 2, PLANET_CELL / 2);
  glow(context, light);
  if (style === 1) ring(context, light, 'behind');
  context.save();
  context.beginPath();
  context.arc(0, 0, PLANET_RADIUS, 0, Math.PI * 2);
  context.clip();
  ground(context, light, dark);
  if (style === 0) bands(context, rng, light, dark);
  else if (style === 1) bands(context, rng, blend(light, '#ffffff', 0.3), dark);
  else if (style === 2) craters(context, rng, light, dark);
  else lands(context, rng, light, dark);
  shade(context, dark);
  context.restore();
  rim(context, light);
  if (style === 1) ring(context, light, 'front');
  context.restore();
}

function glow(context: Context, light: string): void {
  const halo = context.createRadialGradient(0, 0, PLANET_RADIUS * 0.9, 0, 0, PLANET_RADIUS * 1.5);
  halo.addColorStop(0, fade(light, 0.42));
  halo.addColorStop(0.4, fade(light, 0.13));
  halo.addColorStop(1, fade(light, 0));
  context.fillStyle = halo;
  context.fillRect(-PLANET_CELL / 2, -PLANET_CELL / 2, PLANET_CELL, PLANET_CELL);
}

function ground(context: Context, light: string, dark: string): void {
  const fill = context.createRadialGradient(-18, -22, 4, -4, -6, PLANET_RADIUS * 1.25);
  fill.addColorStop(0, blend(light, '#ffffff', 0.35));
  fill.addColorStop(0.35, light);
  fill.addColorStop(0.75, blend(light, dark, 0.75));
  fill.addColorStop(1, dark);
  context.fillStyle = fill;
  context.fillRect(-60, -60, 120, 120);
}

function bands(context: Context, rng: Rng, light: string, dark: string): void {
  context.save();
  context.rotate(-0.38);
  for (let y = -52; y < 52; ) {
    const height = 5 + random(rng) * 11;
    const bright = random(rng) < 0.5;
    context.fillStyle = fade(bright ? blend(light, '#ffffff', 0.45) : dark, 0.1 + random(rng) * 0.22);
    const sag = 5 + random(rng) * 3;
    context.beginPath();
    context.moveTo(-60, y);
    context.quadraticCurveTo(0, y + sag, 60, y);
    context.lineTo(60, y + height);
    context.quadraticCurveTo(0, y + height + sag, -60, y + height);
    context.fill();
    y += height + 3 + random(rng) * 6;
  }
  context.fillStyle = fade(blend(light, '#ffffff', 0.5), 0.5);
  context.beginPath();
  context.ellipse(13, 16, 9, 5, 0, 0, Math.PI * 2);
  context.fill();
  context.restore();
}

function craters(context: Context, rng: Rng, light: string, dark: string): void {
  for (let crater = 0; crater < 15; crater++) {
    const angle = random(rng) * Math.PI * 2;
    const away = Math.sqrt(random(rng)) * 46;
    const radius = 2.5 + random(rng) * random(rng) * 11;
    const x = Math.cos(angle) * away;
    const y = Math.sin(angle) * away;
    context.fillStyle = fade(dark, 0.38);
    disc(context, x, y, radius);
    context.fillStyle = fade(blend(light, dark, 0.5), 0.75);
    disc(context, x + radius * 0.16, y + radius * 0.18, radius * 0.84);
    context.strokeStyle = fade(blend(light, '#ffffff', 0.5), 0.5);
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x, y, radius, 0.1, 1.7);
    context.stroke();
  }
}

function lands(context: Context, rng: Rng, light: string, dark: string): void {
  for (let land = 0; land < 6; land++) {
    const x = -40 + random(rng) * 80;
    const y = -40 + random(rng) * 80;
    context.fillStyle = fade(land % 2 === 0 ? dark : blend(light, '#ffffff', 0.25), 0.42);
    // One path for all parts of a land: where they overlap, they don't darken one another.
    context.beginPath();
    for (let part = 0; part < 8; part++) {
      const partX = x + (random(rng) - 0.5) * 34;
      const partY = y + (random(rng) - 0.5) * 16;
      const radius = 3 + random(rng) * 8;
      context.moveTo(partX + radius * 1.4, partY);
      context.ellipse(partX, partY, radius * 1.4, radius, -0.3, 0, Math.PI * 2);
    }
    context.fill();
  }
  context.fillStyle = fade('#ffffff', 0.4);
  context.beginPath();
  context.ellipse(-4, -49, 25, 8, -0.1, 0, Math.PI * 2);
  context.fill();
}

/** Night on the far side, and the glow of air along the edge. */
function shade(context: Context, dark: string): void {
  const night = context.createRadialGradient(-24, -28, PLANET_RADIUS * 0.62, -16, -19, PLANET_RADIUS * 1.5);
  night.addColorStop(0, 'rgba(5, 4, 26, 0)');
  night.addColorStop(0.38, fade(blend(dark, '#05041a', 0.55), 0.34));
  night.addColorStop(0.72, fade(blend(dark, '#05041a', 0.82), 0.84));
  night.addColorStop(1, 'rgba(5, 4, 26, 0.97)');
  context.fillStyle = night;
  context.fillRect(-60, -60, 120, 120);
  const shine = context.createRadialGradient(-19, -24, 0, -19, -24, 26);
  shine.addColorStop(0, 'rgba(255, 255, 255, 0.5)');
  shine.addColorStop(1, 'rgba(255, 255, 255, 0)');
  context.fillStyle = shine;
  context.fillRect(-60, -60, 120, 120);
}

function rim(context: Context, light: string): void {
  const edge = context.createLinearGradient(-40, -40, 30, 30);
  edge.addColorStop(0, fade(blend(light, '#ffffff', 0.75), 0.95));
  edge.addColorStop(0.5, fade(light, 0.3));
  edge.addColorStop(1, fade(light, 0.32));
  context.strokeStyle = edge;
  context.lineWidth = 1.8;
  context.beginPath();
  context.arc(0, 0, PLANET_RADIUS - 0.9, 0, Math.PI * 2);
  context.stroke();
}

function ring(context: Context, light: string, half: 'behind' | 'front'): void {
  context.save();
  context.rotate(-0.34);
  const from = half === 'behind' ? Math.PI : 0;
  for (const [radius, width, opacity] of [
    [74, 7, 0.55],
    [83, 4, 0.38],
    [65, 3, 0.3],
  ] as const) {
    context.strokeStyle = fade(blend(light, '#ffffff', 0.35), half === 'behind' ? opacity * 0.6 : opacity);
    context.lineWidth = width * 0.55;
    context.beginPath();
    context.ellipse(0, 0, radius, radius * 0.27, 0, from, from + Math.PI);
    context.stroke();
  }
  context.restore();
}

function disc(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}
