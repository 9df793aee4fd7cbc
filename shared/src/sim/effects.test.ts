import { describe, expect, it } from 'vitest';
import { BASE, STEPS_PER_SECOND } from './constants.ts';
import { fire } from './effects.ts';
import { createRun, type Run } from './run.ts';
import { statOf } from './stats.ts';
import { step } from './step.ts';
import type { Effect, ItemRules, Operation, StackRule, Stat, Trigger } from './vocabulary.ts';

const item = (...effects: Effect[]): ItemRules => ({ id: 'thing', effects });
const onUse = (operation: Operation): ItemRules => item({ on: 'use', ...operation });

function runWith(rules: ItemRules, uses = 1): Run {
  const run = createRun(1, [rules]);
  for (let use = 0; use < uses; use++) expect(run.use('thing')).toBe(true);
  return run;
}

function wait(run: Run, ms: number): void {
  for (let turn = 0; turn < Math.round((ms * STEPS_PER_SECOND) / 1000); turn++) run.step();
}

/** Lets the comet fly off and fall, untouched by anything else. */
function die(run: Run): void {
  run.world.begun = true;
  run.world.voidY = run.world.comet.y + 500;
  run.world.safeSteps = 0;
  step(run.world, false);
}

/** Puts a rock where the comet is. */
function collide(run: Run): void {
  const { x, y } = run.world.comet;
  run.world.rocks = [
    { id: 1, x, y, radius: 12, middle: { x, y }, along: { x: 1, y: 0 }, swing: 1, offset: 0, speed: 0 },
  ];
  step(run.world, false);
}

describe('a stat', () => {
  it.each<[string, Operation[], Stat, number]>([
    ['is its base without effects', [], 'captureRadius', BASE.captureRadius],
    ['is multiplied', [{ op: 'modify', stat: 'dustRadius', mul: 4, ms: 1000 }], 'dustRadius', BASE.dustRadius * 4],
    ['is added to', [{ op: 'modify', stat: 'dustValue', add: 2 }], 'dustValue', 3],
    [
      'is base × Π(mul) + Σ(add), whatever the order',
      [
        { op: 'modify', stat: 'captureRadius', add: 5 },
        { op: 'modify', stat: 'captureRadius', mul: 1.5 },
        { op: 'modify', stat: 'captureRadius', mul: 1.2, add: 1 },
      ],
      'captureRadius',
      BASE.captureRadius * 1.5 * 1.2 + 6,
    ],
    ['stops at its upper bound', [{ op: 'modify', stat: 'dustRadius', mul: 20 }], 'dustRadius', 400],
    ['stops at its lower bound', [{ op: 'modify', stat: 'timeScale', mul: 0.05 }], 'timeScale', 0.25],
    ['counts charges', [{ op: 'charge', stat: 'hitGuard', add: 2, max: 2 }], 'hitGuard', 2],
  ])('%s', (_name, operations, stat, expected) => {
    const run = runWith(item(...operations.map((operation): Effect => ({ on: 'use', ...operation })), { on: 'use', op: 'score', add: 1 }));
    expect(statOf(run.world, stat)).toBeCloseTo(expected, 10);
  });
});

describe('an effect with an end', () => {
  it.each<[StackRule | undefined, number, number]>([
    // Used at 0 ms and again at 600 ms, for 1000 ms each: milliseconds left just after, and the whole it is shown against.
    ['extend', 1400, 1400],
    ['replace', 1000, 1000],
    [undefined, 1000, 1000],
  ])('with the stack rule %s', (stack, left, total) => {
    const run = runWith(onUse({ op: 'modify', stat: 'dustRadius', mul: 2, ms: 1000, stack }));
    wait(run, 600);
    expect(run.use('thing')).toBe(true);
    const [modifier] = run.world.modifiers;
    expect(run.world.modifiers).toHaveLength(1);
    expect((modifier?.stepsLeft ?? 0) * (1000 / STEPS_PER_SECOND)).toBeCloseTo(left, 6);
    expect((modifier?.stepsTotal ?? 0) * (1000 / STEPS_PER_SECOND)).toBeCloseTo(total, 6);
    wait(run, left);
    expect(statOf(run.world, 'dustRadius')).toBe(BASE.dustRadius);
  });

  it('that ignores its twin refuses the second use while the first lasts', () => {
    const run = runWith(onUse({ op: 'modify', stat: 'dustRadius', mul: 2, ms: 1000, stack: 'ignore' }));
    wait(run, 600);
    expect(run.use('thing')).toBe(false);
    wait(run, 400);
    expect(run.use('thing')).toBe(true);
  });

  it('lasts in the time of the player, not of the world', () => {
    const run = runWith(onUse({ op: 'modify', stat: 'timeScale', mul: 0.5, ms: 1000 }));
    run.tap();
    wait(run, 900);
    expect(run.world.modifiers).toHaveLength(1);
    expect(run.world.time).toBeCloseTo(0.45, 6);
    wait(run, 100);
    expect(run.world.modifiers).toHaveLength(0);
  });
});

describe('an effect without an end', () => {
  it('lasts to the end of the run', () => {
    const run = runWith(onUse({ op: 'modify', stat: 'dustValue', add: 1 }));
    wait(run, 60_000);
    expect(statOf(run.world, 'dustValue')).toBe(2);
  });
});

describe('a trigger', () => {
  it.each<[Trigger, (run: Run) => void]>([
    ['use', () => {}],
    ['runStart', (run) => run.step()],
    ['hit', collide],
    ['death', die],
    [
      'gate',
      (run) => {
        run.world.begun = true;
        run.world.time = 20;
        run.step();
      },
    ],
    [
      'catch',
      (run) => {
        const next = run.world.planets[1];
        if (!next) throw new Error('The sky is empty.');
        Object.assign(run.world.comet, { mode: 'flight', x: next.x, y: next.y - next.orbit - 1, vx: 0, vy: 420 });
        run.step();
      },
    ],
    [
      'collect',
      (run) => {
        run.world.dust = [{ id: 1, x: run.world.comet.x, y: run.world.comet.y, drawn: false }];
        run.step();
      },
    ],
  ])('%s fires the effects that wait for it, and those alone', (trigger, cause) => {
    const others: Trigger[] = ['use', 'runStart', 'hit', 'death', 'gate', 'catch', 'collect'];
    const effects = others.map((on, index): Effect => ({ on, op: 'score', add: 1000 * 10 ** index }));
    const run = runWith(item(...effects));
    const before = run.world.points;
    cause(run);
    const expected = 1000 * 10 ** others.indexOf(trigger);
    const gained = trigger === 'use' ? before : run.world.points - before;
    // The first step of a run starts it, so its start may be among what was gained.
    const started = trigger === 'use' ? 0 : 10_000;
    const rest = gained - (trigger === 'runStart' ? 0 : started);
    expect(Math.floor((trigger === 'hit' || trigger === 'death' || trigger === 'gate' || trigger === 'catch' || trigger === 'collect' ? rest : gained) / 1000) * 1000).toBeGreaterThanOrEqual(expected);
  });

  it('reaches only items that were used', () => {
    const run = createRun(1, [item({ on: 'gate', op: 'score', add: 7 })]);
    fire(run.world, 'gate');
    expect(run.world.points).toBe(0);
    expect(run.use('thing')).toBe(true);
    fire(run.world, 'gate');
    expect(run.world.points).toBe(7);
  });
});
