import { hashOf } from '@stardrift/shared/sim/hash';
import { createThumb, PERFECT } from '@stardrift/shared/sim/thumb';
import { describe, expect, it } from 'vitest';
import type { GameItem, RunView } from './port.ts';
import { createSession, type Session } from './session.ts';

const ITEMS: GameItem[] = [
  {
    id: 'magnet',
    kind: 'consumable',
    icon: { glyph: 'magnet', hue: 1 },
    slots: ['hud'],
    perRun: 1,
    effects: [
      // biome-ignore lint/suspicious/noThenProperty: data, never awaited.
      { on: 'use', op: 'modify', stat: 'dustRadius', mul: 4, ms: 3000, then: [{ op: 'cue', id: 'magnet' }] },
    ],
  },
  {
    id: 'shield',
    kind: 'consumable',
    icon: { glyph: 'shield', hue: 1 },
    slots: ['hud'],
    effects: [{ on: 'use', op: 'charge', stat: 'hitGuard', add: 1, max: 1 }],
  },
  {
    id: 'wind',
    kind: 'consumable',
    icon: { glyph: 'wing', hue: 1 },
    slots: ['death'],
    effects: [{ on: 'use', op: 'revive', voidBack: 260, ms: 2500 }],
  },
];

const nothing = (): void => {};
const pass = (session: Session, ms: number): void => {
  for (let left = ms; left > 0; left -= 16) session.advance(Math.min(16, left), nothing);
};

function started(): Session {
  const session = createSession();
  session.setItems(ITEMS);
  session.start(7);
  return session;
}

/** Taps once and lets the void have the comet. */
function fallen(): { session: Session; died: RunView[] } {
  const session = started();
  const died: RunView[] = [];
  session.on('died', (view) => died.push(view));
  session.tap();
  for (let turn = 0; turn < 4000 && session.view.phase === 'running'; turn++) pass(session, 16);
  return { session, died };
}

describe('a session', () => {
  it('is idle at first: time passes behind the title, but nobody plays', () => {
    const session = createSession();
    pass(session, 1000);
    expect(session.view).toMatchObject({ phase: 'idle', score: 0, elapsedMs: 0 });
    expect([session.tap(), session.use('magnet', nothing), session.save()]).toEqual([
      false,
      false,
      undefined,
    ]);
    expect(session.world.step).toBeGreaterThan(100);
  });

  it('runs in the time it is given, whatever the frames', () => {
    const smooth = started();
    const rough = started();
    pass(smooth, 960);
    for (let frame = 0; frame < 12; frame++) rough.advance(80, nothing);
    expect(smooth.view.elapsedMs).toBeGreaterThan(940);
    expect(Math.abs(smooth.view.elapsedMs - rough.view.elapsedMs)).toBeLessThan(10);
  });

  it('is the same run to the last bit, however often the picture is held for weight', () => {
    const [plain, held] = [started(), started()];
    let taps = 0;
    for (const session of [plain, held]) session.player = createThumb(PERFECT, 1);
    for (let frame = 0; frame < 400; frame++) {
      plain.advance(16, nothing);
      held.advance(16, ({ events }) => {
        if (events.some(({ kind }) => kind === 'launch')) taps += 1;
        if (events.length > 0) held.hold(60);
      });
    }
    const saved = held.save();
    expect(taps).toBeGreaterThan(1);
    expect(saved?.steps).toBeLessThan(plain.save()?.steps ?? 0);
    while (held.world.step < plain.world.step && held.world.phase === 'running') held.advance(4, nothing);
    expect(hashOf(held.world)).toBe(hashOf(plain.world));
    expect(held.save()?.taps).toEqual(plain.save()?.taps);
  });

  it('says where a tap leads only when that is news', () => {
    const session = started();
    const told: unknown[] = [];
    session.on('aim', (aim) => told.push(aim));
    session.tellAim({ x: 1, y: 2, now: false });
    session.tellAim({ x: 1, y: 2, now: false });
    session.tellAim({ x: 1, y: 2, now: true });
    session.tellAim(undefined);
    session.tellAim(undefined);
    expect(told).toEqual([{ x: 1, y: 2, now: false }, { x: 1, y: 2, now: true }, undefined]);
  });

  it('stands still while frozen, as often as that is said', () => {
    const session = started();
    pass(session, 300);
    const before = session.view.elapsedMs;
    session.setFrozen(true);
    session.setFrozen(true);
    pass(session, 5000);
    expect(session.tap()).toBe(false);
    expect(session.view).toMatchObject({ frozen: true, elapsedMs: before });
    session.setFrozen(false);
    pass(session, 160);
    expect(session.view.elapsedMs).toBeGreaterThan(before);
  });

  it('tells of a start, of changes and of cues', () => {
    const session = createSession();
    const told: string[] = [];
    session.on('started', () => told.push('started'));
    session.on('seen', ({ event }) => event.kind === 'cue' && told.push(`cue ${event.id}`));
    const off = session.on('changed', (view) => told.push(`changed ${view.active.length}`));
    session.setItems(ITEMS);
    session.start(7);
    expect(session.use('magnet', nothing)).toBe(true);
    off();
    pass(session, 200);
    expect(told).toEqual(['started', 'cue magnet', 'changed 1']);
  });

  it('shows what is under way: time left, or a charge that waits', () => {
    const session = started();
    session.use('magnet', nothing);
    session.use('shield', nothing);
    pass(session, 1000);
    const [magnet, shield] = session.view.active;
    expect(magnet).toMatchObject({ itemId: 'magnet', msTotal: 3000 });
    expect(magnet?.msLeft).toBeGreaterThan(1950);
    expect(magnet?.msLeft).toBeLessThan(2100);
    expect(shield).toEqual({ itemId: 'shield', msLeft: Infinity, msTotal: Infinity });
    expect(session.view.used).toEqual({ magnet: 1, shield: 1 });
    expect([session.use('magnet', nothing), session.use('shield', nothing)]).toEqual([false, false]);
  });

  it('tells of a death once, a moment after it happened', () => {
    const { session, died } = fallen();
    expect(died).toHaveLength(0);
    pass(session, 2000);
    expect(died).toHaveLength(1);
    expect(died[0]).toMatchObject({ phase: 'dead' });
  });

  it('puts a dead run back as well, and can still revive it', () => {
    const { session } = fallen();
    const other = createSession();
    expect(other.restore(JSON.parse(JSON.stringify(session.save())))).toBe(true);
    expect(other.view).toEqual({ ...session.view, frozen: true });
    expect(other.view.phase).toBe('dead');
    expect(other.use('wind', nothing)).toBe(true);
    expect(other.view).toMatchObject({ phase: 'running', used: { wind: 1 } });
  });

  it('goes on after a revival, frozen or not, and can die again', () => {
    const { session, died } = fallen();
    pass(session, 1000);
    session.setFrozen(true);
    expect(session.use('magnet', nothing)).toBe(false);
    expect(session.use('wind', nothing)).toBe(true);
    expect(session.view).toMatchObject({ phase: 'running', used: { wind: 1 } });
    session.setFrozen(false);
    session.tap();
    for (let turn = 0; turn < 4000 && died.length < 2; turn++) pass(session, 16);
    expect(died).toHaveLength(2);
  });

  it('tells who comes later that the picture is gone, until it is back', () => {
    const session = createSession();
    session.tellPicture(false);
    const told: boolean[] = [];
    session.on('picture', (there) => told.push(there));
    session.tellPicture(true);
    session.on('picture', () => told.push(false));
    expect(told).toEqual([false, true]);
  });

  it('puts a saved run back, frozen, and refuses what is none', () => {
    const session = started();
    session.use('shield', nothing);
    pass(session, 500);
    session.tap();
    pass(session, 500);
    const saved: unknown = JSON.parse(JSON.stringify(session.save()));
    const other = createSession();
    expect([other.restore(undefined), other.restore({ version: 0 })]).toEqual([false, false]);
    expect(other.view.phase).toBe('idle');
    expect(other.restore(saved)).toBe(true);
    expect(other.view).toEqual({ ...session.view, frozen: true });
  });
});
