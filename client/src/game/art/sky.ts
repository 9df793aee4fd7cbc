import { createRng, random } from '@stardrift/shared/sim/rng';
import { fade, type Sky } from './palette.ts';
import { filled } from './sheet.ts';

type Context = CanvasRenderingContext2D;

/** Where each colour of a sky's gradient stands, from the top. */
const STOPS = [0, 0.42, 0.78, 1];
/** Of the sky's width and height; the two clouds lie across from one another. */
const CLOUDS = [
  { x: 0.22, y: 0.16 },
  { x: 0.8, y: 0.64 },
];

/** A sky with its two clouds, from 0, 0: all that lies behind the stars, in one picture. Each `seed` has clouds of its own. */
export function drawSky(context: Context, sky: Sky, seed: number, width: number, height: number): void {
  context.fillStyle = filled(
    context.createLinearGradient(0, 0, 0, height),
    sky.gradient.map((colour, at) => [STOPS[at] ?? 1, colour]),
  );
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'lighter';
  CLOUDS.forEach(({ x, y }, half) => {
    context.save();
    context.translate(x * width, y * height);
    const size = Math.max(width * 1.25, height * 0.8) / 128;
    context.scale(size, size * 0.8);
    drawCloud(context, sky.nebula[half] ?? sky.nebula[0], seed + 50 * half);
    context.restore();
  });
  context.globalCompositeOperation = 'source-over';
}

/** Around 0, 0, some 128 across. */
function drawCloud(context: Context, colour: string, seed: number): void {
  const rng = createRng(seed, 13);
  for (let puff = 0; puff < 9; puff++) {
    const angle = random(rng) * Math.PI * 2;
    const away = random(rng) * 26;
    const radius = 18 + random(rng) * 18;
    const x = Math.cos(angle) * away;
    const y = Math.sin(angle) * away * 0.7;
    context.fillStyle = filled(context.createRadialGradient(x, y, 0, x, y, radius), [
      [0, fade(colour, 0.1)],
      [0.5, fade(colour, 0.037)],
      [1, fade(colour, 0)],
    ]);
    context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
