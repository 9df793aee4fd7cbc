import { LINT, LINT_TYPES, runChecks, TYPES, tests } from '../checks.ts';

/** `npm run check`: types, lint and unit tests, the quick loop. */
export default function check(): Promise<number> {
  return runChecks([TYPES, LINT, LINT_TYPES, tests('unit')]);
}
