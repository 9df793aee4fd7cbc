import { expect, test } from 'vitest';
import { createAddressOf } from './address.ts';

const PLAIN = 'http://game.example';
const TLS = 'https://game.example';

function asked(remoteAddress: string, forwarded: string | undefined, trustProxy = 0, publicUrl = PLAIN) {
  const request = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } };
  return createAddressOf({ publicUrl, trustProxy })(request as never);
}

test.each([
  ['the peer', '203.0.113.5', undefined, 0, '203.0.113.5'],
  ['the peer, whatever it writes of itself', '203.0.113.5', '198.51.100.1', 0, '203.0.113.5'],
  ['the peer, written the IPv6 way', '::ffff:203.0.113.5', undefined, 0, '203.0.113.5'],
  ['whom the proxy was asked by', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['not what stands before that', '10.0.0.1', '1.1.1.1, 198.51.100.1', 1, '198.51.100.1'],
  [
    'whom the first of two proxies was asked by',
    '10.0.0.1',
    '1.1.1.1, 198.51.100.1,10.0.0.2',
    2,
    '198.51.100.1',
  ],
  [
    'the farthest known, when fewer proxies wrote than promised',
    '10.0.0.1',
    '198.51.100.1',
    3,
    '198.51.100.1',
  ],
  ['the peer, when no proxy wrote', '203.0.113.5', undefined, 1, '203.0.113.5'],
  ['a whole network of IPv6', '2001:db8:0:7:1:2:3:4', undefined, 0, '2001:db8:0:7::/64'],
  ['the same network, written short', '2001:DB8:0:7::9', undefined, 0, '2001:db8:0:7::/64'],
  ['a network that is mostly noughts', '2001:db8::1', undefined, 0, '2001:db8:0:0::/64'],
  ['nobody, on this machine', '127.0.0.1', undefined, 0, undefined],
  ['nobody, on this machine by IPv6', '::1', undefined, 0, undefined],
  ['nobody, on this machine by both', '::ffff:127.0.0.1', undefined, 0, undefined],
])('limits count by %s', (_name, peer, forwarded, proxies, expected) => {
  expect(asked(peer, forwarded, proxies)).toBe(expected);
});

test('a proxy that we are not told of stands for nobody: TLS can only end in one', () => {
  expect(asked('10.0.0.1', '198.51.100.1', 0, TLS)).toBeUndefined();
  expect(asked('10.0.0.1', '198.51.100.1', 1, TLS)).toBe('198.51.100.1');
});
