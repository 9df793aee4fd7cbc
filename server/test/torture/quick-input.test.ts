import { beforeAll } from 'vitest';
import { buildServer } from '../../../tools/build.ts';
import { badInput } from './input/bad-input.ts';
import { load } from './load.ts';
import { testQuickly } from './quick.ts';

// The server under attack is a process of its own: the built one must be what the sources say.
beforeAll(buildServer);

/** The quick tier of what comes from outside, one after the other: each wants the machine for itself. */
testQuickly([badInput, load], 180_000);
