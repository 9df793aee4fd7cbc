import { describe, expect, it } from 'vitest';
import { BASE, STEPS_PER_SECOND } from './constants.ts';
import { fire } from './effects.ts';
import { createRun, type Run } from './run.ts';
import { statOf } from './stats.ts';
import { step } from './step.ts';
import {
  type Effect,
  type ItemRules,
  type Operation,
  type StackRule,
  type Stat,
  TRIGGERS,
  type Trigger,
} from './vocabulary.ts';

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
    [
      'is multiplied',
      [{ op: 'modify', stat: 'dustRadius', mul: 4, ms: 1000 }],
      'dustRadius',
      BASE.dustRadius * 4,
    ],
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
    const run = runWith(
      item(...operations.map((operation): Effect => ({ on: 'use', ...operation })), {
        on: 'use',
        op: 'score',
        add: 1,
      }),
    );
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

/** What happens to a run, and the triggers that it sets off. */
const HAPPENINGS: [string, Trigger[], (run: Run) => void][] = [
  ['nothing', [], (run) => run.step()],
  ['a rock', ['hit', 'death'], collide],
  ['the void', ['death'], die],
  [
    'a gate',
    ['gate'],
    (run) => {
      run.world.begun = true;
      run.world.time = 20;
      run.step();
    },
  ],
  [
    'a catch',
    ['catch'],
    (run) => {
      const next = run.world.planets[1];
      if (!next) throw new Error('The sky is empty.');
      Object.assign(run.world.comet, {
        mode: 'flight',
        x: next.x,
        y: next.y - next.orbit - 1,
        vx: 0,
        vy: 420,
      });
      run.step();
    },
  ],
  [
    'dust',
    ['collect'],
    (run) => {
      run.world.dust = [{ id: 1, x: run.world.comet.x, y: run.world.comet.y, drawn: false }];
      run.step();
    },
  ],
];

describe('a trigger', () => {
  const cases = HAPPENINGS.flatMap(([name, fired, cause]) =>
    TRIGGERS.map((trigger) => ({ trigger, name, cause, times: fired.includes(trigger) ? 1 : 0 })),
  );

  it.each(cases)('$trigger on $name: $times', ({ trigger, cause, times }) => {
    // A second effect lets the item be used, whatever the first one waits for.
    const run = runWith(
      item({ on: trigger, op: 'score', add: 1000 }, { on: 'use', op: 'invulnerable', ms: 1 }),
    );
    run.step();
    const before = run.world.points;
    expect(before).toBe(trigger === 'use' || trigger === 'runStart' ? 1000 : 0);
    cause(run);
    expect(Math.floor((run.world.points - before) / 1000)).toBe(times);
  });

  it('reaches only items that were used', () => {
    const run = createRun(1, [item({ on: 'gate', op: 'score', add: 7 })]);
    fire(run.world, 'gate');
    expect(run.world.points).toBe(0);
    expect(run.use('thing')).toBe(true);
    fire(run.world, 'gate');
    expect(run.world.points).toBe(7);
  });

  it('at the start of the run reaches what was used before it, and comes too late afterwards', () => {
    const headStart = item({ on: 'runStart', op: 'modify', stat: 'startHeight', add: 900 });
    const run = runWith(headStart);
    run.step();
    expect(run.world.comet.planet.y).toBeGreaterThanOrEqual(900);
    expect(run.world.voidY).toBeGreaterThan(500);
    const late = createRun(1, [headStart]);
    late.step();
    expect(late.use('thing')).toBe(false);
  });
});

describe('a condition', () => {
  it.each([
    [0, true],
    [1, false],
  ])('of at least %i hit guards, with none: fires %s', (gte, fires) => {
    const run = createRun(1, [
      item(
        { on: 'use', op: 'invulnerable', ms: 1 },
        { on: 'use', if: { stat: 'hitGuard', gte }, op: 'score', add: 5 },
      ),
    ]);
    run.use('thing');
    expect(run.world.points).toBe(fires ? 5 : 0);
  });
});

describe('an operation', () => {
  it('charge stops at its most, and is then not taken for nothing', () => {
    const run = runWith(onUse({ op: 'charge', stat: 'hitGuard', add: 2, max: 3 }), 2);
    expect(statOf(run.world, 'hitGuard')).toBe(3);
    expect(run.use('thing')).toBe(false);
    expect(run.world.used).toEqual({ thing: 2 });
  });

  it('consume takes all or nothing, and what follows depends on it', () => {
    const effects = (add: number): ItemRules =>
      item(
        { on: 'use', op: 'charge', stat: 'hitGuard', add: 2, max: 2 },
        // biome-ignore lint/suspicious/noThenProperty: data, never awaited.
        { on: 'gate', op: 'consume', stat: 'hitGuard', add, then: [{ op: 'score', add: 9 }] },
      );
    const enough = runWith(effects(2));
    fire(enough.world, 'gate');
    fire(enough.world, 'gate');
    expect([statOf(enough.world, 'hitGuard'), enough.world.points]).toEqual([0, 9]);
    const short = runWith(effects(3));
    fire(short.world, 'gate');
    expect([statOf(short.world, 'hitGuard'), short.world.points]).toEqual([2, 0]);
  });

  it('revive needs a death, and puts the comet back with the void far below', () => {
    const run = createRun(1, [onUse({ op: 'revive', voidBack: 260, ms: 2500 })]);
    run.step();
    expect(run.use('thing')).toBe(false);
    die(run);
    expect(run.world.phase).toBe('dead');
    const { planet } = run.world.comet;
    expect(run.use('thing')).toBe(true);
    expect(run.world).toMatchObject({ phase: 'running', combo: 1, safeSteps: 300 });
    expect(run.world.comet).toMatchObject({ mode: 'orbit', planet });
    expect(run.world.comet.y - run.world.voidY).toBeGreaterThanOrEqual(260);
    wait(run, 2000);
    expect(run.world.phase).toBe('running');
  });

  it('revive on death saves at once, as often as it is written', () => {
    const run = runWith(item({ on: 'death', op: 'revive', voidBack: 100, ms: 500 }));
    die(run);
    expect(run.world.phase).toBe('running');
  });

  it('consume of a hit guard survives a rock, which breaks; without one the comet does', () => {
    const shield = item(
      { on: 'use', op: 'charge', stat: 'hitGuard', add: 1, max: 1 },
      { on: 'hit', op: 'consume', stat: 'hitGuard' },
    );
    const guarded = runWith(shield);
    collide(guarded);
    expect([guarded.world.phase, guarded.world.rocks.length]).toEqual(['running', 0]);
    collide(guarded);
    expect(guarded.world).toMatchObject({ phase: 'dead', cause: 'rock' });
  });

  it('invulnerable keeps rocks and void off while it lasts', () => {
    const run = createRun(1, [onUse({ op: 'invulnerable', ms: 1000 })]);
    run.step();
    run.use('thing');
    run.world.begun = true;
    run.world.voidY = run.world.comet.y + 200;
    wait(run, 950);
    expect(run.world.phase).toBe('running');
    wait(run, 100);
    expect(run.world).toMatchObject({ phase: 'dead', cause: 'void' });
  });

  it('score adds points, cue only tells', () => {
    const run = runWith(item({ on: 'use', op: 'score', add: 40 }, { on: 'use', op: 'cue', id: 'slow' }));
    expect(run.world.points).toBe(40);
    expect(run.world.events).toEqual([{ kind: 'cue', id: 'slow' }]);
  });
});

describe('a use', () => {
  it('is refused when the item is unknown, or was used as often as a run may', () => {
    const run = createRun(1, [{ id: 'thing', perRun: 2, effects: [{ on: 'use', op: 'score', add: 1 }] }]);
    expect(run.use('other')).toBe(false);
    expect([run.use('thing'), run.use('thing'), run.use('thing')]).toEqual([true, true, false]);
    expect(run.save().uses).toHaveLength(2);
  });

  it('is refused in a dead run unless it revives', () => {
    const run = createRun(1, [onUse({ op: 'score', add: 1 })]);
    run.step();
    die(run);
    expect(run.use('thing')).toBe(false);
  });
});
