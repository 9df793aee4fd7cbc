import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatBreach } from '../../src/audit/breach.ts';
import { inventoryKey } from '../../src/redis/keys.ts';
import { playerAt } from '../fixtures/crowd.ts';
import { type Ground, openGround } from './ground.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ players: 300, purchases: 3, items: 20 }, 'cluster');
});
afterAll(() => ground.close());

test('every node of a cluster is walked', async () => {
  const { findings, store, ledger } = await ground.audit();
  expect(findings.breaches().map(formatBreach)).toEqual([]);
  expect(store).toMatchObject({ players: 300, charges: 900 });
  expect(store.keptStars + store.owedStars).toBe(ledger.starsIn - ledger.starsBack);
  expect(findings.notes().filter((note) => /has not used/.test(note))).toHaveLength(3);
});

test('a fault on any of them is found', async () => {
  for (const player of [0, 1, 2, 3, 4, 5]) {
    const key = inventoryKey(playerAt(player));
    await ground.redis.hSet(key, 'gold', '1');
    const lines = (await ground.audit()).findings.breaches().map(formatBreach);
    await ground.redis.hDel(key, 'gold');
    expect(lines).toEqual([expect.stringContaining(`I4 · player ${playerAt(player)}, item gold`)]);
  }
});
