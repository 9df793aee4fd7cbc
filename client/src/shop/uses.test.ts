import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGoods, type Goods } from './goods.ts';
import { newId } from './id.ts';
import { memoryDrawer, memoryServer } from './ports.memory.ts';
import { createUses, type Uses } from './uses.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function page(server = memoryServer({ shield: 2 }), drawer = memoryDrawer()) {
  const goods: Goods = createGoods(server, (id) => uses.pending(id));
  const uses: Uses = createUses(drawer, server, (counted) => goods.settle(counted));
  return { server, drawer, goods, uses };
}
const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('using an item', () => {
  it('counts at once, and as the server answers', async () => {
    const { server, goods, uses } = page();
    server.setLink('online');
    await tick();
    uses.add('shield', newId());
    expect(goods.owned('shield')).toBe(1);
    await tick();
    expect(goods.owned('shield')).toBe(1);
    expect(server.items.shield).toBe(1);
    expect(uses.pending('shield')).toBe(0);
  });

  it('repeats a lost answer under the same id, and is taken off once', async () => {
    const { server, goods, uses } = page();
    server.setLink('online');
    await tick();
    server.lose('use');
    uses.add('shield', newId());
    await tick(3_100);
    expect(server.asked.filter(({ name }) => name === 'use')).toHaveLength(2);
    expect(server.items.shield).toBe(1);
    expect(goods.owned('shield')).toBe(1);
  });

  it('waits while the shop restores purchases, and is then taken off', async () => {
    const { server, uses } = page();
    server.setLink('online');
    await tick();
    server.refuse('use', 'restoring');
    uses.add('shield', newId());
    await tick();
    expect(uses.pending('shield')).toBe(1);
    server.refuse('use', undefined);
    await tick(3_100);
    expect(uses.pending('shield')).toBe(0);
    expect(server.items.shield).toBe(1);
  });

  it('survives a reload while offline', async () => {
    const first = page();
    first.uses.add('shield', newId());
    const second = page(first.server, first.drawer);
    expect(second.uses.pending('shield')).toBe(1);
    first.server.setLink('online');
    second.uses.flush();
    await tick();
    expect(first.server.items.shield).toBe(1);
  });

  it('is corrected when the server has none', async () => {
    const { server, goods, uses } = page(memoryServer({}));
    server.setLink('online');
    await tick();
    uses.add('shield', newId());
    await tick();
    expect(uses.pending('shield')).toBe(0);
    expect(goods.owned('shield')).toBe(0);
  });
});
