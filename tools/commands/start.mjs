import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = ['client/dist/index.html', 'server/dist/main.js'];

/**
 * `npm start`: the production server, in this very process, so that signals and the exit code are its own. It needs
 * no packages for development unless something has to be built first.
 */
export default async function start() {
  if (!BUILT.every((file) => existsSync(`${ROOT}${file}`))) {
    const unregister = (await import('tsx/esm/api')).register();
    const { default: build } = await import('./build.ts');
    await build();
    await unregister();
  }
  // As if it had been named on the command line, by which it knows that it is the program.
  const main = `${ROOT}server/dist/main.js`;
  process.argv = [process.execPath, main];
  await import(main);
}
