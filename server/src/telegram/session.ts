import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { LANGUAGES } from '@stardrift/shared/catalog';
import type { Player } from '../purchase/ports.ts';

const HOUR_MS = 3_600_000;
/** Without being renewed: a phone may sleep through an evening and is let in again. */
export const SESSION_LIFE_MS = 6 * HOUR_MS;
/**
 * A session is renewed while its socket lives, but never past a day after Telegram said who plays. Whoever stole one
 * can keep it alive as the player can, so it has to end by itself; a day is what a run, a night and a run need.
 */
export const LAUNCH_LIFE_MS = 24 * HOUR_MS;

/** Who plays, and when Telegram said so. */
export interface Launched {
  player: Player;
  launchedAtMs: number;
}
export type ReadSession = ({ ok: true } & Launched) | { ok: false; reason: 'unauthorized' | 'expired' };

/** version, player, language, launch and end in ms, and the seal over all of them */
const TOKEN = /^(s1\.(\d{1,16})\.([a-z]{2})\.(\d{1,16})\.(\d{1,16}))\.([\w-]{43})$/;

/**
 * Sessions that nobody has to remember: each says whom it is for and until when, and is sealed with a key that only a
 * holder of the bot's token can make. Another token ends them all.
 */
export function createSessions(botToken: string) {
  const key = Buffer.from(hkdfSync('sha256', botToken, '', 'stardrift session', 32));
  const seal = (text: string): Buffer =>
    Buffer.from(createHmac('sha256', key).update(text).digest('base64url'));

  return {
    issue({ player, launchedAtMs }: Launched, nowMs: number): { token: string; expiresAtMs: number } {
      const expiresAtMs = Math.min(nowMs + SESSION_LIFE_MS, launchedAtMs + LAUNCH_LIFE_MS);
      const text = `s1.${player.id}.${player.language}.${launchedAtMs}.${expiresAtMs}`;
      return { token: `${text}.${seal(text)}`, expiresAtMs };
    },
    read(token: string, nowMs: number): ReadSession {
      const [, text = '', id, tag, launchedAt, expiresAt, given = ''] = TOKEN.exec(token) ?? [];
      const expected = seal(text);
      const sealed = Buffer.from(given);
      // As text: several spellings of one seal would be several tokens for one session.
      if (sealed.length !== expected.length || !timingSafeEqual(sealed, expected))
        return { ok: false, reason: 'unauthorized' };
      const language = LANGUAGES.find((known) => known === tag) ?? 'en';
      if (nowMs >= Number(expiresAt)) return { ok: false, reason: 'expired' };
      return { ok: true, player: { id: Number(id), language }, launchedAtMs: Number(launchedAt) };
    },
  };
}
