/** A named part of a sheet, in pixels. */
export interface Part {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Draw = (context: CanvasRenderingContext2D) => void;

/** Where a gradient has which colour, 0 to 1. */
export type Stops = readonly (readonly [at: number, colour: string])[];

export function filled(gradient: CanvasGradient, stops: Stops): CanvasGradient {
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

/** A drawing of which the engine makes a texture. */
export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  /** Pixels to the unit in which its pictures are measured. */
  readonly density: number;
  readonly parts: readonly Part[];
  /** Draws it anew, from nothing. */
  draw(draw: Draw): void;
}

/**
 * @param width in units, as `height`; in pixels both are rounded up
 * @throws Error when the browser has no 2D canvas
 */
export function drawSheet(
  { width, height, density = 1 }: { width: number; height: number; density?: number },
  draw: Draw,
  parts: readonly Part[] = [],
): Sheet {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * density);
  canvas.height = Math.ceil(height * density);
  // It is read by the graphics card's upload, so it had better lie in memory.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('art: a sheet could not be drawn, this browser has no 2D canvas.');
  const sheet: Sheet = {
    canvas,
    density,
    parts,
    draw(drawAnew) {
      context.save();
      context.clearRect(0, 0, canvas.width, canvas.height);
      drawAnew(context);
      context.restore();
    },
  };
  sheet.draw(draw);
  return sheet;
}
