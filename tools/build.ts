import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fingerprint, isFresh, stamp } from './fingerprint.ts';
import { bin, mustRun } from './program.ts';
import { CACHE, ROOT } from './root.ts';
import { step } from './step.ts';

/** Where the client as the browser tests need it is built: with the handles on the game that no player gets. */
export const TEST_CLIENT = join(CACHE, 'client-test');

interface PageBuild {
  /** What a person calls it. */
  name: string;
  /** The folder with its `vite.config.ts`, from the root. */
  folder: string;
  outDir: string;
  mode: 'production' | 'test';
  /** What it is made from, from the root. */
  sources: string[];
}

const CLIENT_SOURCES = ['client', 'shared/src', 'package-lock.json', 'tsconfig.base.json'];

const CLIENT: PageBuild = {
  name: 'Build: client',
  folder: 'client',
  outDir: join(ROOT, 'client/dist'),
  mode: 'production',
  sources: CLIENT_SOURCES,
};

const CLIENT_FOR_TESTS: PageBuild = {
  ...CLIENT,
  name: 'Build: client for tests',
  outDir: TEST_CLIENT,
  mode: 'test',
};

const SANDBOX_HOST: PageBuild = {
  name: 'Build: host page of the sandbox',
  folder: 'sandbox/host',
  outDir: join(ROOT, 'sandbox/host/dist'),
  mode: 'production',
  sources: ['sandbox/host', 'sandbox/src/host-profile.ts', 'package-lock.json', 'tsconfig.base.json'],
};

/** Compiles TypeScript projects (and those they refer to) with the compiler's own memory of what is fresh. */
async function compile(projects: string[]): Promise<void> {
  await step(`Build: ${projects.join(', ')}`, () =>
    mustRun('tsc -b', 'Mend the lines named above.', bin('tsc'), ['-b', ...projects]),
  );
}

async function buildPage({ name, folder, outDir, mode, sources }: PageBuild): Promise<void> {
  const print = fingerprint(sources.map((path) => join(ROOT, path)));
  const stampFile = join(CACHE, 'built', `${folder.replaceAll('/', '-')}-${mode}`);
  if (isFresh(stampFile, print) && existsSync(join(outDir, 'index.html'))) {
    process.stderr.write(`${name}: fresh\n`);
    return;
  }
  const cwd = join(ROOT, folder);
  const args = ['build', '--mode', mode, '--outDir', relative(cwd, outDir), '--emptyOutDir'];
  await step(name, () => mustRun('vite build', 'Mend what it names above.', bin('vite'), args, { cwd }));
  stamp(stampFile, print);
}

/** The compiled server. */
export const buildServer = (): Promise<void> => compile(['server']);

/** The client as players get it, in `client/dist`. */
export const buildClient = (): Promise<void> => buildPage(CLIENT);

/** The client with its handles for tests, in {@link TEST_CLIENT}. */
export const buildTestClient = (): Promise<void> => buildPage(CLIENT_FOR_TESTS);

/** The page in which the sandbox shows the game, in `sandbox/host/dist`. */
export const buildSandboxHost = (): Promise<void> => buildPage(SANDBOX_HOST);

/** The sandbox with its host page. */
export async function buildSandbox(): Promise<void> {
  await compile(['sandbox']);
  await buildSandboxHost();
}
