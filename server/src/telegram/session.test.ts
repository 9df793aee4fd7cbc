import { expect, test } from 'vitest';
import { createSessions, LAUNCH_LIFE_MS, SESSION_LIFE_MS } from './session.ts';

const NOW = 1_790_000_000_000;
const ADA = {
  player: { id: 279058397, language: 'ru' as const, name: 'Ада 🌒' },
  launchedAtMs: NOW - 60_000,
};
const sessions = createSessions('123456789:AAHabcdefghijklmnopqrstuvwxyz');

test('a session says whom it is for, until it ends', () => {
  const { token, expiresAtMs } = sessions.issue(ADA, NOW);
  expect(expiresAtMs).toBe(NOW + SESSION_LIFE_MS);
  expect(sessions.read(token, NOW)).toEqual({ ok: true, ...ADA });
  expect(sessions.read(token, expiresAtMs - 1)).toEqual({ ok: true, ...ADA });
  expect(sessions.read(token, expiresAtMs)).toEqual({ ok: false, reason: 'expired' });
});

test('renewed again and again, it ends a day after the launch', () => {
  let nowMs = NOW;
  for (;;) {
    const { token, expiresAtMs } = sessions.issue(ADA, nowMs);
    const read = sessions.read(token, nowMs);
    if (!read.ok) break;
    expect(read.launchedAtMs).toBe(ADA.launchedAtMs);
    expect(expiresAtMs).toBeLessThanOrEqual(ADA.launchedAtMs + LAUNCH_LIFE_MS);
    nowMs += 3_600_000;
  }
  expect(nowMs - NOW).toBe(LAUNCH_LIFE_MS);
});

test('of another bot, or with any one bit of any character turned, it opens nothing', () => {
  const { token } = sessions.issue(ADA, NOW);
  const stranger = createSessions('123456789:AAHabcdefghijklmnopqrstuvwxyZ');
  expect(stranger.read(token, NOW)).toEqual({ ok: false, reason: 'unauthorized' });
  for (let i = 0; i < token.length; i++)
    for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
      const turned = token.slice(0, i) + String.fromCharCode(token.charCodeAt(i) ^ bit) + token.slice(i + 1);
      expect(sessions.read(turned, NOW), turned).toEqual({ ok: false, reason: 'unauthorized' });
    }
});

test.each([
  '',
  's2',
  's2.1.en.QQ.1.9999999999999.',
  `s2.1.en.QQ.1.9999999999999.${'A'.repeat(43)}`,
  'x'.repeat(500),
  's2.\r\n',
])('%j is no session', (token) => {
  expect(sessions.read(token, NOW)).toEqual({ ok: false, reason: 'unauthorized' });
});

test('the longest name still makes a token that fits through the door', () => {
  const longest = { ...ADA, player: { id: 2 ** 52, language: 'ru' as const, name: '🌒'.repeat(18) } };
  expect(sessions.issue(longest, NOW).token.length).toBeLessThanOrEqual(256);
});
