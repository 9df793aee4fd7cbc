import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

it('lets at most so many through in any second, and the first ones always', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (gaps) => {
      let now = 0;
      const pace = createPace(8, () => now);
      const passed: number[] = [];
      gaps.forEach((gap, index) => {
        now += gap;
        const through = pace();
        if (index < 8) expect(through).toBe(true);
        if (through) passed.push(now);
      });
      for (const at of passed)
        expect(passed.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(8);
    }),
  );
});
