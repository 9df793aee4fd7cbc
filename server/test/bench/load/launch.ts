import { createHmac, randomBytes } from 'node:crypto';
import { TOKEN } from '../token.ts';

const KEY = createHmac('sha256', 'WebAppData').update(TOKEN).digest();

/** Launch data as Telegram signs it, of the usual length. */
export function launchData(playerId: number): string {
  const user = { id: playerId, first_name: 'Alexandra', last_name: '', username: 'alexandra_77' };
  const fields: Record<string, string> = {
    query_id: `AAH${randomBytes(15).toString('base64url')}`,
    user: JSON.stringify({ ...user, language_code: 'en', allows_write_to_pm: true }),
    auth_date: String(Math.floor(Date.now() / 1_000)),
    signature: randomBytes(64).toString('base64url'),
  };
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const hash = createHmac('sha256', KEY).update(text).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
