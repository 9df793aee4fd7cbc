import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readStoreConfig, type StoreConfig, WrongSetting } from '../config.ts';
import { redact } from '../log.ts';
import { connectRedis, type Redis } from '../redis/client.ts';
import { createCursor } from '../redis/cursor.ts';
import { cursorKey, REVISIONS_KEY } from '../redis/keys.ts';
import { connectBot } from '../telegram/bot.ts';
import { createStars } from '../telegram/stars.ts';
import { type Audit, audit } from './audit.ts';
import { readCatalogues } from './catalogues.ts';
import { LedgerUnreachable, patiently } from './patience.ts';
import { soldAs } from './prices.ts';
import { auditAsJson, type Effort, formatAudit } from './report.ts';
import { createBooks } from './store/books.ts';

const USAGE = `Holds the store and Telegram's ledger against each other and against the rules, while the shop goes on.
It takes the settings of the server, and changes nothing.

  npm run audit             says what is wrong, one line each
  npm run audit -- --json   the same as one JSON object

It ends with 0 when all is well, with 1 when something is wrong, with 2 when it could not be found out.`;

/** What could not be found out is another matter than what is wrong. */
const CLEAN = 0;
const BROKEN = 1;
const FAILED = 2;

/** Audits what the settings name, over connections of its own. */
export async function auditStore(
  config: StoreConfig,
  clock: { nowMs(): number } = { nowMs: () => Date.now() },
): Promise<Audit> {
  const { telegram, redisUrl, catalogFile } = config;
  const redis = await connectRedis(redisUrl, 'money', () => {});
  try {
    const { prices, breaches, notes } = await readCatalogues(catalogFile, storedCatalogues(redis));
    const result = await audit({
      books: createBooks(redis, ({ revision, sku }) => soldAs(prices, revision, sku)?.stock !== undefined),
      stars: patiently(createStars(connectBot(config).api), telegram.apiRoot),
      cursor: createCursor(redis, telegram.botId),
      cursorKey: cursorKey(telegram.botId),
      prices,
      breaches,
      clock,
    });
    for (const note of notes) result.findings.note(note);
    return result;
  } finally {
    redis.destroy();
  }
}

/** A few at a time: there is one for every change that a designer ever published. */
async function* storedCatalogues(redis: Redis): AsyncGenerator<{ id: string; text: string }> {
  let cursor = '0';
  do {
    const page = await redis.hScan(REVISIONS_KEY, cursor, { COUNT: 10 });
    cursor = page.cursor;
    for (const { field: id, value: text } of page.entries) yield { id, text };
  } while (cursor !== '0');
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return CLEAN;
  }
  const startedMs = performance.now();
  const result = await auditStore(readStoreConfig(process.env));
  const effort: Effort = {
    seconds: Math.round(performance.now() - startedMs) / 1_000,
    peakMiB: Math.ceil(process.resourceUsage().maxRSS / 1_024),
  };
  if (values.json) console.log(JSON.stringify(auditAsJson(result, effort)));
  else for (const line of formatAudit(result, effort)) console.log(line);
  return result.findings.isClean() ? CLEAN : BROKEN;
}

/** One line: what went wrong, and what to do. */
function explain(error: unknown): string {
  if (error instanceof WrongSetting) return error.message;
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof LedgerUnreachable || /^Redis at /.test(why)) return why;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return `${why}. There is only --json, and --help.`;
  return `The audit broke off: ${why}. Nothing was changed. See that Redis stays up, then audit again.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(redact(explain(error)));
      process.exitCode = FAILED;
    },
  );
}
