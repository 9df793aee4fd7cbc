import { expect, test } from 'vitest';
import { type Clock, createRouse } from './rouse.ts';

/** A clock that does as it is told, or, like one of iOS after a call, refuses. */
function clockAt(state: string, obeys: boolean) {
  const clock = {
    state,
    asked: 0,
    resume: () => {
      clock.asked += 1;
      if (!obeys) return Promise.reject(new Error('InvalidStateError'));
      clock.state = 'running';
      return Promise.resolve();
    },
  };
  return clock satisfies Clock;
}

test.each(['suspended', 'interrupted'])('a clock that is %s goes on at the first touch', (state) => {
  const clock = clockAt(state, true);
  const rouse = createRouse(clock, () => 0);
  expect(rouse()).toBe(false);
  expect(clock.state).toBe('running');
  expect(rouse()).toBe(false);
  expect(clock.asked).toBe(1);
});

test('one that never goes on is given up two seconds after the first touch, not before', () => {
  let now = 1_000;
  const clock = clockAt('interrupted', false);
  const rouse = createRouse(clock, () => now);
  const given: number[] = [];
  for (const at of [1_000, 1_500, 3_000, 3_001]) {
    now = at;
    if (rouse()) given.push(at);
  }
  expect(given).toEqual([3_001]);
  expect(clock.asked).toBe(4);
});

test('a clock that went on meanwhile is given its time anew', () => {
  let now = 0;
  const clock = clockAt('interrupted', false);
  const rouse = createRouse(clock, () => now);
  rouse();
  clock.state = 'running';
  now = 60_000;
  expect(rouse()).toBe(false);
  clock.state = 'interrupted';
  now = 60_500;
  expect(rouse()).toBe(false);
});

test('a closed one is given up at once', () => {
  expect(createRouse(clockAt('closed', true), () => 0)()).toBe(true);
});
