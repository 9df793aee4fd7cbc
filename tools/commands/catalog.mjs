import { runServerProgram } from '../server-program.mjs';

/**
 * `npm run catalog -- …`: the designer's tool.
 * @param {string[]} args
 */
export default async function catalog(args) {
  return runServerProgram('catalog/cli', args);
}
