import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Marks texts that only a holder of the bot's token can have written. Another token makes all of them void. */
export interface Seal {
  /** 43 characters of base64url. */
  of(text: string): string;
  /** In constant time, as text: several spellings of one seal would be several tokens for one thing. */
  fits(text: string, given: string): boolean;
}

/** @param purpose keeps what was sealed for one thing from being shown for another */
export function createSeal(botToken: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', botToken, '', purpose, 32));
  const of = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  return {
    of,
    fits(text, given) {
      const expected = Buffer.from(of(text));
      const sealed = Buffer.from(given);
      return sealed.length === expected.length && timingSafeEqual(sealed, expected);
    },
  };
}
