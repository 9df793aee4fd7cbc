import type { Random } from '../random.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { pathsOf, type Tree, textOf, valueAt, withAt } from './tree.ts';

/** Changes one thing in a text, by its bytes. */
const BYTE_CHANGES: Record<string, (bytes: Buffer, random: Random) => Buffer> = {
  'a bit flipped'(bytes, random) {
    const at = random.whole(0, bytes.length - 1);
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ (1 << random.whole(0, 7));
    return changed;
  },
  'a byte replaced'(bytes, random) {
    const changed = Buffer.from(bytes);
    changed[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
    return changed;
  },
  'bytes put in'(bytes, random) {
    const at = random.whole(0, bytes.length);
    const more = Buffer.from(Array.from({ length: random.whole(1, 8) }, () => random.whole(0, 255)));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  'a piece taken out'(bytes, random) {
    const at = random.whole(0, bytes.length - 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.whole(1, 24))]);
  },
  'a piece twice'(bytes, random) {
    const at = random.whole(0, bytes.length - 1);
    const end = Math.min(bytes.length, at + random.whole(1, 48));
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  },
  'a sign of JSON put in'(bytes, random) {
    const at = random.whole(0, bytes.length);
    const sign = Buffer.from(
      random.pick(['{', '}', '[', ']', '"', ',', ':', '\\', '0', '-', 'e9', 'null', '\\u0000']),
    );
    return Buffer.concat([bytes.subarray(0, at), sign, bytes.subarray(at)]);
  },
  'cut short': (bytes, random) => bytes.subarray(0, random.whole(0, bytes.length - 1)),
};

/** Changes one thing in what the text says. */
const TREE_CHANGES: Record<string, (tree: Tree, random: Random) => Tree> = {
  'a value corrupted'(tree, random) {
    const path = random.pick(pathsOf(tree));
    return withAt(tree, path, random.pick(SMALL).of(valueAt(tree, path)));
  },
  'a value taken from elsewhere'(tree, random) {
    const paths = pathsOf(tree);
    return withAt(tree, random.pick(paths), valueAt(tree, random.pick(paths)));
  },
  'a key of another name'(tree, random) {
    const path = random.pick(pathsOf(tree));
    const key = path.at(-1);
    if (typeof key !== 'string') return tree;
    const without = withAt(tree, path, undefined);
    return withAt(without, [...path.slice(0, -1), random.pick(NAMES)], valueAt(tree, path));
  },
  'a number near it'(tree, random) {
    const path = random.pick(pathsOf(tree));
    const value = valueAt(tree, path);
    return typeof value === 'number' ? withAt(tree, path, value + random.pick([-1, 1, 0.5, 1e15])) : tree;
  },
};

/** Those of 20 kB would make a million of them a matter of the wire alone. */
const SMALL = CORRUPTIONS.filter(({ name }) => !/10,000|10 kB/.test(name));
const NAMES = [
  '__proto__',
  'constructor',
  'message',
  'id',
  'chat',
  'from',
  'toString',
  'successful_payment',
  'length',
  '',
];

export const MUTATIONS = [...Object.keys(BYTE_CHANGES), ...Object.keys(TREE_CHANGES)];

/**
 * One or two changes of what it says, and of some as many again of how that is written.
 * @param broken how many are changed by their bytes, which few survive as JSON
 * @returns also the names of the changes
 */
export function mutate(tree: Tree, random: Random, broken: number): { bytes: Buffer; changes: string[] } {
  const changes: string[] = [];
  let changed = tree;
  for (let n = random.whole(1, 2); n > 0; n--) {
    const name = random.pick(Object.keys(TREE_CHANGES));
    changed = TREE_CHANGES[name]?.(changed, random) ?? changed;
    changes.push(name);
    // What is no longer a tree can't be changed as one.
    if (pathsOf(changed).length < 2) break;
  }
  let bytes: Buffer = Buffer.from(textOf(changed));
  if (!random.chance(broken)) return { bytes, changes };
  for (let n = random.whole(1, 2); n > 0 && bytes.length > 0; n--) {
    const name = random.pick(Object.keys(BYTE_CHANGES));
    bytes = BYTE_CHANGES[name]?.(bytes, random) ?? bytes;
    changes.push(name);
  }
  return { bytes, changes };
}
