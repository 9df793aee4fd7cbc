import { createHmac, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { THEME_PARAMS } from '../host/src/theme.ts';
import { appendToHash, initData, LIGHT_THEME, launchUrl, PUBLIC_KEY_HEX } from './launch.ts';
import { putPlayer } from './players.ts';
import { createTelegram } from './sandbox.ts';

const TOKEN = '5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8';
const telegram = createTelegram({ tokens: [TOKEN] });
const bot = telegram.world.mainBot;
const player = putPlayer(telegram, 279_058_397, {
  first_name: 'Vladislav + - ? / &',
  username: 'vdkfrost',
  language_code: 'ru',
});
const AT_MS = 1_790_000_000_999;

/**
 * Telegram's check with the bot's token, written from its documentation and sharing nothing with the code.
 */
function isValid(raw: string, token: string): boolean {
  const fields = new URLSearchParams(raw);
  const hash = fields.get('hash');
  fields.delete('hash');
  const text = [...fields]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const secret = createHmac('sha256', 'WebAppData').update(token).digest();
  return createHmac('sha256', secret).update(text).digest('hex') === hash;
}

/** Telegram's check for third parties, who have no token. */
function isSigned(raw: string, botId: number): boolean {
  const fields = new URLSearchParams(raw);
  const signature = fields.get('signature') ?? '';
  fields.delete('hash');
  fields.delete('signature');
  const lines = [...fields].map(([name, value]) => `${name}=${value}`).sort();
  const der = Buffer.from(`302a300506032b6570032100${PUBLIC_KEY_HEX}`, 'hex');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const text = Buffer.from([`${botId}:WebAppData`, ...lines].join('\n'));
  return verify(null, text, key, Buffer.from(signature, 'base64url'));
}

test('the checks of this file accept the vector of the Go library', () => {
  const vector =
    'query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2';
  expect(isValid(vector, TOKEN)).toBe(true);
  expect(isValid(vector.replace('1662771648', '1662771649'), TOKEN)).toBe(false);
});

test.each([undefined, 'gift_1'])('initData with the start parameter %s passes both checks', (startParam) => {
  const raw = initData(bot, player, startParam, AT_MS);
  expect(isValid(raw, TOKEN)).toBe(true);
  expect(isSigned(raw, 5_768_337_691)).toBe(true);
  expect(new URLSearchParams(raw).get('start_param')).toBe(startParam ?? null);
});

test('and fails both when anything in it, the token or the bot is another', () => {
  const raw = initData(bot, player, undefined, AT_MS);
  const forged = raw.replace('279058397', '279058398');
  expect([isValid(forged, TOKEN), isSigned(forged, 5_768_337_691)]).toEqual([false, false]);
  expect(isValid(raw, `${TOKEN}x`)).toBe(false);
  expect(isSigned(raw, 5_768_337_692)).toBe(false);
  expect(isValid(raw.replace(/&signature=[^&]*/, ''), TOKEN)).toBe(false);
});

test('initData holds what an app reads from it', () => {
  const fields = Object.fromEntries(new URLSearchParams(initData(bot, player, undefined, AT_MS)));
  expect(fields).toEqual({
    query_id: expect.stringMatching(/^AAH\w+/),
    user: expect.stringContaining('\\/'),
    auth_date: '1790000000',
    signature: expect.stringMatching(/^[\w-]{86}$/),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(JSON.parse(fields.user ?? '')).toEqual({
    id: 279_058_397,
    first_name: 'Vladislav + - ? / &',
    last_name: '',
    username: 'vdkfrost',
    language_code: 'ru',
    allows_write_to_pm: true,
  });
});

test('the start parameter stands in both places of the address', () => {
  const launch = { platform: 'weba', version: '9.1', themeParams: LIGHT_THEME, startParam: 'gift_1' };
  const url = new URL(launchUrl('https://game.example/play?a=b', bot, player, launch));
  expect(url.search).toBe('?a=b&tgWebAppStartParam=gift_1');
  const parameters = new URLSearchParams(url.hash.slice(1));
  expect(parameters.get('tgWebAppStartParam')).toBe('gift_1');
  expect(isValid(parameters.get('tgWebAppData') ?? '', TOKEN)).toBe(true);
  expect(JSON.parse(parameters.get('tgWebAppThemeParams') ?? '')).toEqual(LIGHT_THEME);
});

test.each([
  ['https://a.b/', 'https://a.b/#x=1'],
  ['https://a.b/#', 'https://a.b/#x=1'],
  ['https://a.b/#c=d', 'https://a.b/#c=d&x=1'],
  ['https://a.b/#/c?d', 'https://a.b/#/c?d&x=1'],
  ['https://a.b/#/c', 'https://a.b/#/c?x=1'],
])('%s with parameters is %s', (url, joined) => {
  expect(appendToHash(url, 'x=1')).toBe(joined);
});

test('the light theme of a launch address is the one that the host page sends', () => {
  expect(LIGHT_THEME).toEqual(THEME_PARAMS.light);
});
