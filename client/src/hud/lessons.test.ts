import { describe, expect, it } from 'vitest';
import { nextLesson } from './lessons.ts';

const planet = (index: number) => ({ index, radius: 30, orbit: 56, look: 0, x: 0, y: 0 });
const caught = (index: number) => ({
  ...{ kind: 'catch' as const, x: 0, y: 0, clean: false, combo: 1 },
  planet: planet(index),
});

describe('the first lessons', () => {
  it.each([
    ['a tap alone teaches nothing yet', 'letGo', { kind: 'launch', x: 0, y: 0 }, 'letGo'],
    ['nor does falling back', 'letGo', caught(0), 'letGo'],
    ['dust on the way is not the point yet', 'letGo', { kind: 'collect', x: 0, y: 0, combo: 1 }, 'letGo'],
    ['one catch may be luck', 'letGo', caught(1), 'letGo'],
    ['so may two', 'letGo', caught(2), 'letGo'],
    ['the third planet is learnt', 'letGo', caught(3), 'gather'],
    ['another catch says nothing new', 'gather', caught(4), 'gather'],
    ['the first dust', 'gather', { kind: 'collect', x: 0, y: 0, combo: 2 }, 'done'],
    ['or the first gate', 'gather', { kind: 'gate', gate: 1 }, 'done'],
    ['and no more after that', 'done', { kind: 'gate', gate: 2 }, 'done'],
  ] as const)('%s', (_name, lesson, event, then) => {
    expect(nextLesson(lesson, event)).toBe(then);
  });
});
