import { Raw, type Tree, Twice } from './tree.ts';

/** One way in which a value is not what it should be. `undefined` means that it is not there. */
export interface Corruption {
  name: string;
  of(value: Tree): Tree | undefined;
}

const always = (name: string, tree: Tree): Corruption => ({ name, of: () => tree });
const text = (name: string, value: string): Corruption => always(name, value);
const raw = (name: string, written: string): Corruption => always(name, new Raw(written));

const DEEP = 10_000;

export const CORRUPTIONS: readonly Corruption[] = [
  { name: 'missing', of: () => undefined },
  always('null', null),
  { name: 'another type', of: (value) => (typeof value === 'string' ? 7 : 'seven') },
  always('true', true),
  always('an object', {}),
  text('empty', ''),
  always('0', 0),
  always('-1', -1),
  always('1.5', 1.5),
  raw('1e21', '1e21'),
  raw('2^53+1', '9007199254740993'),
  raw('2^63', '9223372036854775808'),
  text('NaN', 'NaN'),
  text('10 kB', 'a'.repeat(10_240)),
  text('emoji', '🚀👩‍👩‍👧‍👦'),
  raw('a lone surrogate', '"\\ud83d"'),
  text('right to left', '‮gnp.exe'),
  text('NUL', 'a\u0000b'),
  text('__proto__', '__proto__'),
  text('constructor', 'constructor'),
  raw('a polluting object', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  { name: 'in an array', of: (value) => [value] },
  { name: 'twice, wrong last', of: (value) => new Twice(value, null) },
  { name: 'twice, wrong first', of: (value) => new Twice({ a: [] }, value) },
  raw('arrays 10,000 deep', '['.repeat(DEEP) + ']'.repeat(DEEP)),
  raw('objects 10,000 deep', `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
  text('braces', '{b0001}:i:1'),
  text('CRLF', '\r\n*1\r\n$8\r\nFLUSHALL\r\n'),
  text('Lua quotes', `"]] .. redis.call('FLUSHALL') .. '`),
];
