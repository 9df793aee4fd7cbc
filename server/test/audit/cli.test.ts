import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@stardrift/tools/port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chargesKey } from '../../src/redis/keys.ts';
import { chargeAt, playerAt } from '../fixtures/crowd.ts';
import { type Ground, openGround } from './ground.ts';

/** Enough for the large size on a machine that is busy otherwise. */
const LARGE_MS = 600_000;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The size of the promise: AUDIT_PLAYERS=100000 npx vitest run --project integration server/test/audit/cli.test.ts */
const SIZE = { players: Number(process.env.AUDIT_PLAYERS ?? 2_000), purchases: 3, items: 20 };
/** Node with tsx, the libraries and the batches under way; it does not grow with the players. */
const MOST_MIB = 260;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround(SIZE);
}, LARGE_MS);
afterAll(() => ground.close());

/** `npm run audit`, as a program of its own. */
function run(env: Record<string, string>, ...args: string[]) {
  const program = ['--import', 'tsx', '--conditions=development', 'server/src/audit/cli.ts', ...args];
  const child = spawn(process.execPath, program, { cwd: ROOT, env: { PATH: process.env.PATH, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  );
}

describe('npm run audit', { timeout: LARGE_MS }, () => {
  test('ends with 0 for a clean store, within its memory', async () => {
    const { code, out, err } = await run(ground.env, '--json');
    expect(err).toBe('');
    const result = JSON.parse(out);
    console.log(`${SIZE.players} players: ${result.seconds} s, ${result.peakMiB} MiB`);
    expect(result).toMatchObject({ clean: true, breaches: [], store: { players: SIZE.players } });
    expect(result.peakMiB).toBeLessThan(MOST_MIB);
    expect(code).toBe(0);
  });

  test('ends with 1 and a line for each row that breaks', async () => {
    const charges = chargesKey(playerAt(7));
    await ground.redis.copy(charges, 'aside');
    await ground.redis.hDel(charges, chargeAt(ground.crowd, 7, 1).id);
    const { code, out } = await run(ground.env);
    await ground.redis.rename('aside', charges);
    expect(out).toContain(`I1 · player ${playerAt(7)}, charge ${chargeAt(ground.crowd, 7, 1).id} · is: `);
    expect(out).toContain('Not clean');
    expect(code).toBe(1);
  });

  test.each([
    ['a missing setting', async () => ({ BOT_TOKEN: '' }), /^Wrong settings: BOT_TOKEN is missing/],
    ['a wrong setting', async () => ({ REDIS_URL: 'localhost' }), /^Wrong settings: REDIS_URL takes redis:/],
    [
      'a store that is away',
      async () => ({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` }),
      /^Redis at redis:\/\/127.* can't be used: .* Start it, or set REDIS_URL\.$/,
    ],
    [
      'a token of nobody',
      async () => ({ BOT_TOKEN: '1:nobody-has-this-token' }),
      /does not know this BOT_TOKEN/,
    ],
    [
      'a Telegram that is away',
      async () => ({ TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` }),
      /^Telegram's ledger at http:\/\/127.* can't be read: .* or set TELEGRAM_API_ROOT\.$/,
    ],
  ])('ends with 2 and one line for %s', async (_, change, message) => {
    const { code, out, err } = await run({ ...ground.env, ...(await change()) });
    expect(err.trim()).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('says what it takes when it is given something else', async () => {
    const { code, err } = await run(ground.env, '--fast');
    expect(err).toContain('There is only --json');
    expect(code).toBe(2);
  });
});
