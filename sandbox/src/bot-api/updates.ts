import { BlockList, isIP } from 'node:net';
import type { WebhookInfo } from '@grammyjs/types';
import { DEFAULT_TYPES, readAllowedUpdates } from '../updates/update-types.ts';
import type { WebhookSettings } from '../updates/webhook.ts';
import type { Bot } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { ApiError, badRequest, tooManyRequests } from './envelope.ts';
import { isLoopback } from './markup.ts';
import { DONE, type Method } from './method.ts';

const POLL_MAX_SECONDS = 50;

/** Networks that Telegram's servers cannot reach. */
const RESERVED = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  RESERVED.addSubnet(network, prefix, 'ipv4');
}
RESERVED.addAddress('::', 'ipv6');
RESERVED.addAddress('::1', 'ipv6');
RESERVED.addSubnet('fc00::', 7, 'ipv6');
RESERVED.addSubnet('fe80::', 10, 'ipv6');

export const getUpdates: Method = async (_telegram, bot, args) => {
  const { delivery } = bot;
  if (delivery.webhook) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const offset = args.integer('offset', 0);
  const limit = args.integer('limit', 100, 1, 100);
  const timeout = args.integer('timeout', 0, 0, POLL_MAX_SECONDS);
  allowUpdates(bot, args);
  const result = await delivery.poll.take(offset, limit, timeout * 1000);
  if ('conflict' in result) throw new ApiError(409, result.conflict);
  return { result: result.updates };
};

export const setWebhook: Method = (telegram, bot, args) => {
  const { delivery } = bot;
  if (args.text('url') === '') return deleteWebhook(telegram, bot, args);
  const now = Date.now();
  if (now < delivery.nextSetWebhookAtMs) throw tooManyRequests(1);
  delivery.nextSetWebhookAtMs = now + telegram.timings.setWebhookEveryMs;

  const settings = readWebhook(args);
  const drops = args.flag('drop_pending_updates');
  if (!drops && isSame(delivery.webhook?.settings, settings)) {
    allowUpdates(bot, args);
    return { ...DONE, description: 'Webhook is already set' };
  }
  allowUpdates(bot, args);
  if (drops) delivery.updates.clear();
  delivery.setWebhook(settings);
  telegram.events.tellAll({ type: 'state' });
  return { ...DONE, description: 'Webhook was set' };
};

export const deleteWebhook: Method = (telegram, bot, args) => {
  const { delivery } = bot;
  const wasSet = delivery.webhook !== undefined;
  delivery.deleteWebhook();
  if (args.flag('drop_pending_updates')) delivery.updates.clear();
  telegram.events.tellAll({ type: 'state' });
  return { ...DONE, description: wasSet ? 'Webhook was deleted' : 'Webhook is already deleted' };
};

export const getWebhookInfo: Method = (_telegram, bot) => ({ result: webhookInfo(bot) });

export function webhookInfo({ delivery }: Bot): WebhookInfo {
  const { webhook, updates } = delivery;
  const { date, message } = webhook?.lastError ?? {};
  return {
    url: webhook?.settings.url ?? '',
    has_custom_certificate: webhook?.settings.hasCertificate ?? false,
    pending_update_count: updates.all().length,
    ...(date && { last_error_date: date, last_error_message: message }),
    ...(webhook && {
      max_connections: webhook.settings.maxConnections,
      ip_address: webhook.settings.ipAddress,
    }),
    ...(updates.allowed !== DEFAULT_TYPES && {
      allowed_updates: [...updates.allowed] as WebhookInfo['allowed_updates'],
    }),
  };
}

function allowUpdates(bot: Bot, args: Arguments): void {
  bot.delivery.updates.allowed =
    readAllowedUpdates(args.text('allowed_updates')) ?? bot.delivery.updates.allowed;
}

function readWebhook(args: Arguments): WebhookSettings {
  const given = args.text('url');
  const text = /^[a-z]+:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(text)) throw badRequest('invalid webhook URL specified');
  const secretToken = args.text('secret_token');
  if (secretToken.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]*$/.test(secretToken)) throw badRequest('secret token contains unallowed characters');
  checkAddress(new URL(text));
  return {
    url: text,
    secretToken,
    maxConnections: args.integer('max_connections', 40, 1, 100_000),
    hasCertificate: args.files.has('certificate'),
    ipAddress: args.text('ip_address') || addressOf(new URL(text)),
  };
}

/**
 * Plain http and any port are taken on this machine, as a self-hosted Bot API server takes them; elsewhere
 * https.
 */
function checkAddress({ protocol, hostname, port }: URL): void {
  if (isLoopback(hostname) && (protocol === 'http:' || protocol === 'https:')) return;
  if (protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
  const address = hostname.replace(/[[\]]/g, '');
  if (isReserved(address)) throw badRequest(`bad webhook: IP address ${address} is reserved`);
}

function isReserved(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && RESERVED.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function addressOf({ hostname }: URL): string {
  if (hostname === 'localhost') return '127.0.0.1';
  return /^\[|^[\d.]+$/.test(hostname) ? hostname.replace(/[[\]]/g, '') : '<unknown>';
}

function isSame(before: Readonly<WebhookSettings> | undefined, after: WebhookSettings): boolean {
  return JSON.stringify(before) === JSON.stringify(after) && !after.hasCertificate;
}
