import { TRAIL_CELL, TRAIL_FRAMES } from './art/atlas.ts';
import type { Pictures } from './art/textures.ts';
import type { Quads } from './quads.ts';

/** World units between two points at least: closer discs would add up to white, whatever their colour. */
const GAP = 4;

export interface Trail {
  /** Width at the comet, in world units. */
  width: number;
  /** Each point keeps the heat it was flown with: a new colour runs along the trail. */
  push(x: number, y: number, heat: number): void;
  clear(): void;
  draw(): void;
}

/**
 * A ribbon of light along the comet's true way: overlapping soft discs, wide and bright in front, thin behind.
 * @param length how many discs
 */
export function createTrail(lights: Quads, pictures: Pictures, length: number): Trail {
  const xs = new Float32Array(length);
  const ys = new Float32Array(length);
  const heats = new Uint8Array(length);
  let newest = 0;
  let count = 0;
  const trail: Trail = {
    width: 11,
    push(x, y, heat) {
      const dx = x - (xs[newest] ?? 0);
      const dy = y - (ys[newest] ?? 0);
      if (count > 0 && dx * dx + dy * dy < GAP * GAP) return;
      newest = (newest + 1) % length;
      xs[newest] = x;
      ys[newest] = y;
      heats[newest] = heat;
      count = Math.min(length, count + 1);
    },
    clear: () => {
      count = 0;
    },
    draw() {
      for (let age = count - 1; age >= 0; age--) {
        const at = (newest - age + length) % length;
        const faded = age / length;
        const width = trail.width * 2.1 * (1 - faded * 0.86);
        const frame = Math.min(TRAIL_FRAMES - 1, Math.floor(faded * TRAIL_FRAMES));
        lights
          .take(pictures.disc(heats[at] ?? 0, frame))
          .at(xs[at] ?? 0, -(ys[at] ?? 0))
          .scaled(width / TRAIL_CELL)
          .faded(0.52 * (1 - faded));
      }
    },
  };
  return trail;
}
