import { createHmac } from 'node:crypto';

export type Fields = readonly (readonly [name: string, value: string])[];

/** Launch data that the bot of this token would have signed, whatever it says. */
export function signLaunchData(token: string, fields: Fields): string {
  const text = fields
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(text).digest('hex');
  return queryOf([...fields, ['hash', hash]]);
}

export const queryOf = (fields: Fields): string =>
  fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

/** The fields of a launch, as Telegram sends them. */
export const launchFields = (user: string, atMs: number): [name: string, value: string][] => [
  ['query_id', 'AAHdF6IQAAAAAN0XohDhrOrc'],
  ['user', user],
  ['auth_date', String(Math.floor(atMs / 1_000))],
  ['signature', 'A'.repeat(86)],
];

/** The `auth` of a handshake, by somebody whom the bot's token vouches for. */
export const authOf = (token: string, playerId: number, atMs: number): string =>
  JSON.stringify({
    initData: signLaunchData(
      token,
      launchFields(JSON.stringify({ id: playerId, first_name: 'Mallory' }), atMs),
    ),
    protocol: 1,
  });
