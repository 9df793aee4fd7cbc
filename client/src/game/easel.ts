import { drawSheets, type Sheets } from './art/atlas.ts';
import { type Inset, type Layout, layOut } from './layout.ts';
import { type Device, type Quality, qualityOf } from './quality.ts';

/**
 * What the game is drawn on and with. Nothing of it needs the engine, which is most of what a page has to fetch: it is
 * made while the engine is on its way.
 */
export interface Easel {
  readonly quality: Quality;
  readonly surface: Surface;
  readonly sheets: Sheets;
  /** Where the playfield stands in an element of this size. */
  layOut(element: Element, inset: Inset): Layout;
}

/** WebGL, or a 2D canvas where there is none. */
export interface Surface {
  canvas: HTMLCanvasElement;
  webgl: WebGLRenderingContext | undefined;
}

const UNINSET: Inset = { top: 0, bottom: 0 };

/** @returns undefined when the browser has nothing to draw with: no 2D canvas, and so no sheets either */
export function createEasel(device: Device): Easel | undefined {
  if (!document.createElement('canvas').getContext('2d')) return undefined;
  const quality = qualityOf(device);
  const layOutIn = (element: Element, inset: Inset): Layout => {
    const { clientWidth: width, clientHeight: height } = element;
    return layOut({ width, height, ratio: window.devicePixelRatio, ratioMax: quality.ratioMax }, inset);
  };
  const layout = layOutIn(document.documentElement, UNINSET);
  const density = Math.min(2, Math.max(1, Math.ceil(layout.scale * 2) / 2));
  const surface = openSurface(layout, quality);
  return { quality, surface, sheets: drawSheets(density), layOut: layOutIn };
}

/**
 * Made here and not by the engine, which makes a second context just to find out whether it can have one. A graphics card
 * takes its time for the first, too: here nobody waits for it.
 */
function openSurface({ width, height }: Layout, { power }: Quality): Surface {
  const canvas = document.createElement('canvas');
  // A size that is given later is a second surface.
  canvas.width = width;
  canvas.height = height;
  const webgl = canvas.getContext('webgl', {
    // Every picture is a textured quad with soft edges of its own; multisampling would be paid for nothing, as would depth.
    ...{ alpha: false, antialias: false, depth: false },
    powerPreference: power,
  });
  return { canvas, webgl: webgl ?? undefined };
}
