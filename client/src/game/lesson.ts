import type { Pictures } from './art/textures.ts';
import { departure, isOpen, type Opening, openingOf } from './guide.ts';
import type { Aim } from './port.ts';
import type { Quads } from './quads.ts';
import type { View } from './view.ts';

/** A first lesson in the picture: where to let go, and the way the comet then takes. */
export interface Lesson {
  on: boolean;
  draw(view: View): void;
  /** Where the words for it stand, and whether now is the moment. */
  aim(view: View): Aim | undefined;
}

/** World units between two dots, and from the orbit to the middle of the words. */
const GAP = 17;
const BESIDE = 60;
/** From the sides of the playfield to the middle of the words, in world units. */
const MARGIN = 62;

export function createLesson(lights: Quads, pictures: Pictures): Lesson {
  let known: { planet: unknown; opening: Opening | undefined } | undefined;

  /** Planets stand still, so the opening of one is looked for once. */
  function opening({ world, idle }: View): Opening | undefined {
    const { comet, phase } = world;
    if (!lesson.on || idle || phase === 'dead' || comet.mode !== 'orbit') return undefined;
    if (known?.planet !== comet.planet) known = { planet: comet.planet, opening: openingOf(world) };
    return known.opening;
  }

  function drawWay({ world, clock, calm }: View, { at, half, flight }: Opening): void {
    const now = isOpen(world, { at, half, flight });
    const reach = Math.max(1, Math.round((half * world.comet.planet.orbit) / 9));
    for (let dot = -reach; dot <= reach; dot++) {
      const { x, y } = departure(world, at + (dot / reach) * half);
      lights
        .take(pictures.sprite('aimGood'))
        .at(x, -y)
        .scaled(now ? 1.5 : 1.1)
        .faded(now ? 1 : 0.6);
    }
    const { x, y, heading } = departure(world, at);
    for (let away = GAP; away < flight; away += GAP) {
      // A wave runs along the way; without motion the dots are all alike.
      const wave = calm ? 0.55 : 0.3 + 0.5 * Math.max(0, Math.sin(away / 34 - clock * 5));
      lights
        .take(pictures.sprite('aimGood'))
        .at(x + heading.x * away, -(y + heading.y * away))
        .faded(wave);
    }
    lights
      .take(pictures.sprite('halo1'))
      .at(x + heading.x * flight, -(y + heading.y * flight))
      .scaled(0.8)
      .faded(0.7);
  }

  const lesson: Lesson = {
    on: false,
    draw(view) {
      const now = opening(view);
      if (now) drawWay(view, now);
    },
    aim(view) {
      const now = opening(view);
      if (!now) return undefined;
      const { x, y, arm } = departure(view.world, now.at);
      const { left, scale, ratio, width } = view.layout;
      const beside = left + (x + arm.x * BESIDE) * scale;
      const margin = MARGIN * scale;
      return {
        x: Math.round(Math.min(width - left - margin, Math.max(left + margin, beside)) / ratio),
        y: Math.round((view.focus - (y + arm.y * BESIDE - view.cameraY) * scale) / ratio),
        now: isOpen(view.world, now),
      };
    },
  };
  return lesson;
}
