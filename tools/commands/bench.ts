import { join } from 'node:path';
import { buildTestClient } from '../build.ts';
import { bin, mustRun, show } from '../program.ts';
import { ROOT } from '../root.ts';

/**
 * `npm run bench`: measures the built server and the built client; `--json` for one JSON object, `--only settle,push` for some of it,
 * `--quick` for a look. In a process of its own, which has nothing else on its event loop.
 */
export default async function bench(args: string[]): Promise<number> {
  await mustRun('tsc -b', 'Mend the lines named above.', bin('tsc'), ['-b', 'server']);
  await buildTestClient();
  const main = join(ROOT, 'server/test/bench/main.ts');
  return show(process.execPath, [
    '--expose-gc',
    '--max-semi-space-size=64',
    '--import',
    'tsx',
    '--conditions=development',
    main,
    ...args,
  ]);
}
