import { HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { createSessions } from './telegram/session.ts';

const TOKEN = '123456789:AAHabcdefghijklmnopqrstuvwxyz_-12345';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test.each<[string, (log: ReturnType<typeof createLog>) => void]>([
  ['a message', (log) => log.info(`POST https://api.telegram.org/bot${TOKEN}/getMe`)],
  ['an error', (log) => log.error({ err: new Error(`no answer from /bot${TOKEN}/getMe`) }, 'failed')],
  [
    'the cause of an error of grammY, which holds the address',
    (log) => {
      const inner = Object.assign(new Error(`request to https://api.telegram.org/bot${TOKEN}/getMe failed`), {
        url: TOKEN,
      });
      log.error({ err: new HttpError('Network request failed', inner) }, 'failed');
      log.error({ err: new Error('outer', { cause: inner }) }, 'failed');
    },
  ],
  ['a field', (log) => log.info({ url: `https://x/bot${TOKEN}/y` }, 'x')],
])('no token is logged by %s', (_name, write) => {
  const text = logged(write);
  expect(text.length).toBeGreaterThan(10);
  expect(text).not.toContain('AAHabc');
});

test('no launch data is logged', () => {
  const text = logged((log) =>
    log.info('query_id=AAH&user=%7B%7D&auth_date=1&signature=abc-def&hash=0123456789abcdef'),
  );
  expect(text).not.toMatch(/abc-def|0123456789abcdef/);
});

test('no session is logged, whole or cut short, and a redacted line stays JSON', () => {
  const { token } = createSessions(TOKEN).issue(
    { player: { id: 279058397, language: 'ru', name: '' }, launchedAtMs: 1_790_000_000_000 },
    1_790_000_000_000,
  );
  const lines = logged((log) => {
    log.info({ auth: { session: token } }, `shown "${token}"`);
    log.error({ err: new Error(`no session: ${token.slice(0, -9)}`) }, 'failed');
    log.info('the door was shown "hash=0123456789abcdef"');
  });
  expect(lines).toContain('<session>');
  expect(lines).not.toContain(token.slice(-43, -9));
  for (const line of lines.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});
