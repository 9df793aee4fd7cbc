import type { GameEvents } from '../game/port.ts';

type WorldEvent = GameEvents['seen']['event'];

/** What a player who is new to the game learns next: to let go, then one word on what there is to gather. */
export type Lesson = 'letGo' | 'gather' | 'done';

/** A lesson ends when the player has done the thing, not when a time is over. */
export function nextLesson(lesson: Lesson, event: WorldEvent): Lesson {
  // Back to the planet it fell from is no catch to learn from; the first planet of a run has the index 0.
  if (lesson === 'letGo' && event.kind === 'catch' && event.planet.index > 0) return 'gather';
  if (lesson === 'gather' && (event.kind === 'collect' || event.kind === 'gate')) return 'done';
  return lesson;
}
