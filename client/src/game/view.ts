import type { World } from '@stardrift/shared/sim/world';
import type { Layout } from './layout.ts';

/** What the drawing parts get to see of one frame. */
export interface View {
  world: World;
  layout: Layout;
  /** The comet between two steps. */
  x: number;
  y: number;
  /** Height of the world at the focal line of the screen. */
  cameraY: number;
  /** Canvas pixel of the focal line. */
  focus: number;
  /** Seconds of drawing since the boot, and since the last frame. For ornament only. */
  clock: number;
  seconds: number;
  /** Reduced motion: no parallax, no shake, few particles. */
  calm: boolean;
  /** Behind the title: nobody plays. */
  idle: boolean;
}

/** Canvas pixel of a height in the world. */
export const screenY = (view: View, y: number): number => view.focus - (y - view.cameraY) * view.layout.scale;

/** What is left of `value` when it starts anew after each `span`, below zero too. */
export const wrap = (value: number, span: number): number => ((value % span) + span) % span;
