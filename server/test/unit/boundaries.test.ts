import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const WORKSPACES = ['shared', 'server', 'client', 'sandbox', 'tools'];

/** Sources as they run: no tests, no samples for tests. */
const isSource = (file: string): boolean =>
  /\.(ts|mjs)$/.test(file) && !/\.(test|conformance|sample)\.ts$|\.d\.ts$/.test(file);

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      return /^(node_modules|dist|dist-types|test|\.cache)$/.test(name) ? [] : filesUnder(path);
    return isSource(path) ? [relative(ROOT, path)] : [];
  });
}
const files = WORKSPACES.flatMap((workspace) => filesUnder(join(ROOT, workspace)));
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Import {
  from: string;
  /** A path of the project, or a package as written. */
  to: string;
  isType: boolean;
}
const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?from\s+)?['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const found = [...text(file).matchAll(IMPORT)].map(([, type, to]) => ({ type, to: to ?? '' }));
  const dynamic = [...text(file).matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, to]) => ({
    type: undefined,
    to: to ?? '',
  }));
  return [...found, ...dynamic].map(({ type, to }) => ({
    from: file,
    to: target(file, to),
    isType: type !== undefined,
  }));
}
function target(file: string, to: string): string {
  if (to.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), to));
  const own = /^@stardrift\/(shared|server)\/(.+)$/.exec(to);
  return own ? `${own[1]}/src/${own[2]}.ts` : to.replace(/^@stardrift\/assets\//, 'assets/');
}
const imports = files.flatMap(importsOf);
const isOurs = (to: string): boolean =>
  [...WORKSPACES, 'assets'].some((workspace) => to.startsWith(`${workspace}/`));

/** What each place may import of ours, and which packages. The first row that fits a file counts. */
const RULES: [place: RegExp, ours: RegExp, packages: RegExp][] = [
  [/^shared\/src\/sim\//, /^shared\/src\/sim\//, /^$/],
  [/^shared\/src\//, /^shared\/src\//, /^zod$/],
  [/^server\/src\/(main|recover|workers|bookkeeping)\.ts$/, /^(server|shared)\/src\//, /./],
  [/^server\/src\/purchase\//, /^(server\/src\/purchase|shared\/src)\//, /^$/],
  [
    /^server\/src\/runs\//,
    /^(server\/src\/(runs|purchase)|shared\/src)\/|^server\/src\/seal\.ts$/,
    /^node:crypto$/,
  ],
  [
    /^server\/src\/catalog\//,
    /^(server\/src\/(catalog|purchase)|shared\/src)\/|^server\/src\/repeat\.ts$/,
    /^(node:.*|zod|jsonc-parser)$/,
  ],
  [/^server\/src\/audit\/cli\.ts$/, /^(server|shared)\/src\//, /./],
  [/^server\/src\/audit\/catalogues\.ts$/, /^(server\/src\/(audit|catalog)|shared\/src)\//, /^node:.*$/],
  [/^server\/src\/audit\/store\//, /^(server\/src\/(audit|redis|purchase)|shared\/src)\//, /^redis$/],
  [
    /^server\/src\/audit\//,
    /^(server\/src\/(audit\/(?!cli|catalogues|store)|purchase\/)|shared\/src\/)/,
    /^node:(util|timers\/promises)$/,
  ],
  [
    /^server\/src\/redis\//,
    /^(server\/src\/(redis|purchase|runs)|shared\/src)\//,
    /^(node:fs|node:crypto|redis)$/,
  ],
  [
    /^server\/src\/telegram\//,
    /^(server\/src\/(telegram|purchase)|shared\/src)\/|^server\/src\/(config|deadline|log|seal)\.ts$/,
    /^(node:crypto|node:http|grammy|grammy\/types|zod)$/,
  ],
  [
    /^server\/src\/sockets\//,
    /^(server\/src\/(sockets|purchase|runs)|shared\/src)\/|^server\/src\/(deadline|log)\.ts$/,
    /^(node:http|socket\.io|rate-limiter-flexible)$/,
  ],
  [
    /^server\/src\/http\//,
    /^server\/src\/http\/|^server\/src\/(config|log)\.ts$/,
    /^(node:.*|express|helmet|sirv|prom-client|rate-limiter-flexible)$/,
  ],
  [/^server\/src\/[a-z]+\.ts$/, /^server\/src\/[a-z]+\.ts$/, /^(zod|pino|prom-client|node:crypto)$/],
  [/^client\/engine\//, /^client\/engine\//, /^(node:.*|vite|phaser\/src\/.*)$/],
  [/^client\/src\/main\.ts$/, /^(client\/src|shared\/src)\//, /./],
  [
    /^client\/src\/boot\.ts$/,
    /^client\/src\/([a-z]+|telegram\/frame|game\/(easel|game|port|quality))\.ts$/,
    /^$/,
  ],
  [
    /^client\/src\/telegram\//,
    /^client\/src\/(telegram\/|shop\/ports\.ts|[a-z]+\.ts$)|^shared\/src\//,
    /^@telegram-apps\/sdk$/,
  ],
  [/^client\/src\/net\//, /^client\/src\/(net\/|shop\/ports\.ts)|^shared\/src\//, /^socket\.io-client$/],
  [/^client\/src\/game\//, /^client\/src\/game\/|^shared\/src\//, /^phaser$/],
  [/^client\/src\//, /^client\/src\/(?!net\/|telegram\/|main\.ts)|^shared\/src\//, /^(i18next|.*\.css)$/],
  [/^sandbox\//, /^sandbox\//, /^(node:.*|express|busboy|vite|@grammyjs\/types.*|.*\.css)$/],
  [/^tools\//, /^(tools|server\/src\/catalog|shared\/src)\//, /./],
];

describe('the house', () => {
  test('is not empty: the rules below look at something', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(300);
  });

  test('every file imports only what its place may', () => {
    const broken = imports.filter(({ from, to, isType }) => {
      const rule = RULES.find(([place]) => place.test(from));
      if (!rule) return !/^client\/(vite\.config|src\/vite-env)/.test(from);
      const [, ours, packages] = rule;
      return isOurs(to) ? !ours.test(to) : !(packages.test(to) || (isType && to.startsWith('node:')));
    });
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('Telegram’s SDK is imported in one file', () => {
    expect([
      ...new Set(imports.filter(({ to }) => to.startsWith('@telegram-apps/')).map(({ from }) => from)),
    ]).toEqual(['client/src/telegram/host.ts']);
  });

  test('nothing of ours imports the sandbox', () => {
    expect(
      imports.filter(({ from, to }) => to.startsWith('sandbox/') && !from.startsWith('sandbox/')),
    ).toEqual([]);
  });

  test('no files import one another in a circle', () => {
    const runtime = new Map<string, string[]>();
    for (const { from, to, isType } of imports)
      if (!isType && isOurs(to)) runtime.set(from, [...(runtime.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    function visit(file: string, path: string[]): void {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      else if (!done.has(file)) for (const next of runtime.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    }
    for (const file of runtime.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('rules know neither clock nor chance', () => {
    const places = files.filter((file) => /^(server\/src\/purchase|shared\/src)\//.test(file));
    expect(places.length).toBeGreaterThan(10);
    const impure = places.filter((file) =>
      /Date\.now|new Date\(\)|Math\.random|performance\.now|setTimeout|setInterval|crypto/.test(text(file)),
    );
    expect(impure).toEqual([]);
  });

  test('the environment has one reader in the server', () => {
    const readers = files.filter(
      (file) => file.startsWith('server/src/') && text(file).includes('process.env'),
    );
    expect(readers.sort()).toEqual([
      'server/src/audit/cli.ts',
      'server/src/catalog/cli.ts',
      'server/src/main.ts',
      'server/src/recover.ts',
    ]);
  });

  test('no file speaks of managers, helpers or utils', () => {
    expect(files.filter((file) => /manager|helper|util|service/i.test(file))).toEqual([]);
  });
});
