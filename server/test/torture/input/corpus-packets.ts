import type { Case, Target } from './corpus.ts';
import { binaryFrameOf, frameOf } from './raw-socket.ts';

/** What engine.io and socket.io read before any of ours: types that do not exist, packets where they don't belong. */
// biome-ignore format: as a table it can be seen at once
const TEXTS = [
  '', '0', '0{}', '0{"sid":"x"}', '1', '2', '2probe', '3', '3probe', '4', '5', '6', '7', '9', 'a', '-1',
  '{', 'b', 'bAAAA', '�', '\u0000', ' 42["inventory"]', '40', '40{}', '40[]', '40null', '40"x"',
  '40/admin,', '40/admin,{}', '40/__proto__,{}', '40/,', '40//,{"a":1}', '40{"initData":"x","protocol":1}',
  '41', '41/admin,', '41{}', '42', '42{}', '42[]', '42[null]', '42[[]]', '42[{}]', '42[1]',
  '42["inventory"', '42["inventory"]', '42/admin,["inventory"]', '42,["inventory"]', '42/["inventory"]',
  '421', '421["inventory"', '429007199254740993["inventory",{}]', '42-1["inventory",{}]',
  '421e9["inventory",{}]', '43', '43[]', '430[]', '4399[{"ok":true}]', '430{}', '44', '44{}', '44"x"',
  '44{"message":"x"}', '45', '450-[]', '451-["order",{"_placeholder":true,"num":0}]',
  '451-77["order",{"_placeholder":true,"num":0}]', '459-["x"]', '45-1-["x"]', '451e9-["x"]',
  '45999999999-["x",{"_placeholder":true,"num":0}]', '451["x"]', '45a-["x"]', '46', '460-77[]',
  '461-77[{"_placeholder":true,"num":5}]', '47', '48', '4a', '4\u0000', '42["__proto__",{}]',
  '42["constructor"]', '42{"0":"order","length":2}', '42["order",{"__proto__":{"sku":"x"}}]',
];

const BINARIES: [name: string, bytes: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['a zero', Buffer.from([0])],
  ['a message of 4', Buffer.from([4, 0x32, 0x5b])],
  ['text in binary', Buffer.from('42["inventory",{}]')],
  ['a kilobyte of 255', Buffer.alloc(1_024, 255)],
  ['16 kB', Buffer.alloc(16_384, 52)],
  ['msgpack', Buffer.from('84a474797065', 'hex')],
];

const CUT_UTF8 = Buffer.from([0x34, 0x32, 0x5b, 0x22, 0xc3, 0x28, 0xff, 0x22, 0x5d]);

/** Bytes that break the rules of WebSocket itself. */
const BROKEN: [name: string, bytes: Buffer][] = [
  ['a frame without a mask', Buffer.from([0x81, 2, 0x34, 0x32])],
  ['a reserved bit', frameOf('42["inventory"]', 0xc1)],
  ['every reserved bit', frameOf('42["inventory"]', 0xf1)],
  ['a reserved opcode', frameOf('x', 0x83)],
  ['a reserved control opcode', frameOf('x', 0x8f)],
  ['a continuation of nothing', frameOf('x', 0x80)],
  ['a text begun twice', Buffer.concat([frameOf('42', 0x01), frameOf('["inventory"]', 0x01)])],
  [
    'a text in many pieces',
    Buffer.concat([
      frameOf('42', 0x01),
      ...Array.from({ length: 200 }, () => frameOf('1', 0x00)),
      frameOf('["inventory",{}]', 0x80),
    ]),
  ],
  ['a text that never ends', frameOf('42["inventory"', 0x01)],
  ['a long ping', frameOf('x'.repeat(200), 0x89)],
  ['a ping in pieces', frameOf('x', 0x09)],
  ['a hundred pings', Buffer.concat(Array.from({ length: 100 }, () => frameOf('x', 0x89)))],
  ['a pong nobody asked for', frameOf('x', 0x8a)],
  ['a close without a code', frameOf('', 0x88)],
  ['a close of one byte', frameOf('x', 0x88)],
  ['a close with a code that does not exist', frameOf(Buffer.from([0, 0]), 0x88)],
  ['a close with broken words', frameOf(Buffer.from([0x03, 0xe8, 0xff, 0xfe]), 0x88)],
  ['a text that is no UTF-8', frameOf(CUT_UTF8)],
  ['a length of 2^63', Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
  ['a length of 2^53', Buffer.from([0x81, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
  ['a length of 1 GB', Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4])],
  ['a length in too many bytes', Buffer.from([0x81, 0xfe, 0, 2, 0, 0, 0, 0, 0x34, 0x32])],
  ['HTTP in the middle', Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['1 MB of zeros', Buffer.alloc(1 << 20)],
  ['a text of 20 kB', frameOf(`42["history",{"cursor":"${'a'.repeat(20_000)}"}]`)],
  ['a text of 100 kB', frameOf('4'.repeat(100_000))],
];

export function packetCases(_: Target): Case[] {
  const all: [name: string, corruption: string, bytes: Buffer][] = [
    ...TEXTS.map((text): [string, string, Buffer] => [
      `the packet ${JSON.stringify(text)}`,
      'a packet',
      frameOf(text),
    ]),
    ...BINARIES.map(([name, bytes]): [string, string, Buffer] => [
      `binary: ${name}`,
      'binary',
      binaryFrameOf(bytes),
    ]),
    ...BROKEN.map(([name, bytes]): [string, string, Buffer] => [
      `WebSocket: ${name}`,
      'a broken frame',
      bytes,
    ]),
  ];
  return all.flatMap(([name, corruption, bytes]): Case[] => [
    { kind: 'packets', name: `${name}, before the door`, corruption, bytes, isIn: false },
    { kind: 'packets', name: `${name}, behind the door`, corruption, bytes, isIn: true },
  ]);
}
