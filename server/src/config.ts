import { z } from 'zod';

const ADDRESS = 'takes an address that begins with https:// or http://.';
const PORT = 'takes a whole number from 0 to 65535.';
const PROXIES = 'takes the number of proxies in front of this server, from 0 to 10.';

const origin = z.url({ protocol: /^https?$/, error: ADDRESS }).transform((text) => new URL(text).origin);
const address = z.url({ protocol: /^https?$/, error: ADDRESS }).transform((text) => text.replace(/\/+$/, ''));

const all = z.object({
  BOT_TOKEN: z
    .string({ error: 'is missing. It is the token BotFather gave you for the bot.' })
    .regex(/^\d+:[A-Za-z0-9_-]+$/, 'is no bot token. BotFather gives one like 123456789:AAH… for each bot.'),
  TELEGRAM_ENV: z.enum(['prod', 'test'], 'takes prod or test.').default('prod'),
  TELEGRAM_API_ROOT: address.default('https://api.telegram.org'),
  TELEGRAM_WEB_ORIGIN: origin.default('https://web.telegram.org'),
  UPDATES: z.enum(['webhook', 'polling'], 'takes webhook or polling.').default('webhook'),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'takes 1 to 256 of A-Z, a-z, 0-9, _ and -, better 16 or more of them.')
    .optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'is missing or no address. It is where Telegram and players reach this server.',
    })
    .transform((text) => text.replace(/\/+$/, '')),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*$/,
      'takes redis://host:port, or several of them with commas.',
    )
    .default('redis://127.0.0.1:6379'),
  REDIS_REPLICAS: z.coerce
    .number('takes a whole number from 0 to 5.')
    .int('takes a whole number from 0 to 5.')
    .min(0, 'takes a whole number from 0 to 5.')
    .max(5, 'takes a whole number from 0 to 5.')
    .default(0),
  PORT: z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).default(3_000),
  HOST: z.string().min(1).default('127.0.0.1'),
  TRUST_PROXY: z.coerce.number(PROXIES).int(PROXIES).min(0, PROXIES).max(10, PROXIES).default(0),
  CATALOG: z.string().min(1).default('assets/catalog/items.json'),
  ADMIN_IDS: z
    .string()
    .regex(/^\d+(\s*,\s*\d+)*$/, 'takes Telegram user ids with commas, like 279058397,1234567.')
    .transform((text) => text.split(',').map(Number))
    .default([]),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'takes fatal, error, warn, info, debug, trace or silent.',
    )
    .default('info'),
});

const settings = all.superRefine(
  ({ UPDATES, WEBHOOK_SECRET }, context) => {
    if (UPDATES === 'polling' || WEBHOOK_SECRET !== undefined) return;
    const message =
      'is missing. Without it anyone could tell this server of a payment; choose 16 or more random characters.';
    context.addIssue({ code: 'custom', path: ['WEBHOOK_SECRET'], message });
  },
  // Also beside other problems, so that an operator reads of all at once.
  { when: () => true },
);

const storeSettings = all.pick({
  BOT_TOKEN: true,
  TELEGRAM_ENV: true,
  TELEGRAM_API_ROOT: true,
  TELEGRAM_WEB_ORIGIN: true,
  REDIS_URL: true,
  REDIS_REPLICAS: true,
  CATALOG: true,
});

export interface Config {
  telegram: { token: string; botId: number; env: 'prod' | 'test'; apiRoot: string; webOrigin: string };
  updates: { kind: 'polling' } | { kind: 'webhook'; secret: string };
  publicUrl: string;
  redisUrl: string;
  /** How many replicas must have a payment before Telegram is told that it arrived. */
  redisReplicas: number;
  port: number;
  host: string;
  /** Proxies in front of this server, each of which adds the address it was asked from. */
  trustProxy: number;
  catalogFile: string;
  adminIds: number[];
  logLevel: string;
}

/** A setting is wrong or missing; the message is one line that names it and says what it takes. */
export class WrongSetting extends Error {}

/** What the programs need that look after the store and have no door: where it is, and Telegram's ledger. */
export type StoreConfig = Pick<Config, 'telegram' | 'redisUrl' | 'redisReplicas' | 'catalogFile'>;

/** The server's settings, read from the environment. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const rest = read(settings, environment);
  return {
    ...storeConfigOf(rest),
    updates:
      rest.UPDATES === 'webhook' && rest.WEBHOOK_SECRET !== undefined
        ? { kind: 'webhook', secret: rest.WEBHOOK_SECRET }
        : { kind: 'polling' },
    publicUrl: rest.PUBLIC_URL,
    port: rest.PORT,
    host: rest.HOST,
    trustProxy: rest.TRUST_PROXY,
    adminIds: rest.ADMIN_IDS,
    logLevel: rest.LOG_LEVEL,
  };
}

/** The part of the settings that names the store and Telegram. */
export function readStoreConfig(environment: Record<string, string | undefined>): StoreConfig {
  return storeConfigOf(read(storeSettings, environment));
}

function read<T>(schema: z.ZodType<T>, environment: Record<string, string | undefined>): T {
  // An empty value means the same as none: that is what shells and compose files pass on for an unset variable.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new WrongSetting(`Wrong settings: ${lines.join(' · ')}`);
}

function storeConfigOf({ BOT_TOKEN: token, ...rest }: z.infer<typeof storeSettings>): StoreConfig {
  return {
    telegram: {
      token,
      botId: Number(token.split(':')[0]),
      env: rest.TELEGRAM_ENV,
      apiRoot: rest.TELEGRAM_API_ROOT,
      webOrigin: rest.TELEGRAM_WEB_ORIGIN,
    },
    redisUrl: rest.REDIS_URL,
    redisReplicas: rest.REDIS_REPLICAS,
    catalogFile: rest.CATALOG,
  };
}

/** What is allowed and still not wise: one line each. */
export function adviceOn({ updates, adminIds, publicUrl, trustProxy }: Config): string[] {
  const advice: string[] = [];
  if (updates.kind === 'webhook' && updates.secret.length < 16)
    advice.push('WEBHOOK_SECRET is short: 16 or more random characters are hard to guess.');
  if (adminIds.length === 0) advice.push("ADMIN_IDS is empty: nobody reads players' support messages.");
  if (trustProxy === 0 && publicUrl.startsWith('https:'))
    advice.push(
      'TRUST_PROXY is 0, but TLS ends in front of this server: nobody is limited by their address.',
    );
  return advice;
}
