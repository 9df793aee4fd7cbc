import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capture } from '../../../../tools/program.ts';
import { slopeOf } from './memory.ts';
import { openNotes, powerCutLibrary } from './power.ts';

let dir: string;
let library: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'stardrift-notes-'));
  library = await powerCutLibrary();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A process that does this to files and ends as kill -9 ends it. */
async function runAndDie(work: string, env: Record<string, string>): Promise<void> {
  const script = `const fs = require('node:fs'); ${work}; process.kill(process.pid, 'SIGKILL');`;
  const { code } = await capture(process.execPath, ['-e', script], {
    env: { PATH: process.env.PATH, LD_PRELOAD: library, ...env },
  });
  expect(code).toBeUndefined();
}

test('a cut leaves of each file what was synchronised of it, also over a rename and a second process', async () => {
  const folder = join(dir, 'files');
  mkdirSync(folder);
  const notes = openNotes(join(dir, 'notes'));
  const [log, other, base] = ['log', 'other', 'base'].map((name) => join(folder, name));
  await runAndDie(
    `const log = fs.openSync('${log}', 'a'); fs.writeSync(log, 'kept.'); fs.fdatasyncSync(log); fs.writeSync(log, 'lost.');
     fs.writeFileSync('${other}', 'never synchronised');
     const base = fs.openSync('${base}.tmp', 'w'); fs.writeSync(base, 'whole'); fs.fsyncSync(base);
     fs.renameSync('${base}.tmp', '${base}')`,
    notes.env,
  );
  expect(notes.cut(folder)).toBe('lost.'.length + 'never synchronised'.length);
  expect([log, other, base].map((file) => readFileSync(file ?? '', 'utf8'))).toEqual(['kept.', '', 'whole']);

  await runAndDie(
    `const log = fs.openSync('${log}', 'a'); fs.writeSync(log, 'more.'); fs.fsyncSync(log); fs.writeSync(log, 'lost')`,
    notes.env,
  );
  expect(notes.cut(folder)).toBe('lost'.length);
  expect(readFileSync(log ?? '', 'utf8')).toBe('kept.more.');
});

test('notes that are not whole prove nothing, and say so', () => {
  const file = join(dir, 'torn');
  const folder = mkdtempSync(join(dir, 'empty-'));
  writeFileSync(file, '12.1.1 500\n12.1.1 6');
  expect(() => openNotes(file).cut(folder)).toThrow('end in the middle of a line');
  writeFileSync(file, '12.1.1 500\n12.1.1\n');
  expect(() => openNotes(file).cut(folder)).toThrow('a line that is none');
});

test('the slope of a memory is not tilted by a collection', () => {
  const samples = Array.from({ length: 60 }, (_, minute) => ({ minute, megabytes: 100 + minute / 2 }));
  expect(slopeOf(samples)).toBeCloseTo(0.5);
  samples[30] = { minute: 30, megabytes: 900 };
  expect(slopeOf(samples)).toBeCloseTo(0.5);
});
