import Phaser from 'phaser';
import { TEXTURE, TRAIL_FRAMES } from './art/atlas.ts';
import { createImagePool } from './pool.ts';
import type { View } from './view.ts';

/** World units between two points at least: closer discs would add up to white, whatever their colour. */
const GAP = 3;
const CELL = 32;
const FRAMES = Array.from({ length: TRAIL_FRAMES }, (_, frame) => `${frame}`);

export interface Trail {
  readonly layer: Phaser.GameObjects.Container;
  /** Width at the comet, in world units. */
  width: number;
  push(x: number, y: number): void;
  clear(): void;
  draw(view: View): void;
}

/**
 * A ribbon of light along the comet's true way: overlapping soft discs, wide and bright in front, thin behind.
 * @param length how many discs
 */
export function createTrail(scene: Phaser.Scene, length: number): Trail {
  const pool = createImagePool(scene, TEXTURE.trail, 1, Phaser.BlendModes.ADD);
  const xs = new Float32Array(length);
  const ys = new Float32Array(length);
  let newest = 0;
  let count = 0;
  const trail: Trail = {
    layer: pool.layer,
    width: 11,
    push(x, y) {
      const dx = x - (xs[newest] ?? 0);
      const dy = y - (ys[newest] ?? 0);
      if (count > 0 && dx * dx + dy * dy < GAP * GAP) return;
      newest = (newest + 1) % length;
      xs[newest] = x;
      ys[newest] = y;
      count = Math.min(length, count + 1);
    },
    clear: () => {
      count = 0;
    },
    draw() {
      pool.begin();
      for (let age = count - 1; age >= 0; age--) {
        const at = (newest - age + length) % length;
        const faded = age / length;
        const width = trail.width * 2.1 * (1 - faded * 0.86);
        pool
          .take(FRAMES[Math.floor(faded * TRAIL_FRAMES)] ?? '0')
          .setPosition(xs[at] ?? 0, -(ys[at] ?? 0))
          .setScale(width / CELL)
          .setAlpha(0.52 * (1 - faded));
      }
      pool.end();
    },
  };
  return trail;
}
