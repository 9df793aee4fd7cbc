import type { GameEvents } from '../game/port.ts';

type WorldEvent = GameEvents['seen']['event'];

/** What a player who is new to the game learns next: to let go, then one word on what there is to gather. */
export type Lesson = 'letGo' | 'gather' | 'done';

/** Once may be luck. Planets that were passed over count as well. */
const LEARNT_AT = 3;

/** A lesson ends when the player has done the thing, not when a time is over. */
export function nextLesson(lesson: Lesson, event: WorldEvent): Lesson {
  // The first planet of a run has the index 0.
  if (lesson === 'letGo' && event.kind === 'catch' && event.planet.index >= LEARNT_AT) return 'gather';
  if (lesson === 'gather' && (event.kind === 'collect' || event.kind === 'gate')) return 'done';
  return lesson;
}
