import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planned, unpackedLibraries } from './apt.ts';

it('reads the plan of apt', () => {
  const simulation = [
    'Reading package lists...',
    'Inst liblzf1 (3.6-3 Debian:12.13/oldstable [amd64])',
    'Inst redis-tools (5:7.0.15-1~deb12u6 Debian-Security:12/oldstable-security [amd64])',
    'Conf liblzf1 (3.6-3 Debian:12.13/oldstable [amd64])',
  ].join('\n');
  expect(planned(simulation)).toEqual(['liblzf1', 'redis-tools']);
  expect(planned('0 upgraded, 0 newly installed')).toEqual([]);
});

it('names the folders of unpacked libraries, and none for the system itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stardrift-apt-'));
  const libraries = join(folder, 'usr/lib/x86_64-linux-gnu');
  mkdirSync(libraries, { recursive: true });
  expect(unpackedLibraries(folder)).toEqual([libraries, join(libraries, 'pulseaudio')]);
  expect(unpackedLibraries(join(folder, 'usr/lib'))).toEqual([]);
  expect(unpackedLibraries('/')).toEqual([]);
});
