import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { catalogSchema } from '@stardrift/shared/catalog';
import { z } from 'zod';
import { formatProblem, readCatalog } from './read.ts';

const USAGE = `The designer's tool.

  npm run catalog -- check [file]    says all that is wrong with the file
  npm run catalog -- schema [file]   writes the JSON Schema that editors complete and check with

Without a file: ${process.env.CATALOG ?? 'assets/catalog/items.json'}`;

const file = (given: string | undefined): string =>
  given ?? process.env.CATALOG ?? 'assets/catalog/items.json';

/** Says what it found, and answers with the exit code. */
function check(path: string): number {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    console.error(`${path} can't be read: ${(error as Error).message}`);
    return 1;
  }
  const reading = readCatalog(text);
  if (reading.ok) {
    const { id, catalog } = reading.revision;
    console.log(
      `${path} is fine: ${catalog.items.length} items, ${catalog.offers.length} offers, revision ${id}.`,
    );
    return 0;
  }
  for (const problem of reading.problems) console.error(formatProblem(path, problem));
  console.error(`${reading.problems.length} ${reading.problems.length === 1 ? 'problem' : 'problems'}.`);
  return 1;
}

function schema(path: string): number {
  const target = path.replace(/\.json$/, '.schema.json');
  const generated = z.toJSONSchema(catalogSchema, { io: 'input', reused: 'ref' });
  writeFileSync(
    target,
    `${JSON.stringify({ ...generated, title: 'The catalogue of Stardrift' }, null, 2)}\n`,
  );
  console.log(`${target} is written.`);
  return 0;
}

const { positionals } = parseArgs({ allowPositionals: true });
const [command, given] = positionals;
if (command === 'check') process.exitCode = check(file(given));
else if (command === 'schema') process.exitCode = schema(file(given));
else {
  console.error(USAGE);
  process.exitCode = 1;
}
