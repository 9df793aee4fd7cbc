import type { World } from '@stardrift/shared/sim/world';
import type { Layout } from './layout.ts';

export interface Camera {
  /** Where the focal line stands, and which height of the world it shows. */
  follow(frame: { world: World; layout: Layout; y: number; idle: boolean; seconds: number }): {
    cameraY: number;
    focus: number;
  };
  /** Be there at once at the next frame. */
  jump(): void;
  jolt(strength: number): void;
  /** World units to shift the picture by. */
  shake(seconds: number): { x: number; y: number };
}

/** Part of the free height above the focal line. More is seen of what comes than of what was. */
const FOCUS_PLAY = 0.66;
const FOCUS_IDLE = 0.52;
/** The comet's speed moves the picture ahead by this many seconds. */
const LEAD_SECONDS = 0.14;

export function createCamera(calm: () => boolean): Camera {
  let at: number | undefined;
  let line = FOCUS_IDLE;
  let strength = 0;
  let tremor = 0;
  return {
    follow({ world, layout, y, idle, seconds }) {
      const { comet } = world;
      const free = layout.bottom - layout.top;
      const lead = calm() || comet.mode === 'orbit' ? 0 : comet.vy * LEAD_SECONDS;
      const wanted = comet.mode === 'orbit' ? comet.planet.y : y + lead;
      const pull = 1 - Math.exp(-seconds * (comet.mode === 'orbit' ? 3.6 : 5.5));
      at = at === undefined ? wanted : at + (wanted - at) * pull;
      // Neither a fast flight nor a long fall may carry the comet out of sight.
      const above = (free * line) / layout.scale - 70;
      const below = (free * (1 - line)) / layout.scale - 40;
      at = Math.min(y + below, Math.max(y - above, at));
      line += ((idle ? FOCUS_IDLE : FOCUS_PLAY) - line) * Math.min(1, seconds * 3);
      return { cameraY: at, focus: layout.top + free * line };
    },
    jump: () => {
      at = undefined;
    },
    jolt: (amount) => {
      strength = calm() ? 0 : Math.max(strength, amount);
    },
    shake(seconds) {
      strength *= Math.exp(-seconds * 9);
      tremor += seconds;
      if (strength < 0.1) return { x: 0, y: 0 };
      return { x: Math.sin(tremor * 61) * strength, y: Math.cos(tremor * 47) * strength };
    },
  };
}
