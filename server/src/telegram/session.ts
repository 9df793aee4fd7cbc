import { LANGUAGES } from '@stardrift/shared/catalog';
import type { Player } from '../purchase/ports.ts';
import { createSeal } from '../seal.ts';

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

/** version, player, language, name, launch and end in ms, and the seal over all of them */
const TOKEN = /^(s2\.(\d{1,16})\.([a-z]{2})\.([\w-]{0,96})\.(\d{1,16})\.(\d{1,16}))\.([\w-]{43})$/;

/** Sessions that nobody has to remember: each says whom it is for and until when, and is sealed. */
export function createSessions(botToken: string) {
  const seal = createSeal(botToken, 'stardrift session');

  return {
    issue({ player, launchedAtMs }: Launched, nowMs: number): { token: string; expiresAtMs: number } {
      const expiresAtMs = Math.min(nowMs + SESSION_LIFE_MS, launchedAtMs + LAUNCH_LIFE_MS);
      const name = Buffer.from(player.name).toString('base64url');
      const text = `s2.${player.id}.${player.language}.${name}.${launchedAtMs}.${expiresAtMs}`;
      return { token: `${text}.${seal.of(text)}`, expiresAtMs };
    },
    read(token: string, nowMs: number): ReadSession {
      const [, text = '', id, tag, encoded = '', launchedAt, expiresAt, given = ''] = TOKEN.exec(token) ?? [];
      if (!seal.fits(text, given)) return { ok: false, reason: 'unauthorized' };
      const language = LANGUAGES.find((known) => known === tag) ?? 'en';
      if (nowMs >= Number(expiresAt)) return { ok: false, reason: 'expired' };
      const name = Buffer.from(encoded, 'base64url').toString();
      return { ok: true, player: { id: Number(id), language, name }, launchedAtMs: Number(launchedAt) };
    },
  };
}
