import { createHmac, timingSafeEqual } from 'node:crypto';
import { LANGUAGES, type Language } from '@stardrift/shared/catalog';
import { z } from 'zod';
import type { ReadSession } from './session.ts';

/** Long enough to load the game on a train and to reload it; a player who stays longer holds a session. */
export const INIT_DATA_LIFE_SECONDS = 3_600;
/** A date this far ahead is another clock, not another day. */
const CLOCK_SKEW_SECONDS = 60;

const user = z.object({
  id: z.int().positive(),
  first_name: z.string().optional(),
  language_code: z.string().optional(),
});

const unauthorized: ReadSession = { ok: false, reason: 'unauthorized' };

/**
 * Who plays, as signed by Telegram for this bot.
 * @param raw the query string as Telegram made it; it is checked as it came, never rebuilt
 * @see https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
 */
export function verifyInitData(raw: string, botToken: string, nowMs: number): ReadSession {
  const fields = [...new URLSearchParams(raw)];
  const names = new Set(fields.map(([name]) => name));
  // A name given twice could be read one way here and another way elsewhere.
  if (names.size !== fields.length) return unauthorized;
  const hash = fields.find(([name]) => name === 'hash')?.[1];
  if (hash === undefined || !isSignedBy(botToken, fields, hash)) return unauthorized;

  const authDate = Number(fields.find(([name]) => name === 'auth_date')?.[1]);
  const ageSeconds = nowMs / 1_000 - authDate;
  if (!Number.isSafeInteger(authDate) || ageSeconds < -CLOCK_SKEW_SECONDS) return unauthorized;
  if (ageSeconds > INIT_DATA_LIFE_SECONDS) return { ok: false, reason: 'expired' };

  const parsed = user.safeParse(readJson(fields.find(([name]) => name === 'user')?.[1] ?? ''));
  if (!parsed.success) return unauthorized;
  const { id, language_code, first_name = '' } = parsed.data;
  const player = { id, language: languageOf(language_code), name: nameOf(first_name) };
  return { ok: true, player, launchedAtMs: authDate * 1_000 };
}

function isSignedBy(botToken: string, fields: [string, string][], hash: string): boolean {
  const text = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest();
  const expected = createHmac('sha256', secret).update(text).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(hash) ? hash : '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const NAME_CHARACTERS = 24;
const NAME_BYTES = 72;
/** Control characters, those that turn the direction of writing, and stacks of accents: a name must stay in its line. */
const UNRULY = /(?![\u200c\u200d])\p{C}|[\p{Zl}\p{Zp}]|(?<=\p{M}{2})\p{M}/gu;

/** Blanks of some alphabets count as letters. */
const VISIBLE = /[^\p{Z}\p{C}\u115f\u1160\u2800\u3164]/u;

/** What others may read of the name a player gave themselves: one short line. */
export function nameOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(UNRULY, '').trim();
  if (!VISIBLE.test(line)) return '';
  let name = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    const longer = name + segment;
    if (Buffer.byteLength(longer) > NAME_BYTES || [...longer].length > NAME_CHARACTERS) break;
    name = longer;
  }
  return name.trim();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The language we have words in that comes nearest to an IETF tag such as `ru-RU`. */
export function languageOf(tag: string | undefined): Language {
  const wanted = tag?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === wanted) ?? 'en';
}
