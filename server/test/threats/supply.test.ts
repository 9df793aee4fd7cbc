import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const text = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

/** The releases that closed the known holes; see docs/threats.md. */
const AT_LEAST = { 'socket.io-parser': '4.2.7', ws: '8.21.0', 'socket.io': '4.8.0', 'engine.io': '6.6.0' };

test('supply chain: bad dependency', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, Entry> };
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  expect(installed.length).toBeGreaterThan(100);
  // What is installed is what was looked at: from the registry that npm is set to, with a hash for each package.
  const loose = installed.filter(
    ([, { resolved, integrity }]) =>
      !(resolved ?? 'https://registry.npmjs.org/').startsWith('https://registry.npmjs.org/') ||
      !integrity?.startsWith('sha512-'),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
  for (const [name, least] of Object.entries(AT_LEAST)) {
    const versions = installed.filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(versions.length, name).toBeGreaterThan(0);
    for (const [path, { version = '' }] of versions)
      expect(
        version.localeCompare(least, 'en', { numeric: true }),
        `${path} ${version}`,
      ).toBeGreaterThanOrEqual(0);
  }
  // The audit stands in what CI runs.
  expect(text('.ci/run')).toMatch(/^npm test$/m);
  expect(text('tools/commands/test.ts')).toMatch(/^ {4}AUDIT,$/m);
  expect(text('tools/packages.mjs')).toContain("'ci',");
});
