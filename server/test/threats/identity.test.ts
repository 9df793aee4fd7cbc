import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createSessions } from '../../src/telegram/session.ts';
import { openWorld, type World } from '../way/world.ts';
import { gone, handshakeStatus, knock, launchData } from './attack.ts';

const HOUR_MS = 3_600_000;
const CLIENT = fileURLToPath(new URL('../../../client', import.meta.url));

let world: World;
let clientDir: string;
beforeAll(async () => {
  // The page as it is served; what it loads needs no building to be looked at.
  clientDir = mkdtempSync(join(tmpdir(), 'stardrift-page-'));
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), readFileSync(join(CLIENT, 'index.html')));
  world = await openWorld({ clientDir });
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await world.close();
  rmSync(clientDir, { recursive: true });
});

/** What the door answers to it: a refusal, or `let in`. */
async function answerTo(auth: Record<string, unknown>): Promise<string> {
  const { socket, refused } = await knock(world.url, auth);
  socket.disconnect();
  return refused ?? 'let in';
}
const seconds = (ago: number): string => String(Math.floor(Date.now() / 1_000) - ago);

test('identity: forged, foreign or expired initData', async () => {
  const { token } = world.sandbox.bot;
  const user = '{"id":77,"first_name":"Ada"}';
  const good = launchData(token, { auth_date: seconds(10), user });
  const show = (initData: unknown) => answerTo({ initData, protocol: 1 });
  expect(await show(good)).toBe('let in');
  // It may be shown again within its hour: that is what a reload does.
  expect(await show(good)).toBe('let in');
  expect(await show(launchData(token, { auth_date: seconds(3_590), user }))).toBe('let in');
  expect(await show(launchData(token, { auth_date: seconds(3_610), user }))).toBe('expired');
  expect(await show(launchData(token, { auth_date: seconds(24 * 3_600), user }))).toBe('expired');

  const forged: Record<string, unknown> = {
    'of another bot': launchData('7000000002:of-another-bot', { auth_date: seconds(10), user }),
    'from the future': launchData(token, { auth_date: seconds(-120), user }),
    'of an eternal date': launchData(token, { auth_date: '9999999999999', user }),
    'without a date': launchData(token, { user }),
    'with a key twice': `${good}&user=${encodeURIComponent(user)}`,
    'with the hash twice': `${good}&hash=${'0'.repeat(64)}`,
    'with the hash in capitals': good.replace(
      /hash=(\w+)/,
      (_, hash: string) => `hash=${hash.toUpperCase()}`,
    ),
    'with another player': good.replace('77', '78'),
    'with half a hash': good.slice(0, -32),
    'with no hash': good.replace(/&?hash=\w+/, ''),
    empty: '',
    'no text': { initData: good },
    null: null,
    'too long': `${good}&x=${'x'.repeat(9_000)}`,
  };
  for (const [what, initData] of Object.entries(forged))
    expect(await show(initData), what).toBe('unauthorized');
  for (let i = 0; i < good.length; i += 7) {
    const turned = good.slice(0, i) + String.fromCharCode(good.charCodeAt(i) ^ 1) + good.slice(i + 1);
    expect(await show(turned), `character ${i}`).toBe('unauthorized');
  }
  expect(await answerTo({ initData: good })).toBe('protocol');
  expect(await answerTo({ initData: good, protocol: 2 })).toBe('protocol');
});

test('identity: page script, XSS steals initData or session', async () => {
  const page = await fetch(`${world.url}/?tgWebAppStartParam=shop`);
  const policy = page.headers.get('content-security-policy')?.split(';') ?? [];
  const home = world.url.replace('http', 'ws');
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    `connect-src 'self' ${home}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ])
    expect(policy).toContain(rule);
  expect(page.headers.get('set-cookie')).toBeNull();
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  const html = await page.text();
  expect(html).toContain('<script');
  expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/)/);
  expect(markupOf(join(CLIENT, 'src'))).toEqual([]);

  await sessionsAreShort();
});

/** Names come from strangers, so text becomes text. Markup is made by our own drawings only, out of checked numbers. */
function markupOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  const dangerous =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\(|new Function|\bhtml:/;
  const drawn = /(?:\.innerHTML = |\bhtml: )\w+Svg\((?:[\w.]*)\)/;
  return files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => dangerous.test(line) && !drawn.test(line) && name !== 'dom.ts')
      .map((line) => `${name}: ${line.trim()}`),
  );
}

async function sessionsAreShort(): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  // Its hours pass by these timers.
  const second = await world.startServer({ PORT: '0' });
  const at = `http://127.0.0.1:${second.port}`;
  const { initData, id } = (await world.control('/sandbox/players', {})) as unknown as {
    initData: string;
    id: number;
  };
  const shows = async (auth: Record<string, unknown>) => (await knock(at, { ...auth, protocol: 1 })).refused;
  const first = await knock(at, { initData, protocol: 1 });
  const { token, expiresAtMs } = await first.session;
  expect(expiresAtMs - Date.now()).toBeLessThanOrEqual(6 * HOUR_MS);
  expect(token).toContain(`.${id}.`);

  const stranger = createSessions('7000000002:of-another-bot');
  const launched = { player: { id, language: 'en' as const, name: 'Mallory' }, launchedAtMs: Date.now() };
  for (const wrong of [
    token.replace(`.${id}.`, `.${id + 1}.`),
    token.replace(String(expiresAtMs), String(expiresAtMs + HOUR_MS)),
    token.slice(0, -1),
    `${token}A`,
    stranger.issue(launched, Date.now()).token,
    '',
    'x'.repeat(300),
  ])
    expect(await shows({ session: wrong }), wrong).toBe('unauthorized');

  // A page reloaded later shows its session, for the launch data is too old by then.
  const given: string[] = [];
  first.socket.on('session', (session: { token: string }) => given.push(session.token));
  const closed = gone(first.socket);
  vi.advanceTimersByTime(2 * HOUR_MS);
  expect(await shows({ initData })).toBe('expired');
  expect(await shows({ session: token })).toBeUndefined();
  // Sent again each hour, the sessions of a socket that lives get older with their launch.
  await vi.waitFor(() => expect(given).toHaveLength(2));
  vi.advanceTimersByTime(5 * HOUR_MS);
  expect(await shows({ session: token })).toBe('expired');
  expect(await shows({ session: given.at(-1) })).toBeUndefined();
  vi.advanceTimersByTime(18 * HOUR_MS);
  expect(await closed).toBe('io server disconnect');
  expect(await shows({ session: given.at(-1) })).toBe('expired');
  vi.useRealTimers();
  await second.close();
}

test('identity: WebSocket from a foreign origin', async () => {
  const own = new URL(world.url).host;
  // The page's own origin; the address that was asked; a program, which has none.
  for (const headers of [
    { Origin: world.url },
    { Origin: `http://${own}` },
    { Origin: `https://${own}` },
    {},
  ])
    expect(await handshakeStatus(world.url, headers as Record<string, string>)).toBe(101);
  const second = await world.startServer({ PORT: '0' });
  const at = `http://127.0.0.1:${second.port}`;
  expect(await handshakeStatus(at, { Origin: world.url })).toBe(101);
  expect(await handshakeStatus(at, { Origin: at })).toBe(101);

  for (const Origin of [
    'https://evil.example',
    `https://${own}.evil.example`,
    `https://evil.example/${own}`,
    `http://evil.example@${own}`.replace(own, 'evil.example'),
    world.sandbox.url,
    'https://web.telegram.org',
    'null',
    'file://',
    'x',
  ])
    expect(await handshakeStatus(world.url, { Origin }), Origin).toBe(403);
  const polling = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { Origin: 'https://evil.example' },
  });
  expect(polling.status).toBe(403);
  expect(polling.headers.get('access-control-allow-origin')).toBeNull();
  const told = world.lines.filter((line) => line.includes('"origin":"https://evil.example"'));
  expect(told).toHaveLength(1);
  await second.close();
});

test('player’s will: framing, clickjacking', async () => {
  for (const path of ['/', '/healthz', '/no-such-page']) {
    const { headers } = await fetch(`${world.url}${path}`);
    const frames = headers.get('content-security-policy')?.match(/frame-ancestors[^;]*/g);
    expect(frames).toEqual([`frame-ancestors ${world.sandbox.url}`]);
    // The older header knows no list and would shut Telegram's web clients out.
    expect(headers.get('x-frame-options')).toBeNull();
  }
});
