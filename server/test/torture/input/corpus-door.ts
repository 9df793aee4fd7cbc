import { createSessions } from '../../../src/telegram/session.ts';
import type { Case, Target } from './corpus.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { authOf, type Fields, launchFields, queryOf, signLaunchData } from './launch-data.ts';
import { pathsOf, type Tree, textOf, valueAt, withAt } from './tree.ts';

const PLAYER = 6_000_000;
const USER: Tree = { id: PLAYER, first_name: 'Mallory', language_code: 'en' };
const OTHER_BOT = '7000000009:another-bot-of-somebody-elses-own';
const HASH = /[0-9a-f]{64}$/;

/** What is shown, and why the door has to stay shut: undefined when it opens, absent where either will do. */
type Shown = [name: string, corruption: string, auth: string, must?: { refusal: string | undefined }];
const OPENS = { refusal: undefined };
const UNAUTHORIZED = { refusal: 'unauthorized' };
const EXPIRED = { refusal: 'expired' };

/** All that can be shown at the door: each field of it wrong in each way, and right in the wrong place or time. */
export function doorCases({ token }: Target): Case[] {
  const nowMs = Date.now();
  const initData = signLaunchData(token, launchFields(textOf(USER), nowMs));
  const known = { player: { id: PLAYER, language: 'en' as const, name: '' }, launchedAtMs: nowMs };
  const session = createSessions(token).issue(known, nowMs).token;
  const all: Shown[] = [
    ...corrupted('launch data', { initData, protocol: 1 }),
    ...corrupted('a session', { session, protocol: 1 }),
    ...signedUsers(token, nowMs),
    ...signedFields(token, nowMs),
    ...occasions(token, nowMs),
    ...forgedData(initData),
    ...forgedSessions(session),
    ...[0, 2, '1', [1], 1.1].map(
      (protocol): Shown => [
        `protocol ${JSON.stringify(protocol)}`,
        'another protocol',
        JSON.stringify({ initData, protocol }),
        { refusal: 'protocol' },
      ],
    ),
  ];
  return all.map(([name, corruption, auth, must]) => ({
    kind: 'handshake',
    name,
    corruption,
    auth,
    ...(must && { must }),
  }));
}

const withData = (initData: string): string => JSON.stringify({ initData, protocol: 1 });

function corrupted(what: string, tree: Tree): Shown[] {
  return pathsOf(tree).flatMap((path) =>
    CORRUPTIONS.map(({ name, of }): Shown => {
      const auth = textOf(withAt(tree, path, of(valueAt(tree, path))));
      return [`${what} is shown: ${path.join('.') || 'all of it'} is ${name}`, name, auth];
    }),
  );
}

/** Signed all the same: what is behind the signature must be as wary. */
function signedUsers(token: string, nowMs: number): Shown[] {
  return pathsOf(USER).flatMap((path) =>
    CORRUPTIONS.map(({ name, of }): Shown => {
      const user = textOf(withAt(USER, path, of(valueAt(USER, path))));
      const auth = withData(signLaunchData(token, launchFields(user, nowMs)));
      return [`signed: user${path.map((key) => `.${key}`).join('')} is ${name}`, name, auth];
    }),
  );
}

function signedFields(token: string, nowMs: number): Shown[] {
  return ['auth_date', 'query_id'].flatMap((field) =>
    CORRUPTIONS.map(({ name, of }): Shown => {
      const tree = of(field);
      const text = typeof tree === 'string' ? tree : tree === undefined ? undefined : textOf(tree);
      const fields = launchFields(textOf(USER), nowMs).flatMap(([key, value]): Fields => {
        if (key !== field) return [[key, value]];
        return text === undefined ? [] : [[key, text]];
      });
      return [`signed: ${field} is ${name}`, name, withData(signLaunchData(token, fields))];
    }),
  );
}

/** Nothing is wrong with it but when, and to whom, it is shown. */
function occasions(token: string, nowMs: number): Shown[] {
  const launchedAtMs = nowMs - 90_000_000;
  const known = { player: { id: PLAYER, language: 'en' as const, name: '' }, launchedAtMs };
  const old = createSessions(token).issue(known, nowMs).token;
  const foreign = createSessions(OTHER_BOT).issue({ ...known, launchedAtMs: nowMs }, nowMs).token;
  return [
    ['launch data shown again and again', 'replayed', authOf(token, PLAYER, nowMs), OPENS],
    ['launch data of an hour ago', 'expired', authOf(token, PLAYER, nowMs - 3_700_000), EXPIRED],
    ['launch data of tomorrow', 'too early', authOf(token, PLAYER, nowMs + 86_400_000), UNAUTHORIZED],
    ['launch data of another bot', 'of another bot', authOf(OTHER_BOT, PLAYER, nowMs), UNAUTHORIZED],
    ['a session past its day', 'expired', JSON.stringify({ session: old, protocol: 1 }), EXPIRED],
    [
      'a session of another bot',
      'of another bot',
      JSON.stringify({ session: foreign, protocol: 1 }),
      UNAUTHORIZED,
    ],
  ];
}

function forgedData(initData: string): Shown[] {
  const flipped = [0, 1, 31, 62, 63].map((at): Shown => {
    const other = (hash: string): string =>
      hash.slice(0, at) + (hash[at] === '0' ? '1' : '0') + hash.slice(at + 1);
    return [
      `digit ${at} of the hash is another`,
      'forged',
      withData(initData.replace(HASH, other)),
      UNAUTHORIZED,
    ];
  });
  const inCapitals = initData.replace(HASH, (hash) => hash.toUpperCase());
  const otherUser = initData.replace(String(PLAYER), String(PLAYER + 1));
  const hidden = signLaunchData(OTHER_BOT, [['auth_date', `1\nuser=${textOf(USER)}`]]);
  const user = queryOf([['user', textOf(USER)]]);
  const others: [name: string, shown: string, must: { refusal: string | undefined }][] = [
    ['the hash in capitals', inCapitals, /[A-F]/.test(inCapitals.slice(-64)) ? UNAUTHORIZED : OPENS],
    ['no hash', initData.replace(/&hash=.*/, ''), UNAUTHORIZED],
    ['half a hash', initData.slice(0, -32), UNAUTHORIZED],
    ['two hashes', `${initData}&hash=${'0'.repeat(64)}`, UNAUTHORIZED],
    ['two users', `${user}&${initData}`, UNAUTHORIZED],
    ['another user under the hash', otherUser, UNAUTHORIZED],
    ['a field more', `${initData}&admin=1`, UNAUTHORIZED],
    ['fields that hide another in a value', hidden, UNAUTHORIZED],
    ['the user alone', user, UNAUTHORIZED],
    // Neither is part of what is signed.
    ['fields in another order', initData.split('&').reverse().join('&'), OPENS],
    ['a question mark in front', `?${initData}`, OPENS],
  ];
  return [...flipped, ...others.map(([name, shown, must]): Shown => [name, 'forged', withData(shown), must])];
}

function forgedSessions(session: string): Shown[] {
  const forged = {
    'cut short': session.slice(0, -1),
    'with a letter more': `${session}A`,
    'of another language': session.replace('.en.', '.ru.'),
    'of another version': session.replace('s2.', 's3.'),
    'of another player': session.replace(String(PLAYER), '1'),
  };
  return Object.entries(forged).map(([name, text]) => [
    `a session ${name}`,
    'forged',
    JSON.stringify({ session: text, protocol: 1 }),
    UNAUTHORIZED,
  ]);
}
