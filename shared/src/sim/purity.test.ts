import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

/** What engines may compute differently, and what is not an input of a run. */
const IMPURE =
  /\bMath\.(random|a?sinh?|a?cosh?|a?tanh?|atan2|pow|exp|expm1|log\w*|hypot|cbrt)\b|\*\*|\bDate\b|\bperformance\b|\bsetTimeout\b|\bwindow\b|\bdocument\b/;

describe('the simulation', () => {
  it.each(sources)('%s computes what every engine computes alike', (name) => {
    const code = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code.match(IMPURE)?.[0]).toBeUndefined();
    for (const [, from] of code.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^\.\/[a-z]+\.ts$/);
  });
});
