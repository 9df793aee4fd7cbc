import { WIDTH } from '@stardrift/shared/sim/constants';

/** Where the playfield stands on the canvas. Everything in canvas pixels but `scale`. */
export interface Layout {
  width: number;
  height: number;
  /** Pixels of the canvas to the CSS pixel. */
  ratio: number;
  /** Pixels of the canvas to the world unit. */
  scale: number;
  /** Left side of the playfield. */
  left: number;
  /** Free height between the host's bars. */
  top: number;
  bottom: number;
}

/** The host's bars, in CSS pixels. */
export interface Inset {
  top: number;
  bottom: number;
}

/** At least this much of the world's height is seen, so that wide windows keep a portrait playfield. */
const HEIGHT_SEEN_MIN = 690;

/**
 * @param space what the page has, in CSS pixels; `ratio` is the screen's, `ratioMax` what this device is asked to draw
 */
export function layOut(
  space: { width: number; height: number; ratio: number; ratioMax: number },
  inset: Inset,
): Layout {
  const ratio = Math.min(space.ratioMax, Math.max(1, space.ratio));
  const width = Math.max(1, Math.round(space.width * ratio));
  const height = Math.max(1, Math.round(space.height * ratio));
  const scale = Math.min(width / WIDTH, height / HEIGHT_SEEN_MIN);
  return {
    width,
    height,
    ratio,
    scale,
    left: (width - WIDTH * scale) / 2,
    top: inset.top * ratio,
    bottom: height - inset.bottom * ratio,
  };
}
