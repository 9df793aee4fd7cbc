import { expect, it } from 'vitest';
import { createHold } from './hold.ts';

it('freezes with the first reason and goes on with the last', () => {
  const told: string[] = [];
  const hold = createHold(
    () => told.push('freeze'),
    () => told.push('resume'),
  );
  hold.hold('shop');
  hold.hold('shop');
  hold.hold('pause');
  hold.release('shop');
  expect(told).toEqual(['freeze']);
  expect(hold.held).toBe(true);
  hold.release('pause');
  hold.release('pause');
  expect(told).toEqual(['freeze', 'resume']);
  expect(hold.held).toBe(false);
});
