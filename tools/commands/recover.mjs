import { runServerProgram, storeEnvironment } from '../server-program.mjs';

/**
 * `npm run recover`: fills an emptied store from Telegram's ledger.
 * @param {string[]} args
 */
export default async function recover(args) {
  return runServerProgram('recover', args, storeEnvironment(process.env));
}
