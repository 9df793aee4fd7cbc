#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';
import { installPackages, nodeTooOld } from './packages.mjs';

// `npm run <command>` comes here. What is built already runs without the packages for development.
const COMMANDS = {
  demo: { file: './commands/demo.ts' },
  dev: { file: './commands/dev.ts' },
  test: { file: './commands/test.ts' },
  torture: { file: './commands/torture.ts' },
  gallery: { file: './commands/gallery.ts' },
  bench: { file: './commands/bench.ts' },
  check: { file: './commands/check.ts' },
  build: { file: './commands/build.ts' },
  start: { file: './commands/start.mjs', built: ['client/dist/index.html', 'server/dist/main.js'] },
  audit: { file: './commands/audit.mjs', built: ['server/dist/audit/cli.js'] },
  recover: { file: './commands/recover.mjs', built: ['server/dist/recover.js'] },
  catalog: { file: './commands/catalog.mjs', built: ['server/dist/catalog/cli.js'] },
};

async function main() {
  const tooOld = nodeTooOld(process.versions.node);
  if (tooOld) throw new Failure(tooOld);
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new Failure(
      `There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
  const root = fileURLToPath(new URL('..', import.meta.url));
  const production = 'built' in command && command.built.every((file) => existsSync(join(root, file)));
  installPackages(root, { production });
  if (command.file.endsWith('.ts')) (await import('tsx/esm/api')).register();
  /** @type {{ default: (args: string[]) => Promise<number | undefined> }} */
  const { default: run } = await import(command.file);
  const exitCode = await run(args);
  // Without waiting for what may still be under way: a command that was interrupted ends now. The production server
  // gives no code, for it is this process and ends by itself.
  if (exitCode !== undefined) process.exit(exitCode);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
}
