import type { Case, Target } from './corpus.ts';
import { CUT, caseOf, get, HOST, POST, request, SECRET, type Sent } from './http-text.ts';

/** HTTP as it should not be: its head, its path, engine.io's other transport, and what is no HTTP at all. */
export const wireCases = ({ secret }: Target): Case[] =>
  [...hugeHeads(), ...badHeads(secret), ...upgrades(secret), ...paths(), ...polling(), ...noise()].map(
    caseOf,
  );

function hugeHeads(): Sent[] {
  return [
    ['a header of 20 kB', 'huge headers', get('/healthz', `X: ${'a'.repeat(20_000)}`), [431]],
    ['a header of 1 MB', 'huge headers', get('/healthz', `X: ${'a'.repeat(1 << 20)}`), [431, 0]],
    [
      '1,900 headers',
      'huge headers',
      get('/healthz', ...Array.from({ length: 1_900 }, (_, i) => `X${i}: a`)),
    ],
    [
      '5,000 headers',
      'huge headers',
      get('/healthz', ...Array.from({ length: 5_000 }, (_, i) => `X${i}: a`)),
    ],
    ['a path of 100 kB', 'huge headers', get(`/${'a'.repeat(100_000)}`), [431, 0]],
    ['a header name of 20 kB', 'huge headers', get('/healthz', `${'X'.repeat(20_000)}: a`), [431]],
    ['a query of 2,000 names', 'huge headers', get(`/healthz?${'a=1&'.repeat(2_000)}`)],
  ];
}

function badHeads(secret: string): Sent[] {
  const known = `${SECRET}: ${secret}`;
  return [
    ['a NUL in a header', 'a bad head', get('/healthz', 'X: a\u0000b')],
    ['a line feed in a header', 'a bad head', get('/healthz', 'X: a\nInjected: yes')],
    ['a header folded', 'a bad head', get('/healthz', 'X: a\r\n b')],
    ['no colon', 'a bad head', get('/healthz', 'X')],
    ['two hosts', 'a bad head', get('/healthz', 'Host: other.example')],
    ['no host', 'a bad head', 'GET /healthz HTTP/1.1\r\n\r\n'],
    ['line feeds alone', 'a bad head', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
    ['an unknown method', 'a bad head', request('BREW / HTTP/1.1', [])],
    ['a method in small letters', 'a bad head', request('get /healthz HTTP/1.1', [])],
    ['CONNECT', 'a bad head', request('CONNECT game.example:443 HTTP/1.1', [])],
    ['TRACE', 'a bad head', request('TRACE / HTTP/1.1', [])],
    ['OPTIONS *', 'a bad head', request('OPTIONS * HTTP/1.1', [])],
    ['HTTP/0.9', 'a bad head', 'GET /healthz\r\n\r\n'],
    ['HTTP/1.0', 'a bad head', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['HTTP/9.9', 'a bad head', 'GET /healthz HTTP/9.9\r\n\r\n'],
    ['an expectation', 'a bad head', request(POST, [known, 'Expect: 200-ok', 'Content-Length: 2'], '{}')],
    ['100-continue, and then nothing', CUT, request(POST, ['Expect: 100-continue', 'Content-Length: 2'])],
    [
      'a forwarded list of 1,000',
      'a bad head',
      get('/healthz', `X-Forwarded-For: ${'1.2.3.4, '.repeat(1_000)}5.6.7.8`),
    ],
    [
      'a forwarded address that is none',
      'a bad head',
      get('/healthz', "X-Forwarded-For: ::ffff:'; DROP TABLE"),
    ],
    ['a range of everything', 'a bad head', get('/healthz', `Range: bytes=${'0-,'.repeat(1_000)}`)],
    ['an accept that is none', 'a bad head', get('/metrics', 'Accept: ;;;q=', 'Accept-Encoding: ,,,;q=9')],
  ];
}

const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

function upgrades(secret: string): Sent[] {
  const socket = '/socket.io/?EIO=4&transport=websocket';
  const foreign = 'Origin: https://evil.example';
  return [
    ['an upgrade to h2c', 'an upgrade', get('/healthz', 'Upgrade: h2c', 'Connection: Upgrade')],
    ['an upgrade of the webhook', 'an upgrade', request(POST, [`${SECRET}: ${secret}`, ...UPGRADE, KEY])],
    ['a WebSocket of a foreign origin', 'an upgrade', get(socket, ...UPGRADE, KEY, foreign), [403]],
    ['a WebSocket without a key', 'an upgrade', get(socket, ...UPGRADE), [400]],
    ['a WebSocket elsewhere', 'an upgrade', get('/telegram/webhook', ...UPGRADE, KEY)],
  ];
}

function paths(): Sent[] {
  const all = [
    '//telegram/webhook',
    '/telegram/webhook/',
    '/Telegram/Webhook',
    '/telegram%2fwebhook',
    '/./telegram/webhook',
    '/telegram/webhook;a=b',
    '/assets/../../etc/passwd',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fetc%2fpasswd',
    '/assets/%00',
    '/assets/%E0%A4%A',
    '/assets/%',
    '/%',
    '/%00',
    '/..',
    '/../..',
    '/\\..\\..',
    '/assets/\\..\\..\\server\\package.json',
    '/.env',
    '/.git/config',
    '/server/package.json',
    '/metrics/',
    '/metrics?name[]=x',
    '/healthz/../metrics',
    '/readyz?__proto__[a]=1',
    '*',
    'http://other.example/healthz',
    '/%ff%fe',
    '/💥',
  ];
  return [
    ...all.map((path): Sent => [`GET ${path}`, 'a path', get(path)]),
    // 503 while the client is not built.
    ['GET /?a[]=x', 'a path', get('/?tgWebAppStartParam[]=x'), [200, 503]],
    ['GET /#x', 'a path', get('/#x'), [200, 503]],
  ];
}

/** Engine.io's other transport, by those who have no session of it. */
function polling(): Sent[] {
  const queries = [
    '',
    '?',
    '?EIO=4',
    '?EIO=3&transport=polling',
    '?EIO=5&transport=polling',
    '?EIO=4&transport=polling&j=0',
    '?EIO=4&transport=polling&j=alert(1)',
    '?EIO=4&transport=polling&b64=1',
    '?EIO=4&transport=foo',
    '?EIO=4&transport=__proto__',
    '?EIO=4&transport=constructor',
    '?EIO=4&transport=polling&sid=x',
    '?EIO=4&transport=polling&sid=__proto__',
    '?EIO=4&transport=websocket',
    '?EIO=4&EIO=3&transport=polling',
    '?EIO[]=4&transport[]=polling',
    '?EIO=4&transport=polling&sid[]=x',
    '?EIO=4&transport=webtransport',
  ];
  return queries.flatMap((query): Sent[] => [
    [`GET /socket.io/${query}`, 'engine.io', get(`/socket.io/${query}`)],
    [
      `POST /socket.io/${query}`,
      'engine.io',
      request(`POST /socket.io/${query} HTTP/1.1`, ['Content-Length: 5'], '40{}\u001e'),
    ],
  ]);
}

function noise(): Sent[] {
  return [
    ['a TLS hello', 'no HTTP', Buffer.from('16030100a5010000a10303', 'hex')],
    ['the preface of HTTP/2', 'no HTTP', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a command of Redis', 'no HTTP', '*1\r\n$8\r\nFLUSHALL\r\n'],
    ['SSH', 'no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['zeros', 'no HTTP', Buffer.alloc(1_024)],
    ['a megabyte of 255', 'no HTTP', Buffer.alloc(1 << 20, 255)],
    ['half a head', CUT, 'GET /healthz HTTP/1.1\r\nHos'],
    ['a thousand requests at once', 'no HTTP', `GET /healthz HTTP/1.1\r\n${HOST}\r\n\r\n`.repeat(1_000)],
    ['empty lines', CUT, '\r\n'.repeat(1_000)],
  ];
}
