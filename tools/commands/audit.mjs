import { runServerProgram, storeEnvironment } from '../server-program.mjs';

/**
 * `npm run audit`: holds the store and Telegram's ledger against the rules; exit code 0 when all of them hold.
 * @param {string[]} args
 */
export default async function audit(args) {
  return runServerProgram('audit/cli', args, storeEnvironment(process.env));
}
