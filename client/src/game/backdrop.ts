import { createRng, random } from '@stardrift/shared/sim/rng';
import type Phaser from 'phaser';
import { skyPart, TEXTURE } from './art/atlas.ts';
import { PLANETS, SKIES } from './art/palette.ts';
import type { Pictures } from './art/textures.ts';
import { CANVAS, Quads } from './quads.ts';
import type { Quality } from './quality.ts';
import { type View, wrap } from './view.ts';

/** Seconds in which one gate's sky turns into the next one's. */
const TURN_SECONDS = 2.4;

/** Everything behind the world: the sky with its clouds of light, stars, far planets beside the playfield. Drawn in canvas pixels. */
export function createBackdrop(
  scene: Phaser.Scene,
  pictures: Pictures,
  quality: Quality,
): { draw(view: View): void } {
  const lower = scene.add.image(0, 0, TEXTURE.skies, skyPart(0)).setOrigin(0);
  const upper = scene.add.image(0, 0, TEXTURE.skies, skyPart(0)).setOrigin(0).setAlpha(0);
  const stars = new Quads(scene, CANVAS, true);
  const far = new Quads(scene, CANVAS, false);
  const field = scatter(quality.stars);
  let shown = 0;
  let next = 0;
  let turned = 1;

  function drawSky(view: View): void {
    const wanted = view.world.gate % SKIES.length;
    if (wanted !== next) {
      shown = turned >= 1 ? next : shown;
      next = wanted;
      turned = 0;
      lower.setFrame(skyPart(shown));
      upper.setFrame(skyPart(next));
    }
    turned = Math.min(1, turned + view.seconds / TURN_SECONDS);
    const { width, height } = view.layout;
    lower.setDisplaySize(width, height);
    upper
      .setDisplaySize(width, height)
      .setAlpha(turned)
      .setVisible(turned > 0 && next !== shown);
  }

  function drawStars(view: View): void {
    const { width, height, scale, ratio } = view.layout;
    stars.begin();
    for (const star of field) {
      const drift = view.calm ? 0 : view.cameraY * scale * star.depth;
      const twinkle = view.calm ? 0.8 : 0.62 + 0.38 * Math.sin(view.clock * star.rate + star.phase);
      stars
        .take(pictures.sprite(star.bright ? 'beacon' : 'star'))
        .at(star.x * width, wrap(star.y * height + drift, height + 40) - 20)
        .scaled(star.size * ratio)
        .faded(twinkle * (0.35 + star.depth * 5));
    }
  }

  /** Company for a playfield that leaves the sides free. */
  function drawFar(view: View): void {
    const { width, height, left, scale } = view.layout;
    far.begin();
    if (left <= 40) return;
    for (let body = 0; body < 4; body++) {
      const side = body % 2 === 0 ? left * (0.36 + 0.1 * body) : width - left * (0.5 - 0.09 * body);
      const picture = pictures.planet((body * 3 + 1) % PLANETS.length);
      const size = Math.min(2.2, left / 150) * (0.6 + ((body * 0.37) % 0.7));
      const drift = view.calm ? 0 : view.cameraY * scale * (0.1 + 0.03 * body);
      const y = wrap(height * (0.15 + body * 0.36) + drift, height * 1.7) - height * 0.35;
      far
        .take(picture)
        .at(side, y)
        .scaled(size * picture.source.resolution)
        .faded(0.34);
    }
  }

  return {
    draw(view) {
      drawSky(view);
      drawStars(view);
      if (quality.far) drawFar(view);
    },
  };
}

function scatter(count: number): {
  x: number;
  y: number;
  depth: number;
  size: number;
  phase: number;
  rate: number;
  bright: boolean;
}[] {
  const rng = createRng(5, 17);
  return Array.from({ length: count }, (_, index) => {
    const depth = index % 3 === 0 ? 0.1 : index % 3 === 1 ? 0.055 : 0.025;
    return {
      x: random(rng),
      y: random(rng),
      depth,
      size: 0.45 + random(rng) * 0.6 + depth * 3,
      phase: random(rng) * 6.28,
      rate: 0.5 + random(rng) * 1.6,
      bright: index % 21 === 0,
    };
  });
}
