import type { ItemView } from '@stardrift/shared/protocol';
import { describe, expect, it } from 'vitest';
import { placed, roomFor, slotItems } from './slots.ts';

const item = (id: string, slots: ('hud' | 'loadout' | 'death')[] = ['hud']): ItemView => ({
  ...{ id, kind: 'consumable', title: id, description: id, slots },
  ...{ icon: { glyph: 'shield', hue: 1 }, effects: [{ on: 'use', op: 'score', add: 1 }] },
});
const items = [item('wind', ['death']), item('shield'), item('magnet'), item('clock')];

describe('the two slots', () => {
  it.each([
    ['the first two that fit', {}, 'shield', 'magnet'],
    ['as chosen', { left: 'clock', right: 'shield' }, 'clock', 'shield'],
    ['the rest is filled', { right: 'shield' }, 'magnet', 'shield'],
    ['what no longer exists is forgotten', { left: 'gone' }, 'shield', 'magnet'],
    ['what does not fit is not taken', { left: 'wind' }, 'shield', 'magnet'],
    ['never the same twice', { left: 'clock', right: 'clock' }, 'clock', 'shield'],
  ])('%s', (_name, choice, left, right) => {
    const shown = slotItems(items, choice);
    expect([shown.left?.id, shown.right?.id]).toEqual([left, right]);
  });

  it.each([
    ['the right one first', {}, 'clock', 'right'],
    ['the one that is empty', { magnet: 2 }, 'clock', 'left'],
    ['none when both are in use', { shield: 1, magnet: 2 }, 'clock', undefined],
    ['none for what lies there', {}, 'shield', undefined],
  ])('%s makes room for what came', (_name, counts: Record<string, number>, id, side) => {
    const now = { left: { id: 'shield' }, right: { id: 'magnet' } };
    expect(roomFor(now, id, (item) => counts[item] ?? 0)).toBe(side);
  });

  it('swaps what is put from one side to the other', () => {
    const now = { left: { id: 'shield' }, right: { id: 'magnet' } };
    expect(placed(now, 'left', 'magnet')).toEqual({ left: 'magnet', right: 'shield' });
    expect(placed(now, 'right', 'clock')).toEqual({ left: 'shield', right: 'clock' });
  });
});
