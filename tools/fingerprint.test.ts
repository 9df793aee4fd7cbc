import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprint, isFresh, stamp } from './fingerprint.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stardrift-print-'));
  mkdirSync(join(made, 'src'));
  writeFileSync(join(made, 'src/a.ts'), 'a');
  return made;
}

it('changes with a file, a new file and a file gone, not with results', () => {
  const made = folder();
  const first = fingerprint([made]);
  mkdirSync(join(made, 'dist'));
  writeFileSync(join(made, 'dist/a.js'), 'a');
  expect(fingerprint([made])).toBe(first);

  writeFileSync(join(made, 'src/a.ts'), 'changed');
  const changed = fingerprint([made]);
  expect(changed).not.toBe(first);

  writeFileSync(join(made, 'src/b.ts'), 'b');
  expect(fingerprint([made])).not.toBe(changed);
  rmSync(join(made, 'src/b.ts'));
  expect(fingerprint([made])).toBe(changed);
});

it('is fresh only by its own stamp', () => {
  const stampFile = join(folder(), 'built/client');
  expect(isFresh(stampFile, 'one')).toBe(false);
  stamp(stampFile, 'one');
  expect(isFresh(stampFile, 'one')).toBe(true);
  expect(isFresh(stampFile, 'two')).toBe(false);
});
