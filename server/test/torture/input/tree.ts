/** JSON as it is written, not as it is read: with a text that JSON.stringify would never write, or a key given twice. */
export type Tree = null | boolean | number | string | Raw | Twice | Tree[] | { [key: string]: Tree };

/** Stands in the place of a value, character for character. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The value of a key that stands there twice. */
export class Twice {
  readonly first: Tree;
  readonly second: Tree;
  constructor(first: Tree, second: Tree) {
    this.first = first;
    this.second = second;
  }
}

export function textOf(tree: Tree): string {
  if (tree instanceof Raw) return tree.text;
  // Where there is no key to give twice, the values stand side by side.
  if (tree instanceof Twice) return `${textOf(tree.first)},${textOf(tree.second)}`;
  if (Array.isArray(tree)) return `[${tree.map(textOf).join()}]`;
  if (typeof tree !== 'object' || tree === null) return JSON.stringify(tree);
  const pairs = Object.entries(tree).flatMap(([key, value]) =>
    (value instanceof Twice ? [value.first, value.second] : [value]).map(
      (each) => `${JSON.stringify(key)}:${textOf(each)}`,
    ),
  );
  return `{${pairs.join()}}`;
}

export type Path = readonly (string | number)[];

/** Where every value of it stands, the whole first. */
export function pathsOf(tree: Tree, here: Path = []): Path[] {
  if (typeof tree !== 'object' || tree === null || tree instanceof Raw || tree instanceof Twice)
    return [here];
  const inside = Array.isArray(tree) ? [...tree.entries()] : Object.entries(tree);
  return [here, ...inside.flatMap(([key, value]) => pathsOf(value, [...here, key]))];
}

export function valueAt(tree: Tree, path: Path): Tree {
  return path.reduce<Tree>((value, key) => (value as Record<string | number, Tree>)[key] ?? null, tree);
}

/** Another tree, in which another value stands there; `undefined` takes it out. What is not on the way is shared. */
export function withAt(tree: Tree, [key, ...rest]: Path, value: Tree | undefined): Tree {
  if (key === undefined) return value === undefined ? new Raw('') : value;
  const inside = tree as Record<string | number, Tree>;
  const isLast = rest.length === 0;
  const changed = isLast ? value : withAt(inside[key] ?? null, rest, value);
  if (Array.isArray(tree))
    return tree.flatMap((each, at) => (at !== key ? [each] : changed === undefined ? [] : [changed]));
  const { [key]: _, ...others } = inside;
  return changed === undefined ? others : { ...others, [key]: changed };
}
