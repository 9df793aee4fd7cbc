import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from './hash.ts';
import { createRun, type Run, replay } from './run.ts';
import { readSavedRun } from './saved.ts';
import { createThumb, FAIR } from './thumb.ts';
import type { ItemRules } from './vocabulary.ts';

const ITEMS: ItemRules[] = [
  {
    id: 'shield',
    perRun: 3,
    effects: [
      { on: 'use', op: 'charge', stat: 'hitGuard', add: 1, max: 1 },
      {
        on: 'hit',
        if: { stat: 'hitGuard', gte: 1 },
        op: 'consume',
        stat: 'hitGuard',
        // biome-ignore lint/suspicious/noThenProperty: data, never awaited.
        then: [{ op: 'invulnerable', ms: 1200 }],
      },
    ],
  },
  { id: 'slow', effects: [{ on: 'use', op: 'modify', stat: 'timeScale', mul: 0.6, ms: 8000 }] },
  { id: 'wind', perRun: 2, effects: [{ on: 'use', op: 'revive', voidBack: 260, ms: 2500 }] },
];

interface Inputs {
  seed: number;
  /** Steps between two taps. */
  gaps: number[];
  uses: { step: number; itemId: string }[];
  steps: number;
}

const inputs: fc.Arbitrary<Inputs> = fc.record({
  seed: fc.integer(),
  gaps: fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 1, maxLength: 40 }),
  uses: fc.array(
    fc.record({
      step: fc.nat(3000),
      itemId: fc.constantFrom(...ITEMS.map((item) => item.id)),
    }),
    { maxLength: 8 },
  ),
  steps: fc.integer({ min: 1, max: 3000 }),
});

/** Plays blindly, and revives at once whenever it can, so that runs with many lives are covered too. */
function play({ seed, gaps, uses, steps }: Inputs): Run {
  const run = createRun(seed, ITEMS);
  let nextTap = gaps[0] ?? 0;
  let tap = 0;
  for (let turn = 0; turn < steps; turn++) {
    for (const use of uses) if (use.step === turn) run.use(use.itemId);
    if (run.world.phase === 'dead' && !run.use('wind')) break;
    if (turn === nextTap) {
      run.tap();
      nextTap += gaps[++tap % gaps.length] ?? 1;
    }
    run.step();
  }
  return run;
}

function numbersIn(value: unknown, visit: (number: number) => void): void {
  if (typeof value === 'number') visit(value);
  else if (typeof value === 'object' && value !== null)
    for (const entry of Object.values(value)) numbersIn(entry, visit);
}

describe('a run', () => {
  it('is decided by its inputs, to the last bit', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        expect(hashOf(play(given).world)).toBe(hashOf(play(given).world));
      }),
      { numRuns: 60 },
    );
  });

  it('comes back from its saved inputs, through JSON', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const run = play(given);
        const saved = readSavedRun(JSON.parse(JSON.stringify(run.save())));
        const again = saved && replay(saved);
        expect(again && hashOf({ ...again.world, events: [] })).toBe(hashOf({ ...run.world, events: [] }));
        expect(again?.save()).toEqual(run.save());
      }),
      { numRuns: 60 },
    );
  });

  it('goes on after a replay as it would have gone on', () => {
    const run = createRun(4, ITEMS);
    const thumb = createThumb(FAIR, 4);
    for (let step = 0; step < 900; step++) {
      if (thumb(run.world)) run.tap();
      run.step();
    }
    const again = replay(run.save());
    for (let step = 0; step < 600; step++) {
      if (step % 150 === 20) expect(again?.tap()).toBe(run.tap());
      run.step();
      again?.step();
    }
    expect(again && hashOf(again.world)).toBe(hashOf(run.world));
  });

  it('holds nothing but numbers that are numbers', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { modifiers, items, ...rest } = play(given).world;
        numbersIn(rest, (number) => expect(Number.isFinite(number)).toBe(true));
        for (const modifier of modifiers) expect(modifier.stepsLeft).toBeGreaterThan(0);
        expect(items).toHaveLength(ITEMS.length);
      }),
      { numRuns: 60 },
    );
  });

  it('differs from seed to seed', () => {
    const hashes = new Set(Array.from({ length: 200 }, (_, seed) => hashOf(createRun(seed, []).world)));
    expect(hashes.size).toBe(200);
  });

  it('threatens nobody before the first tap', () => {
    const run = createRun(1, []);
    for (let step = 0; step < 60 * 120; step++) run.step();
    expect(run.world).toMatchObject({ phase: 'running', begun: false, time: 0, gate: 0 });
  });

  it('ends in the void for one who never catches on', () => {
    const run = createRun(1, []);
    run.tap();
    for (let step = 0; step < 120 * 60 && run.world.phase === 'running'; step++) run.step();
    expect(run.world).toMatchObject({ phase: 'dead', cause: 'void' });
    const at = run.world.step;
    run.step();
    expect(run.world.step).toBe(at);
    expect(run.tap()).toBe(false);
  });

  it('refuses to replay inputs that cannot have happened', () => {
    const run = createRun(3, ITEMS);
    run.tap();
    run.step();
    const saved = run.save();
    // Two taps within one flight; a use of nothing; more steps than the run had lives for.
    expect(replay({ ...saved, taps: [0, 1], steps: 5 })).toBeUndefined();
    expect(replay({ ...saved, uses: [{ step: 0, itemId: 'unknown' }] })).toBeUndefined();
    expect(replay({ ...saved, steps: 120 * 600 })).toBeUndefined();
    expect(replay({ ...saved, taps: [0, 999], steps: 1 })).toBeUndefined();
  });
});
