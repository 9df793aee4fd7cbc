import { fileURLToPath } from 'node:url';

/** What {@link GAUGE} counts in a page, as `window.__gauge`. */
export interface Gauge {
  /** Every frame for which a script asked, oldest first. */
  frames: GaugedFrame[];
  /** Milliseconds since navigation at which the game was first in sight, with no splash above it. */
  firstFrameMs: number | undefined;
  /** And with keys to press. */
  keysMs: number | undefined;
}

export interface GaugedFrame {
  /** The page's own time. */
  atMs: number;
  drawCalls: number;
}

declare global {
  interface Window {
    __gauge?: Gauge;
    /** Where there is one, it is told {@link Gauge.firstFrameMs} as soon as that is known. */
    __gaugeFirstFrame?: (ms: string) => void;
    /** Where there is one, it is told {@link Gauge.keysMs}. */
    __gaugeKeys?: (ms: string) => void;
  }
}

/** The script to load into a page before all others. */
export const GAUGE = fileURLToPath(new URL('gauge.js', import.meta.url));
