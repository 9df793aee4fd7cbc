import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Config } from '../config.ts';

/**
 * Whom limits count by; undefined for an address that says nothing of who asks. That is one of this machine, where only
 * its own programs and proxies are, and behind TLS that ends elsewhere the proxy's, unless we are told to look behind it:
 * counting by that would shut out everybody at once.
 */
export function createAddressOf({ publicUrl, trustProxy }: Pick<Config, 'publicUrl' | 'trustProxy'>) {
  const hidden = trustProxy === 0 && publicUrl.startsWith('https:');
  return ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string | undefined => {
    if (hidden) return undefined;
    const [forwarded = []] = [headers['x-forwarded-for']].flat().map((list) => list?.split(','));
    const way = [...forwarded.map((each) => each.trim()), socket.remoteAddress ?? ''];
    // Each proxy adds whom it was asked by; what stands before the first of ours, anybody may have written.
    const address = (way.at(-1 - trustProxy) ?? way[0] ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    if (address === '' || address === '::1' || address.startsWith('127.')) return undefined;
    return isIPv6(address) ? networkOf(address) : address.slice(0, 64);
  };
}

/** One customer is given a whole /64; counting single addresses would count nothing. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = [
    ...head,
    ...Array<string>(Math.max(0, 8 - head.length - (tail?.length ?? 0))).fill('0'),
    ...(tail ?? []),
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
