import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { queryId } from './ids.ts';
import type { Bot, Player } from './world.ts';

/** How the host opens a Mini App. */
export interface Launch {
  platform: string;
  version: string;
  themeParams: Readonly<Record<string, string>>;
  startParam?: string;
  fullscreen?: boolean;
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The sandbox's own key pair; it is the same everywhere, for it protects nothing. */
const PRIVATE_KEY: KeyObject = createPrivateKey({
  key: Buffer.concat([PKCS8_ED25519, createHash('sha256').update('A Telegram on your own machine').digest()]),
  format: 'der',
  type: 'pkcs8',
});

/** What third parties check `signature` against, in hex: the counterpart of the keys Telegram publishes. */
export const PUBLIC_KEY_HEX = createPublicKey(PRIVATE_KEY)
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('hex');

/**
 * The initData of a launch by that player: a query string whose `hash` is an HMAC with the bot's token and whose
 * `signature` is an Ed25519 signature over the same fields.
 */
export function initData(bot: Bot, player: Player, startParam?: string, atMs = Date.now()): string {
  const fields: [string, string][] = [
    ['query_id', `AAH${Buffer.from(queryId()).toString('base64url').slice(0, 20)}`],
    ['user', userJson(player)],
    ['auth_date', String(Math.floor(atMs / 1000))],
  ];
  if (startParam) fields.push(['start_param', startParam]);
  fields.push(['signature', signature(bot, checkString(fields))]);
  fields.push(['hash', hash(bot, checkString(fields))]);
  return fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** Telegram escapes slashes in this JSON, which is why it has to be checked as it came. */
function userJson(player: Player): string {
  return JSON.stringify({
    id: player.id,
    first_name: player.first_name,
    last_name: '',
    ...(player.username && { username: player.username }),
    language_code: player.language_code,
    allows_write_to_pm: true,
  }).replaceAll('/', '\\/');
}

function checkString(fields: readonly [string, string][]): string {
  return fields
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}

function hash(bot: Bot, text: string): string {
  const secret = createHmac('sha256', 'WebAppData').update(bot.token).digest();
  return createHmac('sha256', secret).update(text).digest('hex');
}

function signature(bot: Bot, text: string): string {
  return sign(null, Buffer.from(`${bot.user.id}:WebAppData\n${text}`), PRIVATE_KEY).toString('base64url');
}

/** The launch parameters of a Mini App, as they stand in the hash of its address. */
export function launchParameters(bot: Bot, player: Player, launch: Launch): string {
  const parameters = new Map([
    ['tgWebAppData', initData(bot, player, launch.startParam)],
    ['tgWebAppVersion', launch.version],
    ['tgWebAppPlatform', launch.platform],
    ['tgWebAppThemeParams', JSON.stringify(launch.themeParams)],
  ]);
  if (launch.startParam) parameters.set('tgWebAppStartParam', launch.startParam);
  if (launch.fullscreen) parameters.set('tgWebAppFullscreen', '1');
  return [...parameters].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/**
 * The address of a Mini App with its launch parameters; a start parameter is also a plain query parameter.
 */
export function launchUrl(url: string, bot: Bot, player: Player, launch: Launch): string {
  const target = new URL(url);
  if (launch.startParam) target.searchParams.set('tgWebAppStartParam', launch.startParam);
  return appendToHash(target.href, launchParameters(bot, player, launch));
}

/** Telegram's rule for an address that has a hash of its own. */
export function appendToHash(url: string, parameters: string): string {
  const mark = url.indexOf('#');
  if (mark < 0) return `${url}#${parameters}`;
  const own = url.slice(mark + 1);
  if (own === '') return url + parameters;
  return url + (/[=?]/.test(own) ? '&' : '?') + parameters;
}

export const LIGHT_THEME: Readonly<Record<string, string>> = {
  bg_color: '#ffffff',
  text_color: '#000000',
  hint_color: '#707579',
  link_color: '#3390ec',
  button_color: '#3390ec',
  button_text_color: '#ffffff',
  secondary_bg_color: '#f4f4f5',
  header_bg_color: '#ffffff',
  accent_text_color: '#3390ec',
  section_bg_color: '#ffffff',
  section_header_text_color: '#707579',
  section_separator_color: '#e7e7e8',
  subtitle_text_color: '#707579',
  destructive_text_color: '#e53935',
  bottom_bar_bg_color: '#ffffff',
};
