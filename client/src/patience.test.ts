import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPatience } from './patience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes back in time is all right', () => {
  const giveUp = vi.fn();
  const patience = createPatience(8_000, giveUp);
  patience.set(false);
  vi.advanceTimersByTime(7_999);
  patience.set(true);
  vi.advanceTimersByTime(60_000);
  expect(giveUp).not.toHaveBeenCalled();
});

test('what stays away is given up once, however often it is missed', () => {
  const giveUp = vi.fn();
  const patience = createPatience(8_000, giveUp);
  patience.set(false);
  vi.advanceTimersByTime(5_000);
  patience.set(false);
  vi.advanceTimersByTime(3_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
});
