import { readFileSync, writeFileSync } from 'node:fs';
import { withParts } from './readme.ts';

// Writes the tables of sandbox/README.md anew: npx tsx --conditions=development sandbox/test/write-readme.ts
const file = new URL('../README.md', import.meta.url);
writeFileSync(file, withParts(readFileSync(file, 'utf8')));
