import { createHash } from 'node:crypto';
import { type Catalog, catalogSchema } from '@stardrift/shared/catalog';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Revision } from '../purchase/order.ts';

/** What is wrong, and where: line and column count from 1. */
export interface Problem {
  line: number;
  column: number;
  /** Like `offers[2].priceStars`; empty for the whole file. */
  path: string;
  reason: string;
}

export type Reading = { ok: true; revision: Revision } | { ok: false; problems: Problem[] };

/** Reads the designers' file whole, or says all that is wrong with it. */
export function readCatalog(saved: string): Reading {
  // Some editors of Windows begin a file with a mark that JSON knows nothing of.
  const text = saved.replace(/^\uFEFF/, '');
  try {
    return text.trim() === '' ? refuse(problemAt(text, 0, '', 'the file is empty')) : read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(problemAt(text, 0, '', 'the file is nested too deeply to be read'));
  }
}

const refuse = (...problems: Problem[]): Reading => ({ ok: false, problems });

function read(text: string): Reading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  // One slip is often told in several ways.
  const slips = errors.filter(({ offset }, at) => errors.findIndex((each) => each.offset === offset) === at);
  const syntax = slips.map(({ offset, error }) =>
    problemAt(text, offset, '', sentenceOf(printParseErrorCode(error))),
  );
  if (!root || syntax.length > 0) return refuse(...syntax);
  const doubled = doubledKeys(root).map((key) => {
    return problemAt(text, key.offset, pathOf(pathTo(key)), `the key "${key.value}" stands here twice`);
  });
  const parsed = catalogSchema.safeParse(JSON.parse(text));
  const wrong = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(text, root, issue));
  if (!parsed.success || doubled.length > 0) return refuse(...inOrder([...doubled, ...wrong]));
  return { ok: true, revision: { id: revisionOf(parsed.data), catalog: parsed.data } };
}

/** One line, in the form that editors and terminals turn into a link. */
export function formatProblem(file: string, { line, column, path, reason }: Problem): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${reason}`;
}

/** The same content is the same revision, however the file is laid out. */
export function revisionOf(catalog: Catalog): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(catalog)))
    .digest('hex')
    .slice(0, 12);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

type Path = (string | number)[];
type Issue = NonNullable<ReturnType<typeof catalogSchema.safeParse>['error']>['issues'][number];

function problemsOf(text: string, root: Node, issue: Issue): Problem[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const value = findNodeAtLocation(root, [...path, key]);
      return problemAt(text, value?.parent?.offset ?? 0, pathOf([...path, key]), 'no such key is known here');
    });
  }
  return [problemAt(text, nearest(root, path).offset, pathOf(path), reasonOf(issue))];
}

/** In a designer's words; what is left is zod's own. */
function reasonOf(issue: Issue): string {
  const { message } = issue;
  switch (issue.code) {
    case 'invalid_type':
      if (message.endsWith('received undefined')) return `is missing: ${issue.expected} expected`;
      return `must be ${kind(issue.expected)}, not ${kind(message.split(' ').at(-1) ?? '')}`;
    case 'too_small':
      return `must ${bound(issue.origin, Number(issue.minimum))} or more`;
    case 'too_big':
      return `must ${bound(issue.origin, Number(issue.maximum))} or ${issue.origin === 'string' || issue.origin === 'array' ? 'fewer' : 'less'}`;
    case 'not_multiple_of':
      return 'must be a whole number';
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options))
        return `must be one of ${issue.options.map((option) => JSON.stringify(option)).join(', ')}`;
      return message;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a moment like 2026-12-01T00:00:00Z' : message;
    default:
      return message;
  }
}

const kind = (type: string): string =>
  type === 'int'
    ? 'a whole number'
    : /^[aeiou]/.test(type)
      ? `an ${type}`
      : type === 'null'
        ? 'null'
        : `a ${type}`;

function bound(origin: string, limit: number): string {
  if (origin === 'string') return `have ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `have ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `be ${limit}`;
}

/** The node at the path, or the deepest one above it when the path leads to something that is missing. */
function nearest(root: Node, path: Path): Node {
  for (let depth = path.length; depth > 0; depth--) {
    const node = findNodeAtLocation(root, path.slice(0, depth));
    if (node) return node;
  }
  return root;
}

function doubledKeys(node: Node): Node[] {
  const children = node.children ?? [];
  const inner = children.flatMap(doubledKeys);
  if (node.type !== 'object') return inner;
  const keys = children.flatMap((property) => property.children?.[0] ?? []);
  return [
    ...keys.filter((key, index) => keys.findIndex(({ value }) => value === key.value) < index),
    ...inner,
  ];
}

function pathTo(key: Node): Path {
  const steps: Path = [key.value];
  for (let node = key.parent?.parent; node?.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === 'property') steps.unshift(parent.children?.[0]?.value);
    else if (parent.type === 'array') steps.unshift(parent.children?.indexOf(node) ?? 0);
  }
  return steps;
}

function pathOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function problemAt(text: string, offset: number, path: string, reason: string): Problem {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, path, reason };
}

const inOrder = (problems: Problem[]): Problem[] =>
  problems.sort((a, b) => a.line - b.line || a.column - b.column);

/** `CommaExpected` → `comma expected`. */
const sentenceOf = (code: string): string =>
  code === 'PropertyNameExpected'
    ? 'a key expected; is there a comma too many before this?'
    : code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
