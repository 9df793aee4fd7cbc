import type { Case, Target } from './corpus.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { CUT, caseOf, get, POST, request, SECRET, type Sent } from './http-text.ts';
import { type Stock, wrongSum } from './specimens.ts';
import { type Tree, textOf } from './tree.ts';

/** The webhook as Telegram never calls it: without its secret, or with a body of another length than it says. */
export const webhookCases = ({ secret, stock }: Target): Case[] =>
  [...secrets(secret, stock), ...lengths(secret, stock)].map(caseOf);

/** A payment that would be held, if only the door let it in. */
const bodyOf = (stock: Stock): string => textOf(wrongSum(stock, 7_000_000, 'at-the-door'));

function secrets(secret: string, stock: Stock): Sent[] {
  const body = bodyOf(stock);
  const post = (...headers: string[]): string =>
    request(POST, [...headers, `Content-Length: ${body.length}`], body);
  const others: Record<string, string> = {
    empty: '',
    'without its last letter': secret.slice(0, -1),
    'with a letter more': `${secret}x`,
    'twice as long': secret + secret,
    'in capitals': secret.toUpperCase(),
    'another of the same length': 'x'.repeat(secret.length),
    '8 kB': 'x'.repeat(8_192),
    'behind a comma': `x, ${secret}`,
    'in quotes': `"${secret}"`,
  };
  const wrong = Object.entries(others).map(
    ([name, text]): Sent => [`the secret is ${name}`, 'a wrong secret', post(`${SECRET}: ${text}`), [401]],
  );
  const odd = CORRUPTIONS.map(({ name, of }): Sent => {
    const tree: Tree | undefined = of(secret);
    const text = (typeof tree === 'string' ? tree : tree === undefined ? '' : textOf(tree)).slice(0, 8_192);
    return [`the secret in the form of ${name}`, 'a wrong secret', post(`${SECRET}: ${text}`), [400, 401]];
  });
  return [
    ['no secret', 'a wrong secret', post(), [401]],
    ['the secret twice', 'a wrong secret', post(`${SECRET}: ${secret}`, `${SECRET}: ${secret}`), [401]],
    [
      'the secret in the address',
      'a wrong secret',
      request(
        `POST /telegram/webhook?secret_token=${secret} HTTP/1.1`,
        [`Content-Length: ${body.length}`],
        body,
      ),
      [401],
    ],
    ['the secret under another name', 'a wrong secret', post(`Authorization: Bearer ${secret}`), [401]],
    ['the secret with a space in the name', 'a wrong secret', post(`${SECRET} : ${secret}`), [400, 401]],
    ...wrong,
    ...odd,
  ];
}

function lengths(secret: string, stock: Stock): Sent[] {
  const known = `${SECRET}: ${secret}`;
  const body = bodyOf(stock);
  const post = (headers: string[], sent: string): string => request(POST, [known, ...headers], sent);
  return [
    ['a body of 300 kB', 'a bad length', post(['Content-Length: 307200'], `"${'a'.repeat(307_198)}"`), [413]],
    [
      'a body of 300 kB in chunks',
      'a bad length',
      post(['Transfer-Encoding: chunked'], `4b000\r\n"${'a'.repeat(307_198)}"\r\n0\r\n\r\n`),
      [413],
    ],
    ['a body of 4 GB, announced', CUT, post(['Content-Length: 4294967296'], '{'), [0, 400, 408, 413]],
    ['a length that is too long', CUT, post([`Content-Length: ${body.length + 10}`], body), [0, 400, 408]],
    ['a length that is too short', 'a bad length', post(['Content-Length: 10'], body)],
    ['a negative length', 'a bad length', post(['Content-Length: -1'], body), [400]],
    ['a length in words', 'a bad length', post(['Content-Length: ten'], body), [400]],
    ['a length of 2^64', 'a bad length', post(['Content-Length: 18446744073709551616'], body), [400]],
    [
      'two lengths',
      'a bad length',
      post(['Content-Length: 2', `Content-Length: ${body.length}`], body),
      [400],
    ],
    [
      'a length and chunks',
      'a bad length',
      post(['Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      [400],
    ],
    [
      'chunks of no size',
      'a bad length',
      post(['Transfer-Encoding: chunked'], 'x\r\n{}\r\n0\r\n\r\n'),
      [400],
    ],
    [
      'a chunk of 2^64',
      CUT,
      post(['Transfer-Encoding: chunked'], 'ffffffffffffffff1\r\n{}\r\n'),
      [0, 400, 413],
    ],
    [
      'a chunk with a long extension',
      'a bad length',
      post(['Transfer-Encoding: chunked'], `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
      [0, 400, 413],
    ],
    [
      'chunks in a way that is none',
      'a bad length',
      post(['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'),
    ],
    ['an encoding that is none', 'a bad length', post(['Transfer-Encoding: gzip'], body)],
    [
      'a packed body',
      'a bad length',
      post(['Content-Encoding: gzip', 'Content-Length: 3'], '\u001f\u008b'),
      [400],
    ],
    ['no body', 'a bad length', post(['Content-Length: 0'], ''), [400]],
    [
      'UTF-16',
      'a bad length',
      Buffer.concat([
        Buffer.from(post([`Content-Length: ${body.length * 2}`], '')),
        Buffer.from(body, 'utf16le'),
      ]),
      [400],
    ],
    [
      'a body that is no UTF-8',
      'a bad length',
      Buffer.concat([Buffer.from(post(['Content-Length: 4'], '')), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
      [400],
    ],
    ['GET of the webhook', 'a bad length', get('/telegram/webhook', known), [404]],
    [
      'PUT of the webhook',
      'a bad length',
      request('PUT /telegram/webhook HTTP/1.1', [known, 'Content-Length: 2'], '{}'),
      [404],
    ],
    [
      'a request hidden in a body',
      'a bad length',
      post(['Content-Length: 2'], `{}${get('/healthz')}`),
      [400],
    ],
  ];
}
