import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { INIT_DATA_LIFE_SECONDS, languageOf, nameOf, verifyInitData } from './init-data.ts';

/** Signed by Telegram itself; public test vectors of the init-data libraries. */
const V1 = {
  token: '5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8',
  authDate: 1662771648,
  name: 'Vladislav',
  raw: 'query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2',
};
/** With a `signature`, escaped slashes and a plus sign. */
const V2 = {
  token: '7342037359:AAFZehRPBRs8Seg40oDjTMIW8uTGPuW1zfQ',
  authDate: 1733584787,
  name: 'Vladislav + - ? /',
  raw: 'user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6',
};

const at = (authDate: number, laterSeconds = 10): number => (authDate + laterSeconds) * 1_000;

/** Signs like Telegram, to reach what lies behind the signature. */
function sign(fields: Record<string, string>, token = V1.token): string {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const secret = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', secret).update(text).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
const USER = '{"id":7,"first_name":"Ada","language_code":"en"}';

describe('launch data', () => {
  test.each([
    ['the first vector', V1],
    ['the second vector', V2],
  ])('%s is genuine', (_name, { raw, token, authDate, name }) => {
    expect(verifyInitData(raw, token, at(authDate))).toEqual({
      ok: true,
      player: { id: 279058397, language: 'ru', name },
      launchedAtMs: authDate * 1_000,
    });
  });

  test('a plus sign means a space, as in any query string', () => {
    const fields = { auth_date: '1700000000', user: '{"id":7,"first_name":"Ada L"}' };
    expect(sign(fields)).toContain('Ada+L');
    expect(verifyInitData(sign(fields), V1.token, at(1_700_000_000))).toMatchObject({ ok: true });
  });

  test.each([
    ['nothing', ''],
    ['no query string', 'here comes something wrong;'],
    ['no hash', 'no_hash=true'],
    ['a hash that is none', `${V1.raw.slice(0, V1.raw.indexOf('hash='))}hash=abc`],
    ['more after the hash', `${V1.raw}abc`],
    ['the hash in capitals', V1.raw.replace(/hash=(\w+)/, (_, hash: string) => `hash=${hash.toUpperCase()}`)],
    ['a changed user', V1.raw.replace('279058397', '279058398')],
    ['a changed date', V1.raw.replace('1662771648', '1662771649')],
    ['a field more', `${V1.raw}&start_param=x`],
    ['a field given twice', `${V1.raw}&auth_date=1662771648`],
    ['a second user', `${V1.raw}&user=%7B%22id%22%3A1%7D`],
    ['a second hash', `${V1.raw}&hash=${'0'.repeat(64)}`],
  ])('%s is refused', (_name, raw) => {
    expect(verifyInitData(raw, V1.token, at(V1.authDate))).toEqual({ ok: false, reason: 'unauthorized' });
  });

  test('without its signature the second vector is not what was signed', () => {
    const raw = V2.raw.replace(/&signature=[^&]+/, '');
    expect(verifyInitData(raw, V2.token, at(V2.authDate))).toEqual({ ok: false, reason: 'unauthorized' });
  });

  test('of another bot is refused', () => {
    expect(verifyInitData(V1.raw, V2.token, at(V1.authDate))).toEqual({ ok: false, reason: 'unauthorized' });
  });

  test('with any one bit turned is refused', () => {
    for (let i = 0; i < V1.raw.length; i++) {
      const turned = V1.raw.slice(0, i) + String.fromCharCode(V1.raw.charCodeAt(i) ^ 1) + V1.raw.slice(i + 1);
      expect(verifyInitData(turned, V1.token, at(V1.authDate)).ok, `character ${i}`).toBe(false);
    }
  });

  test.each([
    ['good to the last second of an hour', INIT_DATA_LIFE_SECONDS, true],
    ['expired a second later', INIT_DATA_LIFE_SECONDS + 1, 'expired'],
    ['good a minute ahead of our clock', -60, true],
    ['refused further ahead', -61, 'unauthorized'],
  ])('is %s', (_name, laterSeconds, expected) => {
    const verified = verifyInitData(V1.raw, V1.token, at(V1.authDate, laterSeconds));
    expect(verified.ok ? true : verified.reason).toBe(expected);
  });

  test.each([
    ['no date', { user: USER }],
    ['a date in words', { auth_date: 'test', user: USER }],
    ['a broken date', { auth_date: '1.5', user: USER }],
    ['no user', { auth_date: '1700000000' }],
    ['a user that is no JSON', { auth_date: '1700000000', user: '{' }],
    ['a user without an id', { auth_date: '1700000000', user: '{"first_name":"Ada"}' }],
    ['a user with a text for an id', { auth_date: '1700000000', user: '{"id":"7"}' }],
    ['a user with a negative id', { auth_date: '1700000000', user: '{"id":-7}' }],
    ['a user with half an id', { auth_date: '1700000000', user: '{"id":7.5}' }],
    ['a user with too large an id', { auth_date: '1700000000', user: '{"id":9007199254740993}' }],
  ])('well signed, with %s, is refused', (_name, fields) => {
    expect(verifyInitData(sign(fields as Record<string, string>), V1.token, at(1_700_000_000))).toEqual({
      ok: false,
      reason: 'unauthorized',
    });
  });
});

test.each([
  ['ru', 'ru'],
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['en-US', 'en'],
  ['es', 'es'],
  ['ar-EG', 'ar'],
  ['pt', 'en'],
  ['', 'en'],
  [undefined, 'en'],
  ['__proto__', 'en'],
])('the language of %j is %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

describe('the name that others read', () => {
  test.each([
    ['Ada', 'Ada'],
    ['  Ada \n\t Lovelace ', 'Ada Lovelace'],
    ['', ''],
    ['\u202Ekcab ot tnorf\u202C', 'kcab ot tnorf'],
    ['a\u0000b\u2028c', 'ab c'],
    ['a\nb\tc', 'a b c'],
    ['\u200d', ''],
    ['\u3164 \u2800', ''],
    ['Z\u0301\u0302\u0303\u0304\u0305algo', 'Z\u0301\u0302algo'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['x'.repeat(40), 'x'.repeat(24)],
    ['👩\u200d🚀'.repeat(20), '👩\u200d🚀'.repeat(6)],
  ])('%j is shown as %j', (text, name) => {
    expect(nameOf(text)).toBe(name);
  });
});
